package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/lines"
	"casekeep/ui/look"
)

// MessageRow draws one Message of a timeline, and is used again for others.
type MessageRow struct {
	widget.BaseWidget
	message  Message
	selected bool
	openFile func(file int)

	ground, mark          *canvas.Rectangle
	icon                  icon
	time, who, what, flag words
	body, notes           []words
	bars                  []*canvas.Rectangle
	files                 []*fileChip
	r                     *drawing
}

// NewMessageRow makes an empty row, to be filled by Set.
func NewMessageRow() *MessageRow {
	m := &MessageRow{
		ground: canvas.NewRectangle(nil), mark: canvas.NewRectangle(nil), icon: newIcon(),
		time: newWords(look.CaptionSize, false), who: newWords(look.CaptionSize, true),
		what: newWords(look.CaptionSize, false), flag: newWords(look.CaptionSize, false),
	}
	m.ExtendBaseWidget(m)
	return m
}

// Set fills the row. openFile is called with the index of an attachment that
// was pressed; nil makes attachments not pressable.
func (m *MessageRow) Set(message Message, selected bool, openFile func(file int)) {
	m.message, m.selected, m.openFile = message, selected, openFile
	m.Refresh()
}

// AccessibilityLabel gives the message to a screen reader.
func (m *MessageRow) AccessibilityLabel() string {
	return m.message.Time + ", " + m.message.Who + " " + m.message.What + ", " + m.message.Flag + ": " + m.message.Body
}

