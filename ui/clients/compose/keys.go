package compose

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// Key is a key of the composer, pressed with Alt, and what it does.
type Key struct {
	Name fyne.KeyName
	Text string
	Do   func()
}

// Shortcut gives the key as Fyne takes it.
func (k Key) Shortcut() fyne.Shortcut {
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
		all = append(all, Key{k.name, phrase.Channel(k.channel), func() { c.SetChannel(k.channel) }})
	}
	return all
}

// otherKeys gives the keys of direction, time, and what else stands on the
// bar.
func (c *Composer) otherKeys() []Key {
	return []Key{
		{fyne.KeyF, phrase.Direction(record.In), func() { c.SetDirection(record.In) }},
		{fyne.KeyT, phrase.Direction(record.Out), func() { c.SetDirection(record.Out) }},
		{fyne.KeyP, phrase.Direction(record.Third), func() { c.SetDirection(record.Third) }},
		{fyne.KeyW, "When and how long", c.askWhen},
		{fyne.KeyI, "Identity", func() { c.identity.Press() }},
		{fyne.KeyL, "Location", c.askLocation},
		{fyne.KeyA, "Attach a file", c.askFile},
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
