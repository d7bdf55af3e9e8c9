// Package practice is the page of the practice's own settings: what stands on
// paper, what tells own words from clients', and what keeps the vault safe.
package practice

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// Appearance is how the window looks on this computer; it is kept outside
// every vault.
type Appearance interface {
	Choice() look.Choice
	Set(look.Choice)
}

// page is the page.
type page struct {
	desk    desk.Desk
	content fyne.CanvasObject
	kept    record.Practice // as it stands in the vault

	name, owner, license *kit.Field
	contact, own         *kit.Field
	zone                 *zoneChoice
	idle                 *kit.Select
	save                 *kit.Button
	checked              *verdict
}

// New makes the page.
func New(d desk.Desk, a Appearance) desk.View {
	p := &page{
		desk:    d,
		name:    kit.NewField("The practice's name"),
		owner:   kit.NewField("Your name, with credentials").Placeholder("Ada Marsh, LCSW"),
		license: kit.NewField("License, number and state"),
		contact: kit.NewArea("Address and telephone, as they stand on paper", 3),
		own:     kit.NewArea("Your own numbers and email addresses, one a line", 3),
		checked: newVerdict(),
	}
	p.zone = newZoneChoice(p.edited)
	p.idle = kit.NewSelect("Lock when nobody has used the computer for", idleNames(), -1, func(int) { p.edited() })
	p.save = kit.NewPrimary("Save", p.saveNow).Shortcut("Ctrl Enter")
	for _, f := range p.fields() {
		f.OnChanged = func(string) { p.edited() }
	}
	for _, f := range []*kit.Field{p.contact, p.own} {
		f.OnEnter = func(string) { p.saveNow() }
	}
	p.content = p.arrange(a)
	return p
}

func (p *page) fields() []*kit.Field {
	return []*kit.Field{p.name, p.owner, p.license, p.contact, p.own, p.zone.other}
}

const (
	columnWidth = 360
	columnGap   = 44
)

func (p *page) arrange(a Appearance) fyne.CanvasObject {
	onPaper := kit.Column(12,
		kit.NewHeading("On every record you produce"),
		p.name, p.owner, p.license, p.contact)
	inImports := kit.Column(12,
		kit.NewHeading("In imports"),
		kit.Column(4, p.own, kit.NewSmall("They tell your words from your clients'. Without them an import cannot know who said what.")),
		p.zone.content)
	lock := kit.Column(12, kit.NewHeading("The lock"), p.idle)
	computer := kit.Column(12, kit.NewHeading("On this computer"), kit.Row(12, kit.NewSubtitle("Colors"), lookChoice(a)))
	left, right := kit.Column(26, onPaper, p.vault()), kit.Column(26, inImports, lock, computer)
	title := kit.Row(12, kit.Grow(kit.Column(2, kit.NewTitle("Practice"), kit.NewSubtitle("Kept in the vault, and used on paper and in imports"))), p.save)
	columns := kit.TopRow(columnGap, kit.Wide(columnWidth, left), kit.Wide(columnWidth, right))
	return kit.Frame(kit.Pad(18, 22, 14, 22, title), nil, nil, nil, kit.NewScroll(kit.Pad(4, 22, 22, 22, columns)))
}

func lookChoice(a Appearance) fyne.CanvasObject {
	names := map[look.Choice]string{look.Light: "Light", look.Dark: "Dark", look.System: "Like the system"}
	var options []string
	chosen := -1
	for i, c := range look.Choices() {
		options = append(options, names[c])
		if c == a.Choice() {
			chosen = i
		}
	}
	return kit.NewSegments(options, chosen, func(i int) { a.Set(look.Choices()[i]) })
}

// Content is what stands in the window.
func (p *page) Content() fyne.CanvasObject { return p.content }

// Show reads the settings and puts the cursor into the first field. What was
// changed and not saved stays.
func (p *page) Show(desk.Place) {
	if !p.changed() {
		p.read()
	}
	p.name.Focus()
}

// Refresh reads the settings anew, unless they are being changed.
func (p *page) Refresh(client record.ClientID) {
	if client == 0 && !p.changed() {
		p.read()
	}
}

// Key saves with Ctrl+Enter.
func (p *page) Key(name string) bool {
	if name != desk.KeySave {
		return false
	}
	p.saveNow()
	return true
}

func (p *page) read() {
	var s record.Practice
	p.desk.Load(func(ctx context.Context) (err error) {
		s, err = p.desk.Practice().Settings(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.desk.Fail(err)
			return
		}
		p.fill(s)
	})
}

func (p *page) fill(s record.Practice) {
	p.kept = s
	p.name.SetText(s.Name)
	p.owner.SetText(s.Owner)
	p.license.SetText(s.License)
	p.contact.SetText(s.Contact)
	p.own.SetText(strings.Join(s.Own, "\n"))
	p.zone.set(s.Zone)
	p.idle.SetOptions(idleNames(s.IdleLock), idleIndex(s.IdleLock))
	p.edited()
}

// typed gives the settings as they stand in the fields.
func (p *page) typed() record.Practice {
	s := p.kept
	s.Name = strings.TrimSpace(p.name.Text())
	s.Owner = strings.TrimSpace(p.owner.Text())
	s.License = strings.TrimSpace(p.license.Text())
	s.Contact = strings.TrimSpace(p.contact.Text())
	s.Own = splitLines(p.own.Text())
	s.Zone = p.zone.chosen()
	s.IdleLock = idleMinutes(p.kept.IdleLock)[max(p.idle.Chosen(), 0)]
	return s
}

func splitLines(text string) []string {
	all := []string{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// changed reports whether the fields say something else than the vault. Before
// the first reading nothing does.
func (p *page) changed() bool {
	if p.kept.Zone == "" {
		return false
	}
	return !same(p.typed(), p.kept)
}

func same(a, b record.Practice) bool {
	return a.Name == b.Name && a.Owner == b.Owner && a.License == b.License && a.Contact == b.Contact &&
		a.Zone == b.Zone && a.IdleLock == b.IdleLock && strings.Join(a.Own, "\n") == strings.Join(b.Own, "\n")
}

func (p *page) edited() {
	if p.changed() {
		p.save.Enable()
	} else {
		p.save.Disable()
	}
}

func (p *page) saveNow() {
	s := p.typed()
	switch {
	case !p.changed():
		return
	case s.Name == "":
		p.name.SetError("Give the practice a name: it stands on every record.")
		p.name.Focus()
		return
	}
	if _, err := record.ParseZone(s.Zone); err != nil {
		p.zone.fail(err)
		return
	}
	p.save.Disable()
	p.desk.Load(func(ctx context.Context) error { return p.desk.Practice().SetSettings(ctx, s) }, func(err error) {
		if err != nil {
			p.edited()
			p.desk.Fail(err)
			return
		}
		p.kept = p.typed()
		p.desk.Toast("Saved", "", nil)
		p.desk.Changed(0)
	})
}
