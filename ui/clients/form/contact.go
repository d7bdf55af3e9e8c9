package form

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// contactRow is one contact point.
type contactRow struct {
	system       *kit.Select
	address, use *kit.Field
	safe         *kit.Field
	box          *fyne.Container
	shown        record.ContactPoint
}

func newContactRow() line[record.ContactPoint] {
	var names []string
	for _, s := range phrase.Systems() {
		names = append(names, phrase.System(s))
	}
	r := &contactRow{address: kit.NewField("Number or address"), use: kit.NewField("Use").Placeholder("mobile")}
	r.safe = kit.NewField("").Placeholder("Safety of this number or address: who else sees it, when to call")
	r.system = kit.NewSelect("Kind", names, 0, func(int) {})
	r.address.OnChanged = func(text string) { r.guess(text) }
	r.box = kit.Column(6,
		kit.TopRow(8, kit.Wide(132, r.system), kit.Grow(r.address), kit.Wide(110, r.use)),
		r.safe)
	return r
}

// guess takes what has an at sign for an email address, until the kind is
// chosen otherwise.
func (r *contactRow) guess(text string) {
	email := slices.Index(phrase.Systems(), record.Email)
	phone := slices.Index(phrase.Systems(), record.Phone)
	if i := strings.Index(text, "@"); i > 0 && r.system.Chosen() == phone {
		r.system.Choose(email)
	}
}

func (r *contactRow) show(p record.ContactPoint) {
	r.shown = p
	r.system.Choose(max(slices.Index(phrase.Systems(), p.System), 0))
	r.address.SetText(p.Value)
	r.use.SetText(p.Use)
	r.safe.SetText(p.Safe)
}

func (r *contactRow) value() (record.ContactPoint, bool) {
	p := record.ContactPoint{System: phrase.Systems()[r.system.Chosen()], Value: text(r.address), Use: text(r.use), Safe: text(r.safe)}
	if p.System == r.shown.System && p.Value == r.shown.Value {
		p.Normal = r.shown.Normal
	}
	return p, p.Value+p.Use+p.Safe != ""
}

func (r *contactRow) check(note func(*kit.Field, string)) {
	p, _ := r.value()
	digits := len(strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, p.Value))
	switch {
	case p.Value == "":
		note(r.address, "Type the number or address, or remove the line.")
	case p.System == record.Email && !isEmail(p.Value):
		note(r.address, "Write an email address as ada@example.org.")
	case p.System == record.Phone && digits < 3:
		note(r.address, "Write a number with its area code, as 601 555 0142.")
	}
}

func isEmail(text string) bool {
	name, host, found := strings.Cut(text, "@")
	return found && name != "" && strings.Contains(host, ".") && !strings.ContainsAny(text, " <>,;") &&
		!strings.HasPrefix(host, ".") && !strings.HasSuffix(host, ".")
}

func (r *contactRow) first() *kit.Field { return r.address }

func (r *contactRow) content() fyne.CanvasObject { return r.box }
