package ui

import (
	"fyne.io/fyne/v2"

	"casekeep/ui/kit"
)

// globalKeys lists the global keys as "Keyboard" shows them.
var globalKeys = [][2]string{
	{"Ctrl K", "Find a client, or anything that was said"},
	{"Ctrl N", "Log a contact"},
	{"Ctrl Enter", "Save what is being written"},
	{"Ctrl Shift N", "Add a client"},
	{"Ctrl E", "Edit the client"},
	{"Ctrl Shift A", "Record that the client acknowledged the policies"},
	{"Ctrl Shift S", "Note an online search about the client"},
	{"Ctrl Shift H", "Place a legal hold on the client’s record"},
	{"Ctrl Shift I", "Confirm identity and both places, while a contact is logged"},
	{"Ctrl Shift E", "The client’s emergency card"},
	{"Ctrl I", "Import a phone or mail export"},
	{"Ctrl P", "Produce the client’s record"},
	{"Ctrl H", "Hide names and previews while somebody sits beside you"},
	{"Ctrl 1 to 8", "Today, Clients, Inbox, Requests, Retention, Policies, Backups, Practice"},
	{"Tab, Shift Tab", "Go through what is on the page"},
	{"Escape", "Close a dialog, cancel, clear a search"},
	{"Ctrl L", "Lock at once"},
	{"Ctrl Q", "Lock and quit"},
}

func (s *Shell) helpKeys() {
	var rows []fyne.CanvasObject
	for _, k := range globalKeys {
		rows = append(rows, kit.Row(12, kit.Wide(116, kit.NewStrong(k[0])), kit.Grow(kit.NewSubtitle(k[1]))))
	}
	s.tell("Keyboard", kit.Column(6, rows...))
}

func (s *Shell) helpRescue() {
	s.tell("Opening a vault without Casekeep", kit.Column(10,
		kit.NewNote("A vault is a folder of files that two public programs open: age (1.3 or newer, from age-encryption.org) and sqlite3. "+
			"In a terminal, in the vault’s folder, after Casekeep has locked it:"),
		kit.NewBody("age -d -i key.age -o records.db records.db.age\nsqlite3 records.db"),
		kit.NewNote("age asks for the vault’s passphrase. What it writes is readable by anyone who finds it: delete it when you are done. "+
			"The file README.txt in every vault says the rest, also how to open attachments.")))
}

func (s *Shell) about() {
	version := fyne.CurrentApp().Metadata().Version
	if version != "" {
		version = "Version " + version
	}
	s.tell("About Casekeep", kit.Column(10,
		kit.NewMark(),
		kit.NewText("Casekeep keeps the client records of a social worker in private practice, on the practitioner’s own computer. "+
			"There is no account and no server, and it opens no network connection."),
		kit.NewNote("MIT license. "+version)))
}

// tell shows a page of help, unless something is being asked.
func (s *Shell) tell(title string, body fyne.CanvasObject) {
	if s.window.Canvas().Overlays().Top() == nil && !s.leaving {
		kit.NewDialog(title, body, nil).Width(520).Open(s.window)
	}
}
