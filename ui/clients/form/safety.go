package form

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/ui/kit"
)

// question is one that makes contact safe, and what its answers add to the
// line.
type question struct {
	text string
	yes  string
	no   string
}

var questions = []question{
	{"May you text?", "may text", "no texts"},
	{"May you leave a voicemail?", "may leave voicemail", "no voicemail"},
	{"May you say the client’s name?", "may say the name", "don’t say the name"},
}

const seenBy = " sees this phone"

// safety asks the questions of safe contact. Their answers write the line,
// which can also be typed.
type safety struct {
	answers []*kit.Segments
	others  *kit.Field // who else sees the phone
	line    *kit.Field
	writing bool
	content fyne.CanvasObject
}

func newSafety() *safety {
	s := &safety{others: kit.NewField("Who else sees this phone?").Placeholder("her mother")}
	s.line = kit.NewField("Safe contact, shown under the name").Placeholder("text only, no voicemail")
	s.line.OnChanged = func(string) { s.read() }
	s.others.OnChanged = func(string) { s.write() }
	rows := kit.Column(8)
	for _, q := range questions {
		answer := kit.NewSegments([]string{"Yes", "No"}, -1, func(int) { s.write() })
		s.answers = append(s.answers, answer)
		rows.Add(kit.Row(12, kit.Wide(230, kit.NewLabel(q.text)), answer, kit.Space()))
	}
	s.content = kit.Column(12, rows, s.others, s.line)
	return s
}

func (s *safety) text() string { return text(s.line) }

func (s *safety) show(line string) {
	s.line.SetText(line)
	s.line.SetError("")
	s.read()
}

// parts divides the line at its commas and semicolons.
func parts(line string) []string {
	var all []string
	for _, p := range strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ';' }) {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}

// read answers the questions from the line.
func (s *safety) read() {
	if s.writing {
		return
	}
	s.writing = true
	defer func() { s.writing = false }()
	said := parts(s.line.Text())
	for i, q := range questions {
		answer := -1
		if slices.Contains(said, q.no) {
			answer = 1
		} else if slices.Contains(said, q.yes) {
			answer = 0
		}
		s.answers[i].Choose(answer)
	}
	s.others.SetText("")
	for _, p := range said {
		if who, found := strings.CutSuffix(p, seenBy); found {
			s.others.SetText(who)
		}
	}
}

// write puts the answers into the line, before what was typed there besides.
func (s *safety) write() {
	if s.writing {
		return
	}
	s.writing = true
	defer func() { s.writing = false }()
	var line []string
	for i, q := range questions {
		switch s.answers[i].Chosen() {
		case 0:
			line = append(line, q.yes)
		case 1:
			line = append(line, q.no)
		}
	}
	if who := text(s.others); who != "" {
		line = append(line, who+seenBy)
	}
	for _, p := range parts(s.line.Text()) {
		if !isAnswer(p) {
			line = append(line, p)
		}
	}
	s.line.SetText(strings.Join(line, ", "))
}

func isAnswer(part string) bool {
	if strings.HasSuffix(part, seenBy) {
		return true
	}
	return slices.ContainsFunc(questions, func(q question) bool { return part == q.yes || part == q.no })
}
