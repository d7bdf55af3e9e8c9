package inbox

import (
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/intake"
	"casekeep/ui/kit"
)

// stats are the counts over the button that files.
type stats struct{ content *fyne.Container }

func newStats() *stats { return &stats{kit.Row(24)} }

// set shows the counts of one conversation; other people's messages in the
// same files are none of it.
func (s *stats) set(c *conversation, r app.ImportReport) {
	s.content.Objects = nil
	if len(r.Files) == 0 {
		s.add(c.messages, "found")
	} else {
		others := othersIn(r)
		s.add(r.Found-others, "found")
		s.add(r.Imported, "to file")
		s.add(r.Duplicates, "already there")
		if left := r.Skipped - others; left > 0 {
			s.add(left, "left out")
		}
		s.add(r.Refused, "refused")
		s.add(r.Damaged, "damaged")
	}
	s.content.Refresh()
}

func (s *stats) add(n int, what string) {
	s.content.Objects = append(s.content.Objects, kit.Column(0, kit.NewHeading(kit.Number(n)), kit.NewCaption(what)))
}

// othersIn counts the messages of other conversations.
func othersIn(r app.ImportReport) int {
	n := 0
	for _, file := range r.Files {
		for _, reason := range file.SkippedBy {
			if ofOthers(reason) {
				n += reason.Count
			}
		}
	}
	return n
}

// What app gives as the reason for leaving out other people's messages.
const (
	otherReason = "another conversation"
	groupReason = "a group conversation with other people" // followed by its key
)

// ofOthers tells by its reason what was left out because it belongs to another
// conversation.
func ofOthers(r intake.Reason) bool {
	return r.Reason == otherReason || strings.HasPrefix(r.Reason, groupReason)
}
