package policies

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/days"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// editor is where a new version is written, with a preview beside it.
type editor struct {
	page   *page
	policy app.Policy
	begun  string // the text as it began
	run    int    // counts keystrokes: a late preview is dropped
	saving bool

	title   *kit.Label
	notes   *fyne.Container
	text    *kit.Field
	preview *fyne.Container
	scroll  *kit.Scroll
	from    *kit.DayField
	held    *kit.Check
	changed *kit.Field
	problem *kit.Text
	save    *kit.Button
	content fyne.CanvasObject
}

// formPolicy names what is kept of an unfinished version over a lock.
const formPolicy = record.FormPolicy

func newEditor(p *page) *editor {
	e := &editor{page: p, title: kit.NewTitle(""), notes: kit.Column(8), preview: kit.Column(8),
		text:    kit.NewArea("", 8),
		from:    kit.NewDayField("Applies from", func() record.Date { return p.today }).Must("Say from which day this text applies."),
		changed: kit.NewField("What is new in it").Placeholder("clients read it on the handout"),
		problem: kit.NewNote("").Color(look.Red),
	}
	e.held = kit.NewCheck("We used this text before it was entered here", false, func(bool) {})
	e.save = kit.NewPrimary("Publish", e.publish).Shortcut("Ctrl Enter")
	e.text.OnChanged = func(string) { e.typed() }
	e.text.OnEnter = func(string) { e.publish() }
	e.changed.OnEnter = func(string) { e.publish() }
	e.from.OnChanged = func(day record.Date) { e.past(day) }
	e.scroll = kit.NewScroll(kit.Pad(4, 20, 20, 4, e.preview))
	e.problem.Hide()
	e.held.Hide()
	marks := kit.NewSmall("# begins the title, ## a heading, - an item. [Brackets] mark what is still to be filled in.")
	foot := kit.Column(8, marks, kit.TopRow(14, kit.Wide(190, e.from), kit.Grow(e.changed)), e.held, e.problem,
		kit.Row(10, kit.NewLink("Begin with the starter text again", e.starter), kit.Space(), kit.NewButton("Cancel", e.leave), e.save))
	head := kit.Column(8, kit.Column(2, e.title, kit.NewSubtitle("A version stays as it was published. What is changed later is a new one.")), e.notes)
	middle := kit.Frame(nil, nil, nil, kit.Wide(editPreview, kit.Pad(0, 0, 0, 14, e.scroll)), e.text)
	e.content = kit.Frame(kit.Pad(18, 22, 10, 22, head), kit.Pad(10, 22, 16, 22, foot), nil, nil, kit.Pad(0, 22, 0, 22, middle))
	return e
}

const editPreview = 430

// open begins a new version of a policy: with what was begun before a lock, or
// with the newest version brought up to the settings.
func (e *editor) open(p app.Policy) {
	var text, draft string
	var left []string
	practice := e.page.desk.Practice()
	e.page.desk.Load(func(ctx context.Context) (err error) {
		if text, left, err = practice.DraftPolicy(ctx, p.Topic.Key); err != nil {
			return err
		}
		draft, err = practice.FormDraft(ctx, record.Book, formPolicy)
		return err
	}, func(err error) {
		if err != nil {
			e.page.desk.Fail(err)
			return
		}
		e.begin(p, text, left)
		e.restore(draft)
	})
}

func (e *editor) begin(p app.Policy, text string, left []string) {
	e.policy, e.begun = p, text
	e.title.SetText("New version: " + p.Topic.Title)
	e.notes.Objects = nil
	if len(p.Changed) > 0 {
		e.notes.Add(kit.Note(kit.Amber, kit.NewText("Written into it: "+strings.Join(p.Changed, " ")).Most(3)))
	}
	if len(left) > 0 {
		e.notes.Add(kit.Note(kit.Amber, kit.NewText("You rewrote what the settings would say now: "+strings.Join(left, " ")).Most(3)))
	}
	e.from.SetDay(e.page.today)
	e.changed.SetText(strings.Join(p.Changed, " "))
	e.held.Set(false)
	e.say("")
	e.text.SetText(text)
	e.draw()
	e.page.put(e.content)
	e.text.Focus()
}

// typed draws the preview once the keyboard rests.
func (e *editor) typed() {
	e.say("")
	e.run++
	run := e.run
	const rest = 300 * time.Millisecond
	e.page.desk.Load(func(ctx context.Context) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(rest):
			return nil
		}
	}, func(err error) {
		if err == nil && run == e.run {
			e.draw()
		}
	})
}

