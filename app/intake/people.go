package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"casekeep/vault/record"
)

// PeopleField says what a column of a list of clients holds.
type PeopleField string

// The fields. A list may have several columns of phones and addresses.
const (
	PeopleNothing  PeopleField = "" // passed over
	PeopleName     PeopleField = "name"
	PeopleFirst    PeopleField = "first"
	PeopleMiddle   PeopleField = "middle"
	PeopleLast     PeopleField = "last"
	PeopleLegal    PeopleField = "legal"
	PeoplePronouns PeopleField = "pronouns"
	PeopleBorn     PeopleField = "born"
	PeoplePhone    PeopleField = "phone"
	PeopleEmail    PeopleField = "email"
	PeopleAddress  PeopleField = "address"
	PeopleOpened   PeopleField = "opened"
	PeopleClosed   PeopleField = "closed"
	PeopleState    PeopleField = "state"
	PeopleStatus   PeopleField = "status"
	PeopleKind     PeopleField = "kind"
	PeopleLanguage PeopleField = "language"
	PeopleNeeds    PeopleField = "needs"
	PeopleMembers  PeopleField = "members"
	PeopleReversed PeopleField = "name-reversed" // "Quill, Ada"
)

// PeopleOptions are what a list is read with.
type PeopleOptions struct {
	Today   record.Date
	Region  string        // of numbers without a country
	Columns []PeopleField // what each column holds; nil: guessed by the headings
}

// People is a list of clients as it was read.
type People struct {
	Columns   []PeopleColumn
	Rows      []PeopleRow // in the order of the file, those that are refused too
	Charset   string      // "UTF-8", "UTF-16", "Windows-1252"
	Separator rune
	Headless  bool        // the first line holds no known heading: the columns are to be named
	SHA256    record.Hash // of the file
	CutOff    string      // why the list ends before the file does, "" where it does not
}

// PeopleColumn is a column and what it was taken for.
type PeopleColumn struct {
	Heading string
	Example string // the first thing in it
	Field   PeopleField
}

// PeopleRow is a client, or why there is none.
type PeopleRow struct {
	Line    int // in the file, from 1 on
	Client  record.Client
	Problem string // what is wrong and what to do, "" where it can be added
}

// Bounds of a list.
const (
	maxPeopleFile    = 16 << 20 // bytes
	maxPeopleRows    = 10_000
	maxPeopleColumns = 200
	maxPeopleCell    = 4_000 // bytes
)

// ErrNoPeople says that a file holds no list.
var ErrNoPeople = errors.New("there is no list of clients in this file: save it from the spreadsheet as CSV, with one client a line")

// ReadPeople reads a list of clients, as a spreadsheet or another program saves
// it: separated by commas, semicolons, tabs or bars, in UTF-8, UTF-16 or
// Windows-1252. A row that cannot be added is refused with its line and what to
// do; all others are read. The error is that it is no list at all, or that ctx
// ended.
func ReadPeople(ctx context.Context, r io.Reader, opt PeopleOptions) (People, error) {
	raw, digest, err := readBounded(r)
	if err != nil {
		return People{}, err
	}
	text, charset, err := peopleText(raw)
	if err != nil {
		return People{}, err
	}
	list := People{Charset: charset, Separator: separatorOf(text), SHA256: digest}
	cells := &cellReader{text: text, separator: list.Separator, line: 1}
	first, ok := cells.next()
	for ok && first.blank() {
		first, ok = cells.next()
	}
	if !ok || first.broken != "" || len(first.cells) > maxPeopleColumns {
		return People{}, ErrNoPeople
	}
	list.head(first, opt.Columns)
	if list.Headless {
		cells = cells.again(first)
	}
	return list, list.read(ctx, cells, opt)
}

// head takes the first line for headings, or where none is known for a client.
func (p *People) head(first rawRow, columns []PeopleField) {
	for _, heading := range first.cells {
		p.Columns = append(p.Columns, PeopleColumn{Heading: cellText(heading)})
	}
	p.Headless = !guessFields(p.Columns)
	if p.Headless {
		for i := range p.Columns {
			p.Columns[i] = PeopleColumn{Heading: fmt.Sprintf("Column %d", i+1)}
		}
	}
	for i := range min(len(columns), len(p.Columns)) {
		p.Columns[i].Field = columns[i]
	}
}

func (p *People) read(ctx context.Context, cells *cellReader, opt PeopleOptions) error {
	seen := seenPeople{}
	for {
		row, ok := cells.next()
		if !ok {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if row.blank() {
			continue
		}
		if len(p.Rows) == maxPeopleRows {
			p.CutOff = fmt.Sprintf("Only the first %d lines were read: split the list into several files.", maxPeopleRows)
			return nil
		}
		p.example(row)
		read := p.row(row, opt)
		if read.Problem == "" {
			read.Problem = seen.twice(read)
		}
		p.Rows = append(p.Rows, read)
	}
}

// example keeps the first thing in each column, for the user to tell it by.
func (p *People) example(row rawRow) {
	for i, cell := range row.cells {
		if i < len(p.Columns) && p.Columns[i].Example == "" {
			p.Columns[i].Example = cut(cellText(cell), 60)
		}
	}
}

// seenPeople finds rows that stand in the list twice.
type seenPeople map[string]int

func (s seenPeople) twice(row PeopleRow) string {
	c := row.Client
	key := strings.ToLower(c.Name) + "\n" + c.Born.String()
	for _, point := range c.Contacts {
		key += "\n" + point.Normal
	}
	if line, known := s[key]; known {
		return fmt.Sprintf("The same client stands in line %d: leave one of them out.", line)
	}
	s[key] = row.Line
	return ""
}
