// Package sheet fills in structured entries: it draws the form that a
// form.Spec describes over a page, and files it.
package sheet

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// Ask is what is to be filled in.
type Ask struct {
	Client     record.ClientID // record.Book: the practice's own book
	Form       record.Form
	About      record.EntryID     // the entry that it follows up
	Supersedes record.EntryID     // the entry that it corrects, whose answers it begins with
	Values     form.Values        // answers to begin with, over those that the situation gives
	Done       func(record.Entry) // after it was saved; may be nil
}

// Sheet is a form that is open over a page.
type Sheet struct {
	desk   desk.Desk
	ask    Ask
	spec   form.Spec
	about  record.EntryID // that it follows up
	begun  string         // the answers as it began
	kept   bool           // the vault holds a draft
	saving bool

	fields *fields
	files  *files
	frame  *kit.Sheet
}

var _ desk.Sheet = (*Sheet)(nil)

// Open lets a form be filled in, over the page on show, once no other one is
// open.
func Open(d desk.Desk, ask Ask) {
	spec, ok := form.Find(ask.Form)
	if !ok || !spec.In(ask.Client) || len(spec.Sections) == 0 {
		d.Fail(errors.New("a " + strings.ToLower(form.Title(ask.Form)) + " is not filled in here"))
		return
	}
	d.LeaveSheet(func() { begin(d, ask, spec) })
}

// begin reads what the form needs and shows it.
func begin(d desk.Desk, ask Ask, spec form.Spec) {
	var from sources
	d.Load(func(ctx context.Context) error {
		var err error
		from, err = gather(ctx, d.Practice(), ask, spec)
		return err
	}, func(err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		s := newSheet(d, ask, spec, from)
		d.ShowSheet(s)
		s.fields.start()
		if s.kept {
			d.Toast("What you had typed is back.", "", nil)
		}
	})
}

func newSheet(d desk.Desk, ask Ask, spec form.Spec, from sources) *Sheet {
	s := &Sheet{desk: d, ask: ask, spec: spec, about: from.about}
	s.files = newFiles(d, func() { s.fields.arrange() })
	s.fields = newFields(spec, from, s.files, s.Save, func() {
		if s.frame != nil {
			s.say("")
			s.frame.Fit()
		}
	})
	s.fields.set(from.values)
	s.begun = s.text()
	if from.draft != nil {
		s.kept = true
		s.restore(*from.draft)
	}
	s.frame = kit.NewSheet(kit.Column(8, s.head(from), s.fields.content), s.Save, func() { s.Leave(func() {}) })
	title, whose := spec.Title, from.client.Name
	if ask.Supersedes != 0 {
		title = "Correct: " + title
	}
	s.frame.SetTitle(title, whose)
	return s
}

// head says what is filled in, what it follows up, and which standards ask for
// it. Whoever is about to tell a client something sees how to do it without harm.
func (s *Sheet) head(from sources) fyne.CanvasObject {
	lines := kit.Column(2, kit.NewNote(s.spec.About))
	if from.follows != "" {
		lines.Add(kit.NewText("It is about: " + from.follows))
	}
	tells := s.spec.Form == record.FormSearchTold || s.spec.Form == record.FormBreachNotice
	if tells && from.client.SafeContact != "" {
		lines.Add(kit.NewSmall("Safe contact: " + from.client.SafeContact).Color(look.Blue))
	}
	if len(s.spec.Standards) > 0 {
		lines.Add(kit.NewSmall(strings.Join(s.spec.Standards, " · ")).Color(look.Faint))
	}
	return lines
}

// Content is what stands in the window.
func (s *Sheet) Content() fyne.CanvasObject { return s.frame }

// Key saves the form, or leaves it.
func (s *Sheet) Key(name string) bool {
	switch name {
	case desk.KeySave:
		s.Save()
	case desk.KeyEscape:
		s.Leave(func() {})
	default:
		return false
	}
	return true
}

// Save files what was filled in. What is wrong is said next to its field.
func (s *Sheet) Save() {
	if s.saving {
		return
	}
	s.say("")
	s.fields.clear()
	req := app.FormRequest{
		Client: s.ask.Client, Form: s.ask.Form, Values: s.fields.values(),
		About: s.about, Supersedes: s.ask.Supersedes,
	}
	signature, ok := s.fields.signature()
	if !ok {
		return
	}
	req.Files = s.files.uploads(signature)
	s.setSaving(true)
	var filed record.Entry
	practice := s.desk.Practice()
	s.run(func(ctx context.Context) error {
		var err error
		if filed, err = practice.File(ctx, req); err != nil {
			return err
		}
		if !s.kept {
			return nil
		}
		return practice.SaveFormDraft(ctx, s.ask.Client, s.ask.slot(), "")
	}, func(err error) { s.saved(filed, err) })
}

// run does the filing, with a bar where files go with it.
func (s *Sheet) run(file func(context.Context) error, done func(error)) {
	if len(s.files.paths) == 0 {
		s.desk.Load(file, done)
		return
	}
	title := "Sealing the files"
	s.desk.Run(title, func(ctx context.Context, report func(done, total int64, text string)) error {
		report(0, 0, title)
		return file(ctx)
	}, done)
}

// saved is told how the filing ended.
func (s *Sheet) saved(e record.Entry, err error) {
	s.setSaving(false)
	if e.ID == 0 {
		s.refused(err)
		return
	}
	if err != nil { // it is filed; only its draft is still there
		s.desk.Fail(err)
	}
	s.desk.CloseSheet()
	s.desk.Toast(s.spec.Title+" saved.", "", nil)
	s.desk.Changed(s.ask.Client)
	if s.ask.Done != nil {
		s.ask.Done(e)
	}
}

// refused says what is wrong.
func (s *Sheet) refused(err error) {
	var problems form.Problems
	if !errors.As(err, &problems) {
		s.say(app.Sentence(err))
		return
	}
	if rest := s.fields.fail(problems); rest != "" {
		s.say(rest)
	}
}

func (s *Sheet) setSaving(on bool) {
	s.saving = on
	s.frame.SetBusy(on)
}

func (s *Sheet) say(problem string) {
	if s.frame.Problem() != problem {
		s.frame.SetProblem(problem)
	}
}

// Leave closes the sheet, after a question if something was typed, and then
// goes on.
func (s *Sheet) Leave(then func()) {
	close := func() {
		s.desk.CloseSheet()
		if s.kept {
			s.dropDraft()
		}
		then()
	}
	if s.saving {
		return
	}
	if !s.changed() {
		close()
		return
	}
	kit.ConfirmDanger(s.desk.Window(), "Discard what you typed?",
		"What you filled in here is not saved.", "Discard", close).Cancel("Keep editing")
}

func (s *Sheet) dropDraft() {
	practice := s.desk.Practice()
	s.desk.Load(func(ctx context.Context) error {
		return practice.SaveFormDraft(ctx, s.ask.Client, s.ask.slot(), "")
	}, func(err error) {
		if err != nil {
			s.desk.Fail(err)
		}
	})
}
