// Package files shows attachments inside the window, opens them outside of it,
// and saves copies. What is decoded to be shown is dropped when the viewer closes
// and before the vault locks.
package files

import (
	"casekeep/ui/desk"
	"casekeep/vault/record"
)

// Item is a file and where it is from.
type Item struct {
	File record.Attachment
	With string // "Ada texted, Saturday, November 21, 2026, 2:14 PM"
}

// Shelf shows the files of a page, one at a time.
type Shelf struct {
	desk   desk.Desk
	viewer *viewer // open, or nil
}

// New makes a Shelf.
func New(d desk.Desk) *Shelf { return &Shelf{desk: d} }

// Open shows one of some files over the window; the others are reached from it.
func (s *Shelf) Open(items []Item, at int) {
	if s.viewer != nil {
		return
	}
	s.viewer = newViewer(s, items, at)
	s.viewer.open()
}

// tell says that something was done, also over the file that covers the window.
func (s *Shelf) tell(text string) {
	s.desk.Toast(text, "", nil)
	if s.viewer != nil {
		s.viewer.tell(text)
	}
}
