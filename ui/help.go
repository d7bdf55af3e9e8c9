package ui

import (
	"fyne.io/fyne/v2"

	"casekeep/assets"
	"casekeep/ui/kit"
	"casekeep/ui/policies"
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
	{"F8", "In a passphrase: show it, or hide it again"},
	{"F1", "What Casekeep protects, and what it cannot"},
	{"F10, or Alt", "The menus: arrows go through them, Enter chooses"},
	{"Ctrl L", "Lock at once"},
	{"Ctrl Q", "Lock and quit"},
}

// fileKeys lists the keys that work while an attachment is looked at.
var fileKeys = [][2]string{
	{"Left, Right", "The file before, the next one"},
	{"Page Up, Page Down", "The page before, the next one; in a text, further up or down"},
	{"Home, End", "The first page, the last one"},
	{"Up, Down, Space", "Move what is shown"},
	{"+, -, 0, 1", "Larger, smaller, as large as fits, 100 %"},
	{"O, S", "Open outside, save a copy"},
}

func (s *Shell) helpKeys() {
	rows := keyRows(globalKeys)
	rows = append(rows, kit.Pad(10, 0, 2, 0, kit.NewSection("While a file is looked at")))
	s.tell("Keyboard", kit.Column(6, append(rows, keyRows(fileKeys)...)...), 600)
}

func keyRows(keys [][2]string) []fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, k := range keys {
		rows = append(rows, kit.TopRow(12, kit.Wide(146, kit.NewStrong(k[0])), kit.Grow(kit.NewNote(k[1]))))
	}
	return rows
}

// helpProtects shows what Casekeep protects, whether or not a vault is open.
func (s *Shell) helpProtects() {
	s.tell("What Casekeep protects, and what it cannot", kit.Column(8, policies.Blocks(assets.Protects)...), 760)
}

func (s *Shell) helpRescue() {
	s.tell("Opening a vault without Casekeep", kit.Column(10,
		kit.NewNote("A vault is a folder of files that two public programs open: age (1.3 or newer, from age-encryption.org) and sqlite3. "+
			"In a terminal, in the vault’s folder, after Casekeep has locked it:"),
		kit.NewBody("age -d -i key.age -o records.db records.db.age\nsqlite3 records.db"),
		kit.NewNote("age asks for the vault’s passphrase. What it writes is readable by anyone who finds it: delete it when you are done. "+
			"The file README.txt in every vault says the rest, also how to open attachments.")), 520)
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
		kit.NewNote("MIT license; those of what it is built from are under Help, Licenses. "+version)), 520)
}

// tell shows a page of help, unless something is being asked.
func (s *Shell) tell(title string, body fyne.CanvasObject, width float32) {
	if s.window.Canvas().Overlays().Top() == nil && !s.leaving {
		s.touched()
		kit.NewDialog(title, kit.Pad(0, 14, 0, 0, body), nil).Width(width).Open(s.window)
	}
}

// toggleMenu gives the keyboard to the menu bar, or takes it back, as Alt does.
func (s *Shell) toggleMenu() {
	if bar, ok := s.window.Canvas().(interface{ ToggleMenu() }); ok {
		bar.ToggleMenu()
	}
}
