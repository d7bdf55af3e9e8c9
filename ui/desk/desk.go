// Package desk says what a page may ask of the window it stands in, so that
// pages know neither the shell nor one another.
package desk

import (
	"context"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/vault/record"
)

// Place is a page of the window and what it shows.
type Place struct {
	Page   Page
	Client record.ClientID // of Clients, Produce and Retention; 0: none chosen
	Entry  record.EntryID  // of Clients: the entry to bring into view; 0: the newest
	Files  []string        // of Inbox: exports to look at; of People: a list of clients
	Topic  string          // of Policies: the one to show; of Retention: the place whose rule to show
	Part   string          // of Practice and Retention: the part to show, such as "licenses"; of Start: the question
}

// Page names a page of the sidebar, or one reached from it.
type Page int

// The pages.
const (
	Clients Page = iota
	Inbox
	Practice
	Produce
	Requests
	Today
	Policies
	Executor // whom somebody must reach first who looks at the records
	Start    // the six questions with which a practice begins
	People   // a list of clients is brought in
	Retention
	Backups
)

// Work is something that takes time. It runs off the main goroutine, tells how
// far it is, and ends early when ctx is canceled.
type Work func(ctx context.Context, report func(done, total int64, text string)) error

// Desk is the window around a page. Its methods are called on the main
// goroutine.
type Desk interface {
	Practice() *app.Practice
	Window() fyne.Window
	// Go shows another page.
	Go(Place)
	// Toast says shortly that something was done. With an action it offers
	// one, such as "Undo".
	Toast(text string, action string, do func())
	// Fail shows an error as a sentence that stays until it is dismissed.
	Fail(error)
	// Run does work behind a progress bar with a count and "Cancel" over the
	// window. done is called on the main goroutine with what work returned.
	Run(title string, work Work, done func(error))
	// RunBytes is Run for work that counts bytes.
	RunBytes(title string, work Work, done func(error))
	// Load fetches something that is quick, off the main goroutine, and calls
	// done on it. Nothing is shown unless it takes long.
	Load(fetch func(ctx context.Context) error, done func(error))
	// Changed says that a client's record, or the list of clients for 0, is
	// not what it was: every page that shows it refreshes.
	Changed(record.ClientID)
	// ShowSheet puts a form over the page on show, in place of the one that
	// stands there.
	ShowSheet(Sheet)
	// CloseSheet takes the form away.
	CloseSheet()
	// LeaveSheet goes on once no form is open: what was typed into one is given
	// up only after a question.
	LeaveSheet(then func())
	// Copy puts a text on the clipboard. Locking clears it if it is still
	// there.
	Copy(text string)
	// WhenLocked calls drop before the vault is locked, so that what was
	// decoded to be shown goes. forget takes that back.
	WhenLocked(drop func()) (forget func())
}

// View is a page as the shell shows it.
type View interface {
	// Content is what stands in the window; it stays the same object.
	Content() fyne.CanvasObject
	// Show brings the page to a place and gives the keyboard to its first
	// field.
	Show(Place)
	// Refresh reads anew what a change touched.
	Refresh(record.ClientID)
	// Key is offered the acts of the main menu that are the page's own, by the
	// names below; it reports whether it was taken.
	Key(name string) bool
}

// The acts that View.Key is offered. The page on show is asked first. If it
// does not take the act, the shell goes to the page that the act belongs to,
// Clients or Inbox, and asks that one; KeyHide goes to every page, KeySave and
// KeyEscape to the page on show alone.
const (
	KeyFind    = "find"    // Ctrl+K, Clients: find a client or anything said
	KeyLog     = "log"     // Ctrl+N, Clients: put the cursor into the composer
	KeyAdd     = "add"     // Ctrl+Shift+N, Clients: add a client
	KeyEdit    = "edit"    // Ctrl+E, Clients: change the client on show
	KeyProduce = "produce" // Ctrl+P, Clients: produce the record of the client on show
	KeyImport  = "import"  // Ctrl+I, Inbox: choose an export to look at
	KeySave    = "save"    // Ctrl+Enter, where no text of several lines has a use for it
	KeyHide    = "hide"    // Ctrl+H: hide names and previews, or show them again
	KeyEscape  = "escape"  // Escape, when nothing else has a use for it

	KeyAcknowledge = "acknowledge" // Ctrl+Shift+A, Clients: record an acknowledgment of the client on show
	KeySearchNote  = "search-note" // Ctrl+Shift+S, Clients: note an online search about the client on show
	KeyHold        = "hold"        // Ctrl+Shift+H, Clients: place a legal hold on the client on show
	KeyEmergency   = "emergency"   // Ctrl+Shift+E, Clients: the emergency card of the client on show
)

// Drafter is a View that text is typed into which is not saved at once. Before
// the window locks, by itself or by the user, and a few seconds after the last
// input, the shell asks for it and keeps it with app.SaveDraft; the page brings it back with app.Draft when it next
// shows that client, and removes it (SaveDraft with "") once it is logged.
type Drafter interface {
	// Drafts gives every text that was typed and not saved, the page itself
	// unchanged. Client 0 is one not added yet.
	Drafts() []Draft
}

// Draft is a half-written text. What it means is the page's own affair: more
// than a plain text can be kept as JSON.
type Draft struct {
	Client record.ClientID
	Form   record.Form // of a sheet; "": the contact that is being logged
	Text   string
}
