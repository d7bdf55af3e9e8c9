package compose

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// Key is a key of the composer, pressed with Alt or with Ctrl and Shift, and
// what it does.
type Key struct {
	Name fyne.KeyName
	Text string
	Do   func()
	Ctrl bool // with Ctrl and Shift
}

// Shortcut gives the key as Fyne takes it.
func (k Key) Shortcut() fyne.Shortcut {
	if k.Ctrl {
		return &desktop.CustomShortcut{KeyName: k.Name, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}
	}
	return &desktop.CustomShortcut{KeyName: k.Name, Modifier: fyne.KeyModifierAlt}
}

// channelsByKey are Alt+1 to Alt+0.
var channelsByKey = []struct {
	name    fyne.KeyName
	channel record.Channel
}{
	{fyne.Key1, record.Text}, {fyne.Key2, record.Mail}, {fyne.Key3, record.Call}, {fyne.Key4, record.Video},
	{fyne.Key5, record.InPerson}, {fyne.Key6, record.Voicemail}, {fyne.Key7, record.Letter}, {fyne.Key8, record.Chat},
	{fyne.Key9, record.Social}, {fyne.Key0, record.Portal},
}

// Keys gives every key of the composer, always in the same order.
func (c *Composer) Keys() []Key { return append(c.channelKeys(), c.otherKeys()...) }

// channelKeys gives the key of each channel.
func (c *Composer) channelKeys() []Key {
	var all []Key
	for _, k := range channelsByKey {
		all = append(all, Key{Name: k.name, Text: phrase.Channel(k.channel), Do: func() { c.SetChannel(k.channel) }})
	}
	return all
}

// otherKeys gives the keys of direction, time, and what else stands on the
// bar.
func (c *Composer) otherKeys() []Key {
	return []Key{
		{Name: fyne.KeyF, Text: phrase.Direction(record.In), Do: func() { c.SetDirection(record.In) }},
		{Name: fyne.KeyT, Text: phrase.Direction(record.Out), Do: func() { c.SetDirection(record.Out) }},
		{Name: fyne.KeyP, Text: phrase.Direction(record.Third), Do: func() { c.SetDirection(record.Third) }},
		{Name: fyne.KeyW, Text: "When and how long", Do: c.askWhen},
		{Name: fyne.KeyI, Text: "Identity", Do: func() { c.identity.Press() }},
		{Name: fyne.KeyL, Text: "Location", Do: c.askLocation},
		{Name: fyne.KeyO, Text: "What it was for", Do: c.askPurpose},
		{Name: fyne.KeyI, Text: "Identity and both places, as last", Do: c.Confirm, Ctrl: true},
		{Name: fyne.KeyA, Text: "Attach a file", Do: c.askFile},
	}
}

// showKeys opens the menu of every channel and key.
func (c *Composer) showKeys() {
	var items []*fyne.MenuItem
	add := func(keys []Key) {
		for _, k := range keys {
			item := fyne.NewMenuItem(k.Text, k.Do)
			item.Shortcut = k.Shortcut()
			item.Checked = k.Text == phrase.Channel(c.now.Channel) || k.Text == phrase.Direction(c.now.Direction)
			items = append(items, item)
		}
	}
	add(c.channelKeys())
	items = append(items, fyne.NewMenuItemSeparator())
	add(c.otherKeys())
	kit.Menu(c.more, items...)
}
