package retention

import (
	"time"

	"fyne.io/fyne/v2"

	"casekeep/ui/clients/about"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/days"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// holds says what the record holds.
func (r *review) holds() []fyne.CanvasObject {
	last := r.look
	all := []fyne.CanvasObject{about.Section("What it holds")}
	files := "none"
	if last.Attachments > 0 {
		files = kit.Number(last.Attachments) + ", " + phrase.Size(last.AttachmentBytes)
	}
	all = append(all, about.Fact("Entries", kit.Number(last.Entries))...)
	all = append(all, about.Fact("Attachments", files)...)
	if !last.First.IsZero() {
		all = append(all, about.Fact("From", days.Short(last.First)+" to "+days.Short(last.Last))...)
	}
	handed := "never"
	if last.Disclosed > 0 {
		handed = phrase.Count(last.Disclosed, "time", "times") + "; those copies are not within reach"
	}
	return append(all, about.Fact("Handed out", handed)...)
}

// duties says what rules ask for when a record is disposed of.
func (r *review) duties() []fyne.CanvasObject {
	if len(r.look.Duties) == 0 {
		return nil
	}
	all := []fyne.CanvasObject{about.Section("What the rules ask for at disposal")}
	for _, duty := range r.look.Duties {
		all = append(all, kit.Pad(3, 0, 3, 0, kit.NewText(duty)))
	}
	return all
}

// backups says where the record will still be.
func (r *review) backups() []fyne.CanvasObject {
	all := []fyne.CanvasObject{about.Section("Backups that hold it")}
	if len(r.look.Backups) == 0 {
		return append(all, kit.NewText("No backup that this vault knows of holds it."))
	}
	for _, target := range byTarget(r.look.Backups, r.zone) {
		all = append(all, kit.Pad(3, 0, 3, 0, kit.NewText(target)))
	}
	return append(all, kit.Pad(3, 0, 0, 0, kit.NewNote("Destroying leaves them as they are. Afterwards they can be purged, or they expire by themselves.")))
}

// byTarget counts backups by where they lie: "~/Drive: 12 backups, Jan 3, 2026
// to Nov 20, 2026".
func byTarget(all []record.KnownBackup, zone *time.Location) []string {
	var targets []string
	of := map[string][]record.KnownBackup{}
	for _, b := range all {
		if of[b.Target] == nil {
			targets = append(targets, b.Target)
		}
		of[b.Target] = append(of[b.Target], b)
	}
	var lines []string
	for _, target := range targets {
		list := of[target]
		first, last := list[0].At, list[0].At
		for _, b := range list {
			if b.At.Before(first) {
				first = b.At
			}
			if b.At.After(last) {
				last = b.At
			}
		}
		text := folders.Short(target) + ": " + phrase.Count(len(list), "backup", "backups") + ", " + days.Short(record.DateOf(first.In(zone)))
		if len(list) > 1 {
			text += " to " + days.Short(record.DateOf(last.In(zone)))
		}
		lines = append(lines, text)
	}
	return lines
}
