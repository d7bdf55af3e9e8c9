package detail

import (
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/ui/clients/about"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/clients/timeline"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// facts gives everything that is known of an entry.
func (d *Detail) facts(e record.Entry) []fyne.CanvasObject {
	var all []fyne.CanvasObject
	add := func(name, value string) { all = append(all, about.Fact(name, value)...) }
	add("Happened", when(e))
	if !e.DayOnly {
		add("Time zone", e.Zone+", "+basis(e.ZoneBasis))
	}
	add("Written", written(e))
	add("Direction", direction(e))
	for _, p := range e.Parties {
		add(partyRole(p), party(p))
	}
	add("Subject", e.Subject)
	if e.Duration > 0 {
		add("How long", phrase.Duration(e.Duration))
	}
	add("Outcome", e.Outcome)
	add("Identity", identity(e.Identity))
	add("Client’s location", e.Location)
	add("Your location", e.OwnLocation)
	add("What it was for", phrase.Purpose(e.Purpose))
	if e.About != 0 {
		all = append(all, d.link("It is "+following(e)+".", "Show that entry", e.About))
	}
	if e.Body != "" {
		all = append(all, kit.Pad(12, 0, 8, 0, kit.Card(kit.Pad(10, 14, 10, 14, kit.NewBody(e.Body)))))
	}
	for i := range e.Attachments {
		all = append(all, d.attachment(e, i))
	}
	all = append(all, d.changes(e)...)
	return append(all, d.provenance(e)...)
}

// when says when an entry happened; of a day alone no hour is known.
func when(e record.Entry) string {
	at := e.At.In(e.TimeZone())
	if e.DayOnly {
		return at.Format("Monday, January 2, 2006") + ", no hour stated"
	}
	return phrase.Moment(at)
}

// following says what an entry follows up, after "It is".
func following(e record.Entry) string {
	return strings.Replace(timeline.Following(e), "follows up", "about", 1)
}

func basis(b record.ZoneBasis) string {
	switch b {
	case record.ZoneStated:
		return "stated with the time"
	case record.ZoneFile:
		return "as it stands in the imported file"
	case record.ZoneAssumed:
		return "assumed at the import: the file states none"
	}
	return "this computer’s when it was written"
}

func written(e record.Entry) string {
	text := phrase.ShortMoment(e.Written.In(e.TimeZone()))
	if e.Provenance != nil {
		return "Imported " + text
	}
	if e.Late() {
		text += ", late"
	}
	if e.Author != "" {
		text += ", by " + e.Author
	}
	return text
}

func direction(e record.Entry) string {
	if e.Channel == record.InPerson || e.Channel == record.Video || !e.IsContact() {
		return ""
	}
	return phrase.Direction(e.Direction)
}

func partyRole(p record.Party) string {
	switch p.Role {
	case "from":
		return "From"
	case "to":
		return "To"
	case "cc":
		return "Copy to"
	case "bcc":
		return "Blind copy to"
	}
	return "Third person"
}

func party(p record.Party) string {
	text := phrase.Party(p)
	if p.Name != "" && p.Address != "" {
		text += " · " + phrase.Address(p.Address)
	}
	if partyRole(p) == "Third person" && p.Role != "" {
		text += " · " + p.Role
	}
	return text
}

func identity(i record.Identity) string {
	switch i {
	case record.IdentityConfirmed:
		return "Confirmed"
	case record.IdentityNot:
		return "Not confirmed"
	}
	return ""
}

// changes gives what was done to an entry since it was written.
func (d *Detail) changes(e record.Entry) []fyne.CanvasObject {
	var all []fyne.CanvasObject
	zone := e.TimeZone()
	for _, a := range e.Amendments {
		lines := kit.Column(3, kit.NewSmall("Added "+phrase.ShortMoment(a.At.In(zone))+by(a.Author)), kit.NewBody(a.Text))
		if a.Reason != "" {
			lines.Add(kit.NewSmall("Reason: " + a.Reason))
		}
		all = append(all, kit.Pad(6, 0, 0, 0, kit.Note(kit.Blue, lines)))
	}
	if s := e.Struck; s != nil {
		all = append(all, kit.Pad(6, 0, 0, 0, kit.Note(kit.Red, kit.Column(3,
			kit.NewSmall("Struck through "+phrase.ShortMoment(s.At.In(zone))+by(s.Author)), kit.NewText(s.Reason)))))
	}
	what := "the time of "
	if !e.IsContact() {
		what = ""
	}
	if e.Superseded != 0 {
		all = append(all, d.link("A later entry corrects "+what+"this one.", "Show the corrected entry", e.Superseded))
	}
	if e.Supersedes != 0 {
		all = append(all, d.link("This entry corrects "+what+"an earlier one.", "Show the earlier entry", e.Supersedes))
	}
	if e.VersionOf != 0 {
		all = append(all, d.link("The message had changed when it was imported again.", "Show it as it was first", e.VersionOf))
	}
	if e.Released {
		all = append(all, kit.Pad(8, 0, 0, 0, kit.NewSmall("It has been in a released record.")))
	}
	return all
}

func by(author string) string {
	if author == "" {
		return ""
	}
	return " by " + author
}

func (d *Detail) link(text, button string, to record.EntryID) fyne.CanvasObject {
	return kit.Pad(6, 0, 0, 0, kit.Note(kit.Amber, kit.Flow(10, kit.NewCaption(text), kit.NewLink(button, d.goTo(to)))))
}

// provenance says where an imported entry came from.
func (d *Detail) provenance(e record.Entry) []fyne.CanvasObject {
	p := e.Provenance
	if p == nil {
		return nil
	}
	all := []fyne.CanvasObject{kit.Pad(16, 0, 4, 0, kit.NewSection("Where it came from"))}
	add := func(name, value string) { all = append(all, about.Fact(name, value)...) }
	add("File", p.Source.Name+" · "+phrase.Size(p.Source.Size)+" · "+p.Source.Format)
	all = append(all, d.digest("SHA-256 of the file", p.Source.SHA256))
	add("Place in the file", p.Locator)
	if !p.Raw.IsZero() {
		all = append(all, d.digest("SHA-256 of the place", p.Raw))
	}
	add("Time in the file", p.Original)
	add("Message ID", p.MessageID)
	for _, w := range p.Warnings {
		all = append(all, kit.Pad(4, 0, 0, 0, kit.Note(kit.Amber, kit.NewSmall(w))))
	}
	return all
}

// digest is a line with the beginning of a digest and a way to have it whole.
func (d *Detail) digest(name string, h record.Hash) fyne.CanvasObject {
	return kit.Pad(3, 0, 3, 0, kit.Row(12, kit.Wide(170, kit.NewNote(name)),
		kit.NewLabel(phrase.ShortHash(h)), kit.NewLink("Copy", func() {
			d.desk.Copy(h.String())
			d.desk.Toast("SHA-256 copied.", "", nil)
		}), kit.Space()))
}
