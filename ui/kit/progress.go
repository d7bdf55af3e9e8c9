package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"casekeep/ui/look"
)

// Progress shows how far long work is: what is done, a bar, a count, and a
// way to cancel.
type Progress struct {
	widget.BaseWidget
	what        string
	done, total int
	number      func(int) string

	doing, count words
	track, bar   *canvas.Rectangle
	stop         *Button
}

// NewProgress makes a bar. Without cancel there is no button for it.
func NewProgress(what string, cancel func()) *Progress {
	p := &Progress{
		what: what, number: Number,
		doing: newWords(look.TabSize, false), count: newWords(look.CaptionSize, false),
		track: box(), bar: box(),
	}
	if cancel != nil {
		p.stop = NewButton("Cancel", nil).Small()
		p.stop.press = func() {
			p.stop.Disable()
			cancel()
		}
	}
	p.ExtendBaseWidget(p)
	return p
}

// Bytes makes the count one of bytes, which size writes as people read them, and
// gives the bar back.
func (p *Progress) Bytes(size func(int64) string) *Progress {
	p.number = func(n int) string { return size(int64(n)) }
	return p
}

// Set shows how much of how much is done; a total of 0 is not known yet. Call
// it through fyne.Do, some ten times a second at most.
func (p *Progress) Set(done, total int) {
	p.done, p.total = done, total
	p.Refresh()
}

// SetText changes what is said to be done.
func (p *Progress) SetText(what string) {
	p.what = what
	p.Refresh()
}

// Count gives the count as it is shown: "3,200 of 7,360", "12 of 40 MB".
func (p *Progress) Count() string {
	done, total := p.number(p.done), p.number(p.total)
	switch {
	case p.total > 0:
		if amount, unit, found := strings.Cut(done, " "); found && strings.HasSuffix(total, " "+unit) {
			done = amount
		}
		return done + " of " + total
	case p.done > 0:
		return done
	}
	return ""
}

// Number writes a count with commas: 7,360.
func Number(n int) string { return message.NewPrinter(language.AmericanEnglish).Sprint(n) }

// AccessibilityLabel gives the state to a screen reader.
func (p *Progress) AccessibilityLabel() string { return p.what + " " + p.Count() }

// AccessibilityRole says that it is text.
func (p *Progress) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is for Fyne.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{p.doing.Text, p.count.Text, p.track, p.bar}
	if p.stop != nil {
		objects = append(objects, p.stop)
	}
	return draw(p,
		func() fyne.Size { return fyne.NewSize(200, 44) },
		p.layout, p.paint, objects...)
}

func (p *Progress) layout(size fyne.Size) {
	end := size.Width
	if p.stop != nil {
		min := p.stop.MinSize()
		end -= min.Width + 14
		place(p.stop, end+14, (size.Height-min.Height)/2, min.Width, min.Height)
	}
	count := p.count.width(p.Count())
	place(p.count, end-count, 6, count, p.count.height())
	p.doing.fit(p.what, end-count-10)
	place(p.doing, 0, 4, end-count-10, p.doing.height())
	place(p.track, 0, 30, end, 6)
	part := float32(0)
	if p.total > 0 {
		part = min(float32(p.done)/float32(p.total), 1)
	}
	place(p.bar, 0, 30, end*part, 6)
}

func (p *Progress) paint() {
	p.doing.say(p.what, look.Ink)
	p.count.say(p.Count(), look.Muted)
	for _, r := range []*canvas.Rectangle{p.track, p.bar} {
		r.CornerRadius = 3
	}
	fill(p.track, look.Line, look.Clear, 0)
	fill(p.bar, look.Accent, look.Clear, 0)
}
