package backups

import (
	"fmt"
	"strings"
	"time"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

const iconAdd = look.Plus

// sentence says how the backups stand, and in which color.
func (p *page) sentence() (string, look.Token) {
	text := phrase.BackedUp(p.state.Last, p.state.Drilled, p.desk.Practice().Now(), time.Local)
	text = strings.ReplaceAll(text, " · ", ", ") + "."
	for _, w := range p.state.Worries {
		if w.Pressing {
			return text, look.Red
		}
	}
	return text, look.Muted
}

// about says what is known of a folder. complete is when its newest backup was
// last seen to hold everything, if that is later than the backup.
func about(t app.BackupTarget, complete, now time.Time) string {
	parts := []string{"no backup in it yet"}
	if t.Count > 0 {
		parts = []string{phrase.Count(t.Count, "backup", "backups"), "the last one " + phrase.Ago(t.Last, now)}
	}
	if made, seen := phrase.Ago(t.Last, now), phrase.Ago(complete, now); t.Count > 0 && !complete.IsZero() && made != seen {
		parts[1] += ", still complete " + seen
	}
	if t.SameDisk {
		parts = append(parts, "on the same disk as the vault")
	}
	if t.Service != "" {
		parts = append(parts, t.Service+" copies it to other computers")
	}
	return strings.Join(parts, " · ")
}

// Holds says what is in a backup.
func Holds(b app.Backup) string {
	return strings.Join([]string{phrase.Count(b.Clients, "client", "clients"), phrase.Count(b.Entries, "entry", "entries"),
		phrase.Count(b.Attachments, "attachment", "attachments")}, ", ")
}

// Moment gives when a backup was made: "Sat, Nov 21, 2026, 2:14 PM".
func Moment(t time.Time) string { return t.Local().Format("Mon, Jan 2, 2006, 3:04 PM") }

// drilled says what a restore drill found.
func drilled(d app.Drilled) string {
	text := fmt.Sprintf("The backup of %s was restored into memory in %s. ", Moment(d.Of), took(d.Took))
	if d.Whole {
		text += fmt.Sprintf("Every one of its %s and %s is as in the vault.", phrase.Count(d.Entries, "entry", "entries"),
			phrase.Count(d.Attachments, "attachment", "attachments"))
	} else {
		text += "It is not as the vault is: do not rely on it. Back up anew, and check the drive."
	}
	if d.Explained > 0 {
		text += " " + phrase.Count(d.Explained, "change", "changes") + " since then are those that the audit trail tells of."
	}
	return text
}

func took(d time.Duration) string {
	if d < time.Second {
		return "less than a second"
	}
	return phrase.Count(int(d.Round(time.Second).Seconds()), "second", "seconds")
}

// backedUp says what became of one folder of a backup, and whether that is well.
func backedUp(b app.BackedUp) (string, kit.Tone) {
	switch {
	case b.Away:
		return "It is not there: connect the drive.", kit.Amber
	case b.Err != nil:
		return app.Sentence(b.Err), kit.Red
	case b.Unchanged:
		return "Nothing changed since its newest backup, which is whole.", kit.Green
	}
	text := fmt.Sprintf("%s written and read back", phrase.Size(b.Bytes))
	if b.Attachments > 0 {
		text += ", with " + phrase.Count(b.Attachments, "new attachment", "new attachments")
	}
	if b.Pruned > 0 {
		text += ". " + phrase.Count(b.Pruned, "older backup", "older backups") + " removed by the plan"
	}
	return text + ".", kit.Green
}

// keeps says what a plan keeps.
func keeps(k record.BackupKeep) string {
	text := "Kept are the last " + phrase.Count(k.Last, "backup", "backups")
	var parts []string
	last := ""
	for _, one := range []struct {
		n         int
		one, many string
	}{{k.Daily, "day", "days"}, {k.Weekly, "week", "weeks"}, {k.Monthly, "month", "months"}, {k.Yearly, "year", "years"}} {
		if one.n > 0 {
			last = phrase.Count(one.n, one.one, one.many)
			parts = append(parts, last)
		}
	}
	if len(parts) == 0 {
		return text + "."
	}
	return text + " and the newest of each of " + listed(parts) + ". What was destroyed leaves them after " + last + " at the latest, or at once when they are purged."
}

func listed(parts []string) string {
	if len(parts) == 1 {
		return parts[0]
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1]
}
