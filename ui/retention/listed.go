package retention

import (
	"context"

	"fyne.io/fyne/v2"

	"casekeep/ui/desk"
	"casekeep/ui/kit"
)

// listed is a part that is a title over one table.
type listed struct {
	desk  desk.Desk
	read  func(context.Context) (func() []line, error)
	run   int
	table *table
	body  fyne.CanvasObject
}

// newListed makes one. read fetches what it shows, off the main goroutine, and
// gives a function that makes the lines on it.
func newListed(d desk.Desk, title, about string, none fyne.CanvasObject, read func(context.Context) (func() []line, error), acts ...fyne.CanvasObject) *listed {
	l := &listed{desk: d, read: read, table: newTable(none)}
	head := kit.Column(8, kit.Column(2, kit.NewTitle(title), kit.NewNote(about)))
	if len(acts) > 0 {
		head.Add(kit.Flow(8, acts...))
	}
	l.body = kit.Frame(kit.Pad(18, 22, 12, 22, head), nil, nil, nil, l.table.body)
	return l
}

func (l *listed) content() fyne.CanvasObject { return l.body }

func (l *listed) show(keys bool) {
	l.table.keys = keys
	l.refresh()
}

func (l *listed) key(string) bool { return false }

func (l *listed) refresh() {
	l.run++
	run := l.run
	var lines func() []line
	l.desk.Load(func(ctx context.Context) (err error) {
		lines, err = l.read(ctx)
		return err
	}, func(err error) {
		switch {
		case run != l.run:
		case err != nil:
			l.desk.Fail(err)
		default:
			l.table.fill(lines())
		}
	})
}
