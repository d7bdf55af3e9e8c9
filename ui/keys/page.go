// Package keys is the page of who can open the vault: the passphrase, the
// recovery sheet, and those who hold a key. They are added, checked and revoked
// here.
package keys

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// Page is the page.
type Page struct {
	desk desk.Desk
	run  int // counts readings: a late one is dropped
	zone *time.Location
	name string // of the practice

	state app.Keys
	old   []app.OldBackups // sealed to a key that was revoked

	said    *kit.Text
	banners *fyne.Container
	opens   *fyne.Container
	revoked *fyne.Container
	add     *kit.Button
	urgent  *kit.Button // of a banner that comes first; nil: there is none
	shown   bool        // the page was shown, and what is urgent is not known yet
	scroll  *kit.Scroll
	content fyne.CanvasObject
}

// New makes the page.
func New(d desk.Desk) *Page {
	p := &Page{desk: d, zone: time.Local, said: kit.NewNote(""), banners: kit.Column(8), opens: kit.Column(0), revoked: kit.Column(0)}
	p.add = kit.NewPrimary("Add a holder", p.addHolder)
	about := kit.Column(6, kit.NewSection("What a key is"),
		kit.NewNote("Whoever has the passphrase or one of these keys, and the vault or a backup of it, reads every record. A key is not a login: it cannot be limited to some of them."),
		kit.NewNote("Revoking seals everything anew to another key. It cannot take back what somebody has already: a copy of the vault or a backup that they kept opens with their key as before."))
	p.scroll = kit.NewScroll(kit.Pad(0, 22, 26, 22, kit.Column(26, p.banners, p.opens, p.revoked, about)))
	head := kit.TopRow(12, kit.Grow(kit.Column(2, kit.NewTitle("Keys"), p.said)),
		kit.Pad(2, 0, 0, 0, kit.NewButton("Check a sheet", p.check)), kit.Pad(2, 0, 0, 0, p.add))
	p.content = kit.Frame(kit.Pad(18, 22, 14, 22, head), nil, nil, nil, p.scroll)
	return p
}

// Content is what stands in the window.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show reads who can open the vault.
func (p *Page) Show() {
	p.shown = true
	kit.Focus(p.add)
	p.Refresh()
}

// Refresh reads it anew.
func (p *Page) Refresh() {
	p.run++
	run := p.run
	var state app.Keys
	var old []app.OldBackups
	var settings record.Practice
	practice := p.desk.Practice()
	p.desk.Load(func(ctx context.Context) (err error) {
		if state, err = practice.Keys(ctx); err != nil {
			return err
		}
		if settings, err = practice.Settings(ctx); err != nil {
			return err
		}
		old, err = practice.OldBackups(ctx)
		return err
	}, func(err error) {
		switch {
		case run != p.run:
		case err != nil:
			p.desk.Fail(err)
		default:
			p.state, p.old, p.zone, p.name = state, old, record.LoadZone(settings.Zone), settings.Name
			p.draw()
		}
	})
}

func (p *Page) draw() {
	opening := 0
	p.opens.Objects = []fyne.CanvasObject{kit.Pad(0, 0, 6, 0, kit.NewSection("Opens the vault")), kit.Rule(), p.passphrase(), kit.Rule()}
	p.revoked.Objects = []fyne.CanvasObject{kit.Pad(0, 0, 6, 0, kit.NewSection("Revoked")), kit.Rule()}
	for _, h := range p.state.Holders {
		if h.State == record.HolderRevoked {
			p.revoked.Add(p.gone(h))
			p.revoked.Add(kit.Rule())
			continue
		}
		if h.Opens() {
			opening++
		}
		p.opens.Add(p.holder(h))
		p.opens.Add(kit.Rule())
	}
	p.revoked.Hidden = len(p.revoked.Objects) == 2
	switch opening {
	case 0:
		p.said.SetText("Your passphrase opens this vault, and no other key does.")
	case 1:
		p.said.SetText("Your passphrase opens this vault, and so does 1 other key.")
	default:
		p.said.SetText("Your passphrase opens this vault, and so do " + kit.Number(opening) + " other keys.")
	}
	p.drawBanners()
	p.content.Refresh()
	p.scroll.Fit()
	if p.shown && p.urgent != nil && p.desk.Window().Canvas().Focused() == p.add {
		kit.Focus(p.urgent)
	}
	p.shown = false
}

func (p *Page) passphrase() fyne.CanvasObject {
	text := kit.Column(1, kit.NewText("Your passphrase").Bold(), kit.NewSmall("Since "+p.day(p.state.Since)))
	return kit.Pad(9, 0, 9, 0, kit.Row(12, kit.NewPicture(look.Lock, look.Muted), kit.Grow(text), kit.NewLink("Change", p.changePassphrase)))
}

// holder shows somebody whose key opens the vault.
func (p *Page) holder(h record.Holder) fyne.CanvasObject {
	text := kit.Column(1, kit.NewText(who(h)).Bold().Most(2), kit.NewSmall(p.about(h)).Most(3))
	row := []fyne.CanvasObject{kit.NewPicture(look.Key, look.Muted), kit.Grow(text), p.chip(h)}
	if h.Means == record.MeansSheet && h.State == record.HolderOpens {
		row = append(row, kit.NewLink("Replace", func() { p.replace(h) }))
	}
	return kit.Pad(9, 0, 9, 0, kit.Row(12, append(row, kit.NewLink("Revoke", func() { p.revoke(h) }))...))
}

// gone shows somebody whose key was revoked.
func (p *Page) gone(h record.Holder) fyne.CanvasObject {
	text := kit.Column(1, kit.NewText(who(h)).Most(2), kit.NewSmall(p.day(h.Added)+" to "+p.day(h.Revoked)))
	return kit.Pad(9, 0, 9, 0, kit.Row(12, kit.NewPicture(look.Key, look.Faint), kit.Grow(text)))
}

// who names a holder, with the role.
func who(h record.Holder) string {
	switch {
	case h.State == record.HolderUnknown:
		return h.Name
	case h.Kind == record.HolderRecovery:
		return "Recovery sheet"
	}
	return h.Who + ", " + h.Kind.Role()
}

// about says by what a holder opens the vault, since when, and how the person is
// reached.
func (p *Page) about(h record.Holder) string {
	if h.State == record.HolderUnknown {
		return "A key file in the vault’s folder of which the vault knows nothing. Revoke it unless you know whose it is."
	}
	by := "With an age key of their own"
	if h.Means == record.MeansSheet {
		by = "With a key on a sheet"
	}
	said := by + ", since " + p.day(h.Added)
	if h.Reach != "" {
		said += " · " + h.Reach
	}
	if h.State == record.HolderMissing {
		said += ". The file holders/" + h.Name + ".age is missing: revoke the key, or give it anew."
	}
	return said
}

func (p *Page) chip(h record.Holder) fyne.CanvasObject {
	switch {
	case h.State == record.HolderUnknown:
		return kit.NewChip(kit.Amber, "not known")
	case h.State == record.HolderMissing:
		return kit.NewChip(kit.Amber, "file missing")
	case h.State == record.HolderRevoking:
		return kit.NewChip(kit.Red, "not yet revoked")
	case h.Tested.IsZero():
		return kit.NewChip(kit.Amber, "never tested")
	}
	return kit.NewChip(kit.Green, "tested "+p.day(h.Tested))
}

func (p *Page) day(t time.Time) string {
	if t.IsZero() {
		return "a day that is not known"
	}
	return phrase.ShortDate(record.DateOf(t.In(p.zone)))
}