// AccessibilityRole says that it is text.
func (m *MessageRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is for Fyne.
func (m *MessageRow) CreateRenderer() fyne.WidgetRenderer {
	m.r = draw(m,
		func() fyne.Size { return fyne.NewSize(200, m.message.Height(max(m.Size().Width, 200))) },
		m.layout, m.paint)
	m.collect()
	return m.r
}

func (m *MessageRow) layout(size fyne.Size) {
	place(m.ground, 0, 0, size.Width, size.Height)
	place(m.mark, 0, 0, 3, size.Height)
	place(m.time, pageInset, messageTop+2, timeColumn, m.time.height())
	place(m.icon, iconColumn, messageTop-1, look.IconSize, look.IconSize)
	m.layoutMeta(size.Width)
	y := m.layoutBody(size.Width, messageTop+metaHeight)
	y = m.layoutFiles(size.Width, y)
	m.layoutNotes(size.Width, y)
	m.collect()
}

// layoutMeta sets who, what and flag on one line; the flag keeps its room.
func (m *MessageRow) layoutMeta(width float32) {
	end := width - pageInset
	x := float32(textColumn)
	const top = messageTop
	room := end - x
	m.who.fit(m.message.Who, room)
	w := m.who.width(m.who.Text.Text)
	place(m.who, x, top, w, m.who.height())
	x += w + 4
	flag := m.flag.width(m.message.Flag)
	if m.message.Flag != "" {
		flag += 4
	}
	what := m.message.What
	if m.message.Flag != "" && what != "" {
		what += " ·"
	}
	m.what.fit(what, max(end-x-flag, 0))
	w = m.what.width(m.what.Text.Text)
	place(m.what, x, top, w, m.what.height())
	if w > 0 {
		x += w + 4
	}
	m.flag.fit(m.message.Flag, max(end-x, 0))
	place(m.flag, x, top, max(end-x, 0), m.flag.height())
}

func (m *MessageRow) layoutBody(width, y float32) float32 {
	wrapped := m.message.bodyLines(width)
	color := look.Ink
	if m.message.Struck {
		color = look.Faint
	}
	m.body = setLines(m.body, wrapped, bodyFont, color, m.message.Struck)
	return placeLines(m.body, wrapped, bodyFont, textColumn, y)
}

func (m *MessageRow) layoutFiles(width, y float32) float32 {
	places, rows := m.message.filePlaces(width)
	for len(m.files) < len(places) {
		m.files = append(m.files, newFileChip())
	}
	for i, at := range places {
		chip := m.files[i]
		chip.set(m.message.Files[i], func() {
			if m.openFile != nil {
				m.openFile(i)
			}
		})
		place(chip, textColumn+at.x, y+fileGap-2+float32(at.row)*(fileHeight+fileGap), at.width, fileHeight)
	}
	if len(places) == 0 {
		return y
	}
	return y + float32(rows)*(fileHeight+fileGap)
}

func (m *MessageRow) layoutNotes(width, y float32) {
	var all []words
	for len(m.bars) < len(m.message.Notes) {
		m.bars = append(m.bars, canvas.NewRectangle(nil))
	}
	spare := m.notes
	for i, note := range m.message.Notes {
		wrapped := noteLines(note, width)
		some := setLines(spare[:min(len(spare), len(wrapped))], wrapped, noteFont, look.Muted, false)
		spare = spare[min(len(spare), len(wrapped)):]
		y += fileGap
		end := placeLines(some, wrapped, noteFont, textColumn+noteInset, y)
		m.bars[i].FillColor = look.Color(look.Accent)
		place(m.bars[i], textColumn, y+1, 2, end-y-2)
		y = end
		all = append(all, some...)
	}
	m.notes = all
}

// setLines makes as many lines of text as there are to draw, and fills them.
func setLines(have []words, wrapped []lines.Line, font lines.Font, color look.Token, struck bool) []words {
	have = slices.Clip(have[:min(len(have), len(wrapped))])
	for len(have) < len(wrapped) {
		have = append(have, newWords(font.Size, font.Bold))
	}
	for i, l := range wrapped {
		w := &have[i]
		c := look.Color(color)
		if w.Text.Text == l.Shown && w.Color == c && w.TextStyle.Strikethrough == struck {
			continue
		}
		w.Text.Text, w.Color = l.Shown, c
		w.TextStyle.Strikethrough = struck
		w.Text.Refresh()
	}
	return have
}

// placeLines puts lines under one another and gives the height after them.
func placeLines(all []words, wrapped []lines.Line, font lines.Font, x, y float32) float32 {
	height := lines.Height(font)
	var widest float32
	for _, l := range wrapped {
		widest = max(widest, l.Width)
	}
	for i, l := range wrapped {
		indent := float32(0)
		if l.RTL {
			indent = widest - l.Width
		}
		place(all[i], x+indent, y+float32(i)*height, l.Width, height)
	}
	return y + float32(len(wrapped))*height
}

func (m *MessageRow) paint() {
	ground, mark := look.Clear, look.Clear
	if m.selected {
		ground, mark = look.Ground, look.Accent
	}
	m.ground.FillColor, m.mark.FillColor = look.Color(ground), look.Color(mark)
	m.icon.show(m.message.Icon, look.Muted)
	m.time.say(m.message.Time, look.Faint)
	who := look.Ink
	if m.message.Struck {
		who = look.Faint
	}
	m.who.say(m.message.Who, who)
	m.what.say(m.message.What, look.Muted)
	flag, _, _ := m.message.Tone.colors()
	m.flag.say(m.message.Flag, flag)
}

// collect tells the renderer what there is to draw.
func (m *MessageRow) collect() {
	if m.r == nil {
		return
	}
	objects := append(m.r.objects[:0:0], m.ground, m.mark, m.time.Text, m.icon.Image, m.who.Text, m.what.Text, m.flag.Text)
	for _, w := range m.body {
		objects = append(objects, w.Text)
	}
	for _, chip := range m.files[:min(len(m.files), len(m.message.Files))] {
		objects = append(objects, chip)
	}
	for _, bar := range m.bars[:min(len(m.bars), len(m.message.Notes))] {
		objects = append(objects, bar)
	}
	for _, w := range m.notes {
		objects = append(objects, w.Text)
	}
	m.r.objects = objects
}
