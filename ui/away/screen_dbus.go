//go:build !windows && !darwin

package away

import (
	"context"
	"slices"
	"strings"
)

// savers are the names under which desktops tell that their screen is locked,
// each that of the interface as well.
var savers = []string{"org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver", "org.xfce.ScreenSaver"}

const activeChanged = ".ActiveChanged"

func onSession(ctx context.Context, tell func(Why, func())) error {
	b, err := connect(ctx, sessionBus())
	if err != nil {
		return err
	}
	defer b.end()
	for _, name := range savers {
		if err := b.listen(ctx, name, name, strings.TrimPrefix(activeChanged, ".")); err != nil {
			return err
		}
	}
	for s := b.next(ctx); s != nil; s = b.next(ctx) {
		name := strings.TrimSuffix(s.Name, activeChanged)
		if slices.Contains(savers, name) && says(s) && b.isFrom(ctx, s, name) {
			tell(Locked, func() {})
		}
	}
	return ctx.Err()
}
