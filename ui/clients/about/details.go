package about

import (
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// Details shows all that is known of a client.
type Details struct {
	Pane
	edit func()
}

// NewDetails makes the tab; edit opens the form.
func NewDetails(edit func()) *Details { return &Details{NewPane(nil), edit} }

// Name is the tab's.
func (d *Details) Name() string { return "Details" }

// Show shows a client.
func (d *Details) Show(c record.Client, _ string) {
	all := []fyne.CanvasObject{kit.Row(10, kit.Grow(kit.NewHeading("Details")), kit.NewButton("Edit", d.edit).Shortcut("Ctrl E"))}
	add := func(name, value string) { all = append(all, Fact(name, value)...) }
	add("Name", c.Name)
	add("Legal name", c.LegalName)
	add("Kind", phrase.Kind(c.Kind))
	add("Pronouns", c.Pronouns)
	add("Born", c.Born.Long())
	add("Language", c.Language)
	add("Communication needs", c.Needs)
	add("Jurisdiction", phrase.Jurisdiction(c.Jurisdiction))
	add("Record number", c.Number)
	add("Status", phrase.Status(c))
	add("Reason for closing", c.Reason)

	all = append(all, Section("Safety"))
	add("Safe contact", orElse(c.SafeContact, "Not asked yet"))
	add("Risk", orElse(c.Risk, "None noted"))

	all = append(all, Section("Contact points"))
	if len(c.Contacts) == 0 {
		all = append(all, kit.NewNote("None yet. A number or email address here lets an import find this client’s messages."))
	}
	for _, p := range c.Contacts {
		all = append(all, fact(phrase.System(p.System), contact(p)))
	}
	if len(c.Members) > 0 {
		all = append(all, Section("Members"))
	}
	for _, m := range c.Members {
		all = append(all, Fact(m.Name, member(m))...)
	}
	d.Fill(all...)
}

func contact(p record.ContactPoint) fyne.CanvasObject {
	value := p.Value
	if p.System == record.Phone && p.Normal != "" {
		value = phrase.Address(p.Normal)
	}
	if p.Use != "" {
		value += " · " + p.Use
	}
	lines := kit.Column(2, kit.NewText(value))
	if p.Safe != "" {
		lines.Add(kit.NewNote(p.Safe))
	}
	return lines
}

func member(m record.Member) string {
	parts := []string{orElse(m.Role, "member")}
	if !m.Born.IsZero() {
		parts = append(parts, "born "+phrase.ShortDate(m.Born))
	}
	if m.Notes != "" {
		parts = append(parts, m.Notes)
	}
	return strings.Join(parts, " · ")
}

func orElse(text, empty string) string {
	if text == "" {
		return empty
	}
	return text
}
