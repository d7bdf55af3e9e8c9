package ui

import "fyne.io/fyne/v2"

// Clipboard is the system's clipboard, and knows what was put there through
// it, to clear that when the vault is locked. Let it stand for the app's own.
type Clipboard struct {
	fyne.Clipboard
	put string
}

// SetContent puts a text on the clipboard.
func (c *Clipboard) SetContent(text string) {
	c.Clipboard.SetContent(text)
	c.put = text
}

// clear empties the clipboard if it still holds what was put there.
func (c *Clipboard) clear() {
	if c.put != "" && c.Content() == c.put {
		c.Clipboard.SetContent("")
	}
	c.put = ""
}
