package inbox

import (
	"fyne.io/fyne/v2"

	"casekeep/app"
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
			if others, _ := app.OtherPeoples(reason); others {
				n += reason.Count
			}
		}
	}
	return n
}
