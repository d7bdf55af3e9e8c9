package release

import (
	"strings"

	"casekeep/app/form"
	"casekeep/vault/record"
)

// The labels of a structured entry stand in a column of their own.
const (
	besideWidth = 128.0
	besideGap   = 5.0
	// besideMost is how many lines an answer may take beside its label. A longer
	// one begins under it and has the whole width.
	besideMost = 5
)

var sectionStyle = style{headStyle.weight, 9, 14.5, muted}

// titles gives what an entry is, beside its moment, and the line under it. A
// structured entry's own subject begins with what it is.
func titles(e record.Entry) (title, subject string) {
	if !e.IsContact() {
		title, subject, _ = strings.Cut(e.Subject, ": ")
		return title, sentence(subject)
	}
	if e.Subject != "" {
		subject = "Subject: " + e.Subject
	}
	return contact(e), subject
}

// said sets what an entry says.
func (b *book) said(e record.Entry) []block {
	if e.Body == "" {
		return nil
	}
	spec, known := form.Find(e.Form)
	if !known {
		body := b.flow.lines(e.Body, bodyStyle, hang)
		body.above = aboveBody
		return []block{body}
	}
	blocks := b.answers(e.Body, labelsOf(spec))
	blocks[0].above = aboveBody + 1
	return blocks
}

// labels are the lines of a form that are not an answer's own.
type labels struct{ fields, sections map[string]bool }

func labelsOf(spec form.Spec) labels {
	known := labels{map[string]bool{}, map[string]bool{form.Digests: true}}
	for _, s := range spec.Sections {
		known.sections[s.Title] = true
		for _, f := range s.Fields {
			known.fields[f.Label], known.fields[f.Paper] = true, true
		}
	}
	return known
}

// answers sets the text of a structured entry: each answer beside its label,
// the long ones under it.
func (b *book) answers(text string, known labels) []block {
	var blocks []block
	var plain []string
	flush := func() {
		if len(plain) > 0 {
			blocks = append(blocks, b.flow.lines(strings.Join(plain, "\n"), bodyStyle, hang))
			plain = nil
		}
	}
	hashed := func(text, hash string) {
		plain = append(plain, text)
		flush()
		blocks = append(blocks, b.flow.lines(hash, captionStyle, hang))
	}
	for line := range strings.SplitSeq(text, "\n") {
		label, answer, labeled := cutLabel(line, known)
		switch {
		case labeled:
			flush()
			blocks = append(blocks, b.answer(label, answer)...)
		case known.sections[line] && line != "":
			flush()
			section := b.flow.lines(line, sectionStyle, hang)
			section.above = 3
			blocks = append(blocks, section)
		case line == "" && len(plain) == 0: // between sections
		case hashAt(line) > 0:
			at := hashAt(line)
			hashed(line[:at], line[at+1:])
		default:
			plain = append(plain, line)
		}
	}
	flush()
	return blocks
}

// hashAt gives where the hash of a policy begins, which stands small under its
// name; 0 where the line ends in none.
func hashAt(line string) int {
	const mark = " (SHA-256 "
	at := strings.LastIndex(line, mark)
	if at < 0 || len(line) != at+len(mark)+2*len(record.Hash{})+1 {
		return 0
	}
	return at
}

// cutLabel takes the label off a line, if one of the form's begins it.
func cutLabel(line string, known labels) (label, answer string, found bool) {
	for at := 0; ; {
		next := strings.IndexByte(line[at:], ':')
		if next < 0 {
			return "", "", false
		}
		at += next
		if known.fields[line[:at]] && at > 0 {
			return strings.Replace(line[:at+1], "?:", "?", 1), strings.TrimPrefix(line[at+1:], " "), true
		}
		at++
	}
}

// answer sets one answer beside its label, or under it.
func (b *book) answer(label, answer string) []block {
	side := b.flow.text.Lines(label, labelStyle.weight, labelStyle.size, besideWidth)
	if answer != "" {
		set := b.flow.lines(answer, bodyStyle, hang+besideWidth+besideGap)
		if len(set.lines) <= besideMost {
			set.beside = side
			for len(set.lines) < len(side) {
				set.lines = append(set.lines, b.flow.text.Line("", bodyStyle.weight))
			}
			return []block{set}
		}
	}
	head := b.flow.lines(label, labelStyle, hang)
	if answer == "" { // it follows on lines of its own
		return []block{head}
	}
	return []block{head, b.flow.lines(answer, bodyStyle, hang)}
}
