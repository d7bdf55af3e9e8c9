package sheet

import (
	"slices"

	"fyne.io/fyne/v2"

	"casekeep/app/form"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// fields are the questions of a form, in sections.
type fields struct {
	spec    form.Spec
	all     []*question
	parts   []*part
	sign    *kit.Signature // where the form can be signed
	files   *files
	resized func()
	ready   bool // the questions have their first answers
	content *fyne.Container
}

// question is one field as it stands in the window.
type question struct {
	form.Field
	input input
	box   *fyne.Container // holds the input, hidden while it is not asked
	part  *part
}

// part is a section; one after the first can be folded under its name.
type part struct {
	all    []*question
	folds  bool
	open   bool
	unfold *kit.Button
	head   fyne.CanvasObject
	box    *fyne.Container // the section whole
	body   *fyne.Container
}

func newFields(spec form.Spec, from sources, files *files, save func(), resized func()) *fields {
	f := &fields{spec: spec, files: files, resized: resized, content: kit.Column(4)}
	make := maker{from, save, f.arrange}
	for i, section := range spec.Sections {
		p := &part{folds: i > 0, open: i == 0, body: kit.Column(13)}
		f.parts = append(f.parts, p)
		for _, field := range section.Fields {
			q := &question{Field: field, input: make.input(field), part: p}
			q.box = kit.Column(0, q.input.content())
			p.body.Add(q.box)
			p.all = append(p.all, q)
			f.all = append(f.all, q)
			if signable(field) {
				f.sign = kit.NewSignature("Signature of who decided")
				p.body.Add(f.sign)
			}
		}
		f.content.Add(p.make(section.Title, f.arrange))
	}
	f.content.Add(kit.Pad(14, 0, 0, 0, files.content))
	return f
}

// make puts a section together.
func (p *part) make(title string, changed func()) fyne.CanvasObject {
	p.box = kit.Column(10)
	if p.folds {
		p.unfold = kit.NewLink(title, func() {
			p.open = true
			changed()
			p.focus()
		}).Icon(look.ChevronDown)
		p.head = kit.NewSection(title)
		p.box.Add(kit.Row(0, p.unfold, kit.Space()))
		p.box.Add(p.head)
	}
	p.box.Add(p.body)
	return kit.Pad(10, 0, 0, 0, p.box)
}

// focus gives the keyboard to the first question of the section.
func (p *part) focus() {
	for _, q := range p.all {
		if q.box.Visible() {
			q.input.focus()
			return
		}
	}
}

// set fills the questions with answers; those without one stay as they are.
func (f *fields) set(values form.Values) {
	f.ready = false
	for _, q := range f.all {
		if value, ok := values[q.Key]; ok {
			q.input.set(value)
		}
	}
	f.ready = true
	for _, p := range f.parts {
		p.open = p.open || p.holds(f.spec, f.values())
	}
	f.arrange()
}

// holds reports whether a section must be seen: something in it is answered,
// or has to be.
func (p *part) holds(spec form.Spec, values form.Values) bool {
	for _, q := range p.all {
		if q.Required && spec.Asked(q.Field, values) || q.input.value() != nil {
			return true
		}
	}
	return false
}

// values gives the answers.
func (f *fields) values() form.Values {
	values := form.Values{}
	for _, q := range f.all {
		if value := q.input.value(); value != nil {
			values[q.Key] = value
		}
	}
	return values
}

// arrange shows the questions that are asked, as things stand.
func (f *fields) arrange() {
	if !f.ready {
		return
	}
	values := f.values()
	for _, p := range f.parts {
		for _, q := range p.all {
			q.box.Hidden = !f.spec.Asked(q.Field, values)
		}
		p.body.Hidden = !p.open
		if p.folds {
			p.unfold.Hidden = p.open
			p.head.(*kit.Label).Hidden = !p.open
		}
		p.box.Refresh()
	}
	if f.sign != nil {
		f.sign.Hidden = values["how"] != signed
	}
	f.content.Refresh()
	f.resized()
}

// signed is the answer to "how" that asks for a drawn signature.
const signed = "signature"

func signable(f form.Field) bool {
	return f.Key == "how" && slices.ContainsFunc(f.Options, func(o form.Option) bool { return o.Value == signed })
}

// drawn reports whether a signature was begun.
func (f *fields) drawn() bool { return f.sign != nil && f.sign.Strokes() > 0 }

// signature gives the drawn signature as a PNG, nil where none is asked for or
// nothing was drawn. Where it is no signature it says so, and ok is false.
func (f *fields) signature() (file []byte, ok bool) {
	if f.values()["how"] != signed || f.sign == nil || f.sign.Strokes() == 0 {
		return nil, true
	}
	return f.sign.Value()
}

// start gives the keyboard to the first question that still has to be
// answered.
func (f *fields) start() {
	values := f.values()
	first := f.all[0]
	for _, q := range f.all {
		if q.box.Visible() && q.part.open && q.Required && !answered(q.input.value()) && f.spec.Asked(q.Field, values) {
			first = q
			break
		}
	}
	first.input.focus()
}

// answered reports whether nothing more is to be said: each person who decides
// has to be judged.
func answered(value any) bool {
	people, ok := value.([]record.Signer)
	for _, s := range people {
		if s.Capacity == "" {
			return false
		}
	}
	return value != nil && (!ok || len(people) > 0)
}

// clear takes what was wrong away.
func (f *fields) clear() {
	for _, q := range f.all {
		q.input.fail("")
	}
	f.arrange()
}

// fail says next to each field what is wrong with it, and gives the keyboard
// to the first. It gives what is wrong with the form as a whole.
func (f *fields) fail(problems form.Problems) (rest string) {
	var first *question
	for _, q := range f.all {
		text := problems.Of(q.Key)
		if text == "" {
			continue
		}
		q.input.fail(text)
		q.part.open = true
		if first == nil {
			first = q
		}
	}
	f.arrange()
	if first == nil {
		return problems.Error()
	}
	first.input.focus()
	return problems.Of("")
}
