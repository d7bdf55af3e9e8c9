package compose

import (
	"strings"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/ui/clients/phrase"
	"casekeep/vault/record"
)

// Beside gives the composer what must be in sight while somebody writes.
func (c *Composer) Beside(b app.Beside) {
	c.beside, c.known = b, true
	c.show()
}

// about says what helps to be understood (TSP 1.03, 1.04). How the client is
// reached without harm stands above, over everything.
func (c *Composer) about() string {
	var parts []string
	add := func(label, text string) {
		if text = strings.TrimSpace(text); text != "" {
			parts = append(parts, label+": "+text)
		}
	}
	if !strings.EqualFold(c.client.Language, "English") {
		add("Language", c.client.Language)
	}
	add("Needs", c.client.Needs)
	add("Culture", firstLine(c.beside.Culture))
	return strings.Join(parts, " · ")
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

// warning says that nothing on record permits the channel; the contact is kept
// all the same (TSP 4.03).
func (c *Composer) warning() string {
	state := c.beside.Channel(c.now.Channel)
	name := strings.ToLower(form.ChannelName(c.now.Channel))
	switch {
	case c.unasked():
		return "How this client is reached without harm was not asked yet: ask before anything goes out."
	case !c.known || !state.Needs || state.Allowed() || c.now.Direction == record.Third:
		return ""
	case state.Decision != "":
		return "The client does not agree to " + name + ". What you log is kept and marked."
	case c.now.Purpose != record.PurposeService:
		return ""
	}
	return "No consent to " + name + " is on file. What you log is kept and marked."
}

// unasked reports whether something is about to go out to a client of whom
// nobody asked how to be reached: who else sees the phone (TSP 3.09).
func (c *Composer) unasked() bool {
	if c.client.SafeContact != "" || c.now.Direction != record.Out {
		return false
	}
	switch c.now.Channel {
	case record.InPerson, record.Video, record.Portal:
		return false
	}
	return true
}

// warnAct is what the link beside a warning says.
func (c *Composer) warnAct() string {
	if c.unasked() {
		return "Ask it now"
	}
	return "Agree on it"
}

// agree opens the form that a warning asks for.
func (c *Composer) agree() {
	if c.unasked() {
		c.AskSafe()
		return
	}
	c.Agree(c.now.Channel)
}

// Confirm says at once that the client's identity is confirmed and where both
// are, as it was last (TSP 2.04; NASW 2.01). What is not known is asked for.
func (c *Composer) Confirm() {
	if !c.now.isRemote() {
		return
	}
	c.change(func(s *state) {
		s.Identity = record.IdentityConfirmed
		s.Location = orText(s.Location, c.beside.Where)
		s.OwnLocation = orText(s.OwnLocation, c.beside.Own)
	})
	if c.now.Location == "" || c.now.OwnLocation == "" {
		c.askLocation()
	}
}

// purposes are what a contact can be for, in the order of the menu.
var purposes = []record.Purpose{record.PurposeService, record.PurposeScreening, record.PurposeCrisis, record.PurposeAdministrative}

func purposeText(p record.Purpose) string { return orText(phrase.Purpose(p), "Service") }

// preset gives a new entry the purpose that the client's status suggests.
func (c *Composer) preset(s state) state {
	if c.client.Status == record.Screening && !s.started() {
		s.Purpose = record.PurposeScreening
	}
	return s
}
