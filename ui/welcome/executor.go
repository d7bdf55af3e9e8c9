package welcome

import (
	"context"
	"strings"
	"time"

	"casekeep/app"
	"casekeep/ui/kit"
)

// viewer is somebody who is to look at the records in the practitioner's place.
type viewer struct {
	who    string
	length time.Duration
}

// lengths are for how long a viewer can look at the records.
var lengths = []struct {
	name   string
	length time.Duration
}{{"1 hour", time.Hour}, {"2 hours", 2 * time.Hour}, {"4 hours", 4 * time.Hour}, {"8 hours", 8 * time.Hour}}

// askViewer asks who opens the vault in the practitioner's place, and for how
// long. What opens it comes after: the passphrase, or a key.
func (u *unlock) askViewer() {
	who := kit.NewField("Your name").Placeholder("Maria Osei")
	length := kit.NewSegments([]string{lengths[0].name, lengths[1].name, lengths[2].name, lengths[3].name}, 1, func(int) {})
	var ask *kit.Dialog
	use := func() {
		name := strings.TrimSpace(who.Text())
		if name == "" {
			who.SetError("Say who you are: it is written down with what you open.")
			who.Focus()
			return
		}
		ask.Close()
		u.view(&viewer{name, lengths[length.Chosen()].length})
	}
	who.OnEnter = func(string) { use() }
	ask = kit.NewDialog("Look at the records in the practitioner’s place", kit.Column(10,
		kit.NewText("For the professional executor, or whoever keeps the records in the practitioner’s place. You see whom to reach first, with risk and telephone numbers, and every record; nothing can be changed."),
		who, kit.NewCaption("For how long"), length), kit.NewPrimary("Go on", use))
	ask.Open(u.page.opt.Window)
	who.Focus()
}

// view notes who is going to look, and asks for what opens the vault.
func (u *unlock) view(v *viewer) {
	u.viewer = v
	u.viewing.SetText("Opens for looking only, by " + v.who + ", for " + lengthName(v.length) + ". Enter the passphrase, or use your recovery key.")
	u.seen.Show()
	u.content.Refresh()
	u.passphrase.Focus()
}

func lengthName(d time.Duration) string {
	for _, l := range lengths {
		if l.length == d {
			return l.name
		}
	}
	return d.String()
}

// opened turns the vault over to a viewer, if one is to look at it.
func (u *unlock) opened(v *viewer) func(*app.Practice) {
	return func(p *app.Practice) {
		if v == nil {
			u.page.opt.Opened(p)
			return
		}
		u.page.work(func() (*app.Practice, error) {
			if err := p.ViewAsExecutor(context.Background(), v.who, v.length); err != nil {
				_ = p.Lock() // nothing was changed
				return nil, err
			}
			return p, nil
		}, u.page.opt.Opened, u.fail)
	}
}
