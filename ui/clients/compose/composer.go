// Package compose is the box above a timeline in which a contact is written
// down: pasted or typed, with channel, direction and time.
package compose

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// Composer writes entries into the record of one client at a time.
type Composer struct {
	widget.BaseWidget
	// Logged is called after an entry was saved.
	Logged func(record.Entry)
	// Resized is called when the composer needs another height.
	Resized func()
	// Agree opens what is agreed on for a channel.
	Agree func(record.Channel)
	// AskSafe opens the question how the client is reached without harm.
	AskSafe func()

	desk   desk.Desk
	client record.Client
	home   string // the practice's zone
	beside app.Beside
	known  bool // beside has been read
	now    state
	saving bool
	folder string // where a file was attached from last
	drafts drafts

	text                    *kit.Field
	subject, who, relation  *kit.Field
	extra                   *fyne.Container
	channels                *kit.Segments
	directions              *kit.Segments
	more, attach            *kit.Button
	mend                    *kit.Button // what a warning asks for
	when, length, outcome   *kit.Button
	identity, location, log *kit.Button
	purpose                 *kit.Button
	bar, files, warn        *fyne.Container
	note, caution           *kit.Text
	problem                 *kit.Text
	inner                   *fyne.Container
	height                  float32
}

// New makes an empty composer.
func New(d desk.Desk) *Composer {
	c := &Composer{
		desk:   d,
		now:    state{Channel: record.Text, Direction: record.In},
		drafts: newDrafts(),
		folder: folders.Documents(),
	}
	c.makeFields()
	c.makeBar()
	c.problem = kit.NewSmall("").Color(look.Red)
	c.files = kit.Flow(6)
	c.note = kit.NewSmall("").Most(2)
	c.caution = kit.NewSmall("").Color(look.Amber)
	c.mend = kit.NewLink("Agree on it", c.agree)
	c.warn = kit.Row(12, kit.Grow(c.caution), c.mend)
	c.extra = kit.Row(10, kit.Grow(c.subject), kit.Grow(c.who), kit.Grow(c.relation))
	c.inner = kit.Column(8, c.note, c.extra, c.text, c.warn, c.files, c.problem)
	c.ExtendBaseWidget(c)
	c.show()
	return c
}

func (c *Composer) makeFields() {
	c.text = kit.NewArea("", 2).Placeholder("Paste or type what was said or done")
	c.text.OnChanged = func(text string) {
		c.now.Text = text
		c.say(nil)
	}
	c.text.OnEnter = func(string) { c.Log() }
	field := func(label, example string, to *string) *kit.Field {
		f := kit.NewField(label).Placeholder(example)
		f.OnChanged = func(text string) {
			*to = text
			c.say(nil)
		}
		f.OnEnter = func(string) { c.text.Focus() }
		return f
	}
	c.subject = field("Subject", "", &c.now.Subject)
	c.who = field("Third person", "Maria Quill", &c.now.Who)
	c.relation = field("Relation to the client", "mother", &c.now.Relation)
}

func (c *Composer) makeBar() {
	c.channels = kit.NewSegments(nil, -1, func(i int) { c.SetChannel(c.segmentChannels()[i]) })
	c.directions = kit.NewSegments(nil, -1, func(i int) { c.SetDirection(c.segmentDirections()[i]) })
	c.more = kit.NewIconButton(look.ChevronDown, "More channels, and keys", c.showKeys)
	c.when = kit.NewButton("", c.askWhen).Small()
	c.length = kit.NewButton("", c.askWhen).Small()
	c.outcome = kit.NewButton("", c.askOutcome).Small()
	c.identity = kit.NewButton("", func() { c.change(func(s *state) { s.Identity = s.nextIdentity() }) }).Small()
	c.location = kit.NewButton("", c.askLocation).Small()
	c.purpose = kit.NewButton("", c.askPurpose).Small()
	c.attach = kit.NewIconButton(look.Paperclip, "Attach a file", c.askFile)
	c.log = kit.NewPrimary("Log", c.Log)
	bar := kit.Flow(5, kit.Row(0, c.channels, c.more), c.directions, c.when, c.length, c.outcome, c.identity, c.location, c.purpose)
	c.bar = kit.Row(8, kit.Grow(bar), c.log)
	c.text.Footer(c.bar).Trailing(c.attach)
}

// Open makes the composer write into a client's record. What was typed for
// another client is kept as that client's draft.
func (c *Composer) Open(client record.Client, zone string) {
	c.home = zone
	if client.ID != c.client.ID {
		c.leave()
		c.client, c.beside, c.known = client, app.Beside{}, false
		c.now = c.preset(c.now.fresh())
		c.enter()
		return
	}
	c.client = client
	c.show()
}

// Focus puts the cursor into the text.
func (c *Composer) Focus() { c.text.Focus() }

// Text gives the field that the text is typed into.
func (c *Composer) Text() *kit.Field { return c.text }

// SetChannel changes how the contact took place.
func (c *Composer) SetChannel(channel record.Channel) {
	c.change(func(s *state) { s.Channel = channel })
}

// SetDirection changes who spoke to whom.
func (c *Composer) SetDirection(d record.Direction) {
	c.change(func(s *state) { s.Direction = d })
	if d == record.Third && c.now.Who == "" {
		c.who.Focus()
	}
}

func (c *Composer) change(do func(*state)) {
	do(&c.now)
	c.show()
}

// Log saves what was typed. What was typed stays until it is saved.
func (c *Composer) Log() {
	if c.saving || c.client.ID == 0 {
		return
	}
	e, err := c.now.entry(c.client.ID)
	if err != nil {
		c.say(err)
		c.who.Focus()
		return
	}
	c.setSaving(true)
	c.save(e)
}

// saved is told how the saving of an entry ended.
func (c *Composer) saved(e record.Entry, err error) {
	c.setSaving(false)
	if e.Client != c.client.ID {
		c.savedElsewhere(e, err)
		return
	}
	if err != nil {
		c.say(err)
		c.text.Focus()
		return
	}
	c.drafts.forget(c.client.ID)
	c.now = c.preset(c.now.fresh())
	c.show()
	c.text.Focus()
	c.Logged(e)
}

// savedElsewhere is for an entry whose client is no longer on show.
func (c *Composer) savedElsewhere(e record.Entry, err error) {
	if err != nil {
		c.desk.Fail(err)
		return
	}
	c.drafts.forget(e.Client)
	c.keep(e.Client, "") // it was kept as a draft when the other client was shown
	c.desk.Changed(e.Client)
}

func (c *Composer) setSaving(on bool) {
	c.saving = on
	if on {
		c.text.Disable()
		c.log.Disable()
	} else {
		c.text.Enable()
		c.log.Enable()
	}
}

// say shows what is wrong under the text; nil takes it away.
func (c *Composer) say(err error) {
	text := app.Sentence(err)
	if text == c.problem.Text() {
		return
	}
	c.problem.SetText(text)
	c.problem.Hidden = text == ""
	c.resize()
}
