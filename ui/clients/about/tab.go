// Package about holds what stands beside a client's timeline: the details,
// and what was imported and done.
package about

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// Tab is one of them.
type Tab interface {
	Name() string
	Content() fyne.CanvasObject
	// Show reads what there is of a client and shows it; zone is the
	// practice's.
	Show(c record.Client, zone string)
	// Clear takes away what is shown of a client, before another one comes.
	Clear()
}

// Pane is a tab's scrolling content, made anew for each client.
type Pane struct {
	Desk desk.Desk
	run  int // counts what was asked for: a late answer is dropped
	host *fyne.Container
}

// NewPane makes an empty one.
func NewPane(d desk.Desk) Pane { return Pane{Desk: d, host: container.NewStack()} }

// Content is what stands in the window.
func (s *Pane) Content() fyne.CanvasObject { return s.host }

// Fill shows objects under one another.
func (s *Pane) Fill(objects ...fyne.CanvasObject) {
	s.host.Objects = []fyne.CanvasObject{kit.NewScroll(kit.Pad(16, 22, 24, 22, kit.Column(0, objects...)))}
	s.host.Refresh()
}

// Clear empties it, and drops what is on its way.
func (s *Pane) Clear() {
	s.run++
	s.host.Objects = nil
	s.host.Refresh()
}

// Load fetches something and then shows it, unless another client was asked
// for meanwhile.
func (s *Pane) Load(fetch func(context.Context) error, show func()) {
	s.run++
	run := s.run
	s.Desk.Load(fetch, func(err error) {
		if run != s.run {
			return
		}
		if err != nil {
			s.Desk.Fail(err)
			return
		}
		show()
	})
}

// lineWidth is how wide the names of facts are.
const lineWidth = 170

// Fact is a line of a name and what is known; nothing known gives no line.
func Fact(name, value string) []fyne.CanvasObject {
	if value == "" {
		return nil
	}
	return []fyne.CanvasObject{fact(name, kit.NewText(value))}
}

func fact(name string, value fyne.CanvasObject) fyne.CanvasObject {
	return kit.Pad(5, 0, 5, 0, kit.TopRow(12, kit.Wide(lineWidth, kit.NewNote(name)), kit.Grow(value)))
}

// Section is the heading of a part.
func Section(title string) fyne.CanvasObject {
	return kit.Pad(18, 0, 6, 0, kit.NewSection(title))
}