func (e *editor) draw() {
	e.preview.Objects = Blocks(e.text.Text())
	e.preview.Refresh()
	e.scroll.Fit()
}

// past asks about a day that is over.
func (e *editor) past(day record.Date) {
	e.held.Hidden = day.IsZero() || !day.Before(e.page.today)
	e.content.Refresh()
}

func (e *editor) say(problem string) {
	e.problem.SetText(problem)
	e.problem.Hidden = problem == ""
	e.content.Refresh()
}

// publish files the version, after a question where something is still to be
// filled in.
func (e *editor) publish() { e.file(false) }

func (e *editor) file(withGaps bool) {
	day, ok := e.from.Value()
	if !ok || e.saving {
		return
	}
	draft := app.PolicyDraft{
		Topic: e.policy.Topic.Key, Text: e.text.Text(), Effective: day, Changed: e.changed.Text(),
		Held: e.held.On() && !e.held.Hidden, WithGaps: withGaps,
	}
	e.saving = true
	practice := e.page.desk.Practice()
	e.page.desk.Load(func(ctx context.Context) error {
		if _, err := practice.PublishPolicy(ctx, draft); err != nil {
			return err
		}
		return practice.SaveFormDraft(ctx, record.Book, formPolicy, "")
	}, func(err error) {
		e.saving = false
		var gaps app.PolicyGaps
		switch {
		case errors.As(err, &gaps):
			e.askGaps(gaps)
		case err != nil:
			e.say(app.Sentence(err))
		default:
			e.close()
			e.page.desk.Toast(e.policy.Topic.Title+" is published.", "", nil)
			e.page.desk.Changed(record.Book)
		}
	})
}

func (e *editor) askGaps(gaps app.PolicyGaps) {
	kit.Confirm(e.page.desk.Window(), "Something is still to be filled in",
		"In brackets stands: "+strings.Join(gaps, "; ")+". Clients would read it so.", "Publish all the same", func() { e.file(true) })
}

// starter takes the starter text, filled from the settings, in place of what
// stands there.
func (e *editor) starter() {
	take := func() {
		var text string
		e.page.desk.Load(func(ctx context.Context) (err error) {
			text, err = e.page.desk.Practice().StarterPolicy(ctx, e.policy.Topic.Key)
			return err
		}, func(err error) {
			if err != nil {
				e.page.desk.Fail(err)
				return
			}
			e.text.SetText(text)
			e.draw()
		})
	}
	kit.Confirm(e.page.desk.Window(), "Begin with the starter text again?",
		"What stands in the field now is given up. Published versions stay as they are.", "Take the starter text", take)
}

// leave goes back to the library, after a question where something was written.
func (e *editor) leave() {
	if e.text.Text() == e.begun {
		e.forget()
		return
	}
	kit.ConfirmDanger(e.page.desk.Window(), "Give up this version?", "What you wrote here is not published.", "Give it up", e.forget)
}

func (e *editor) forget() {
	e.page.desk.Load(func(ctx context.Context) error {
		return e.page.desk.Practice().SaveFormDraft(ctx, record.Book, formPolicy, "")
	}, func(err error) {
		if err != nil {
			e.page.desk.Fail(err)
		}
	})
	e.close()
}

func (e *editor) close() {
	e.run++
	e.page.put(e.page.library)
	kit.Focus(e.page.rows)
}

// kept is an unfinished version as it is kept over a lock.
type kept struct {
	Topic, Text, From, Changed string
}

func (e *editor) drafts() []desk.Draft {
	if e.text.Text() == e.begun {
		return nil
	}
	text, err := json.Marshal(kept{e.policy.Topic.Key, e.text.Text(), e.from.Text(), e.changed.Text()})
	if err != nil {
		return nil // strings always can be
	}
	return []desk.Draft{{Client: record.Book, Form: formPolicy, Text: string(text)}}
}

// restore brings back what was written before a lock, if it is of this policy.
func (e *editor) restore(draft string) {
	var k kept
	if draft == "" || json.Unmarshal([]byte(draft), &k) != nil || k.Topic != e.policy.Topic.Key {
		return
	}
	e.text.SetText(k.Text)
	e.changed.SetText(k.Changed)
	if day, err := days.Parse(k.From, e.page.today, days.Near); err == nil {
		e.from.SetDay(day)
	}
	e.draw()
	e.page.desk.Toast("What you had written is back.", "", nil)
}
