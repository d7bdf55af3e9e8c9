// Package form adds clients and changes what is known of them.
package form

import (
	"context"
	"encoding/json"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// Form is where a client is added or changed. It stands in the page.
type Form struct {
	desk  desk.Desk
	saved func(record.Client)
	left  func()

	open   bool
	saving bool
	adding bool
	before record.Client // as it was when the form was opened

	fields *fields
	sheet  *kit.Sheet
}

// New makes a closed form. saved is told what was saved; left is called when
// the form was given up.
func New(d desk.Desk, saved func(record.Client), left func()) *Form {
	f := &Form{desk: d, saved: saved, left: left}
	f.fields = newFields(func() record.Date { return record.DateOf(d.Practice().Now()) }, func() { f.sheet.Fit() })
	f.sheet = kit.NewSheet(f.fields.content, f.Save, f.Leave)
	return f
}

// Content is what stands in the window.
func (f *Form) Content() fyne.CanvasObject { return f.sheet }

// Open reports whether a client is being added or changed.
func (f *Form) Open() bool { return f.open }

// Add begins a new client, with what was typed before a lock.
func (f *Form) Add() {
	f.begin("Add a client", "Add client", record.Client{Kind: record.Individual})
	f.adding = true
	var draft string
	practice := f.desk.Practice()
	f.desk.Load(func(ctx context.Context) error {
		var err error
		draft, err = practice.Draft(ctx, 0)
		return err
	}, func(err error) {
		var c record.Client
		if err == nil && draft != "" && f.open && f.adding && !f.changed() && json.Unmarshal([]byte(draft), &c) == nil && c.Kind.Valid() {
			f.fields.show(c)
		}
	})
}

// Edit begins to change a client.
func (f *Form) Edit(c record.Client) {
	f.begin("Edit "+c.Name, "Save", c)
	f.adding = false
}

func (f *Form) begin(title, act string, c record.Client) {
	f.open, f.before = true, c
	f.sheet.SetTitle(title, "")
	f.sheet.SetAct(act)
	f.sheet.SetProblem("")
	f.fields.show(c)
	f.before = f.fields.value(c) // as the fields give it back, spaces trimmed
	f.sheet.Top()
	f.Focus()
}

// Focus puts the cursor into the first field.
func (f *Form) Focus() { f.fields.name.Focus() }

func (f *Form) changed() bool { return !same(f.fields.value(f.before), f.before) }

// Save checks what was typed and saves it.
func (f *Form) Save() {
	if f.saving || !f.open {
		return
	}
	f.sheet.SetProblem("")
	if !f.fields.check() {
		return
	}
	f.saving = true
	f.sheet.SetBusy(true)
	client, adding := f.fields.value(f.before), f.adding
	practice := f.desk.Practice()
	f.desk.Load(func(ctx context.Context) error {
		if !adding {
			return practice.ChangeClient(ctx, client)
		}
		var err error
		if client, err = practice.AddClient(ctx, client); err != nil {
			return err
		}
		return practice.SaveDraft(ctx, 0, "")
	}, func(err error) {
		f.saving = false
		f.sheet.SetBusy(false)
		if err != nil {
			f.sheet.SetProblem(app.Sentence(err))
			return
		}
		f.end()
		f.saved(client)
	})
}

func (f *Form) end() {
	f.open = false
	f.fields.show(record.Client{Kind: record.Individual})
}

// Leave closes the form; what was typed is given up only after a question.
func (f *Form) Leave() {
	if f.open {
		f.Discard(f.left)
	}
}

// Discard closes the form, after a question if something was typed, and then
// goes on.
func (f *Form) Discard(then func()) {
	give := func() {
		adding := f.adding
		f.end()
		if adding {
			f.dropDraft()
		}
		then()
	}
	if !f.changed() {
		give()
		return
	}
	kit.ConfirmDanger(f.desk.Window(), "Discard what you typed?",
		"What you filled in here is not saved.", "Discard", give).Cancel("Keep editing")
}

func (f *Form) dropDraft() {
	practice := f.desk.Practice()
	f.desk.Load(func(ctx context.Context) error {
		draft, err := practice.Draft(ctx, 0)
		if err != nil || draft == "" {
			return err
		}
		return practice.SaveDraft(ctx, 0, "")
	}, func(err error) {
		if err != nil {
			f.desk.Fail(err)
		}
	})
}

// Drafts gives a client who is being added.
func (f *Form) Drafts() []desk.Draft {
	if !f.open || !f.adding || !f.changed() {
		return nil
	}
	text, err := json.Marshal(f.fields.value(f.before))
	if err != nil {
		return nil
	}
	return []desk.Draft{{Client: 0, Text: string(text)}}
}
