package intake

import (
	"fmt"
	"strings"
	"unicode"

	"casekeep/vault/record"
)

// row makes a client out of a row.
func (p *People) row(raw rawRow, opt PeopleOptions) PeopleRow {
	row := PeopleRow{Line: raw.line}
	refuse := func(format string, args ...any) PeopleRow {
		row.Problem = fmt.Sprintf("Line %d: ", raw.line) + fmt.Sprintf(format, args...) + "."
		return row
	}
	switch {
	case raw.broken != "":
		return refuse("%s", raw.broken)
	case len(raw.cells) > len(p.Columns) && strings.Join(raw.cells[len(p.Columns):], "") != "":
		return refuse("it has %d cells, and the list %d columns: put a cell that holds %q into quotation marks",
			len(raw.cells), len(p.Columns), separatorWord(p.Separator))
	}
	cells := peopleCells{values: map[PeopleField][]string{}}
	for i, cell := range raw.cells[:min(len(raw.cells), len(p.Columns))] {
		if cell = cellText(cell); cell != "" && p.Columns[i].Field != PeopleNothing {
			cells.put(p.Columns[i], cell)
		}
	}
	row.Client.Name, row.Client.LegalName = cells.name()
	if row.Client.Name == "" {
		return refuse("it has no name: write one into the list, or leave the row out")
	}
	if len(row.Client.Name) > maxPeopleName {
		row.Client.Name = cut(row.Client.Name, maxPeopleName)
		return refuse("the name is too long: %d bytes at most", maxPeopleName)
	}
	if problem := cells.fill(&row.Client, opt); problem != "" {
		return refuse("%s", problem)
	}
	return row
}

// maxPeopleName is the longest name that a record takes, in bytes.
const maxPeopleName = 400

func separatorWord(r rune) string {
	if r == '\t' {
		return "a tab"
	}
	return string(r)
}

// peopleCells are the cells of a row by what they hold.
type peopleCells struct {
	values map[PeopleField][]string
	points []record.ContactPoint
}

func (c *peopleCells) put(column PeopleColumn, cell string) {
	c.values[column.Field] = append(c.values[column.Field], cell)
	system := map[PeopleField]record.System{PeoplePhone: record.Phone, PeopleEmail: record.Email, PeopleAddress: record.Address}[column.Field]
	if system != "" {
		c.points = append(c.points, record.ContactPoint{System: system, Value: cell, Use: useOf(column.Heading)})
	}
}

// useOf says what a number is for, where its heading does: "mobile".
func useOf(heading string) string {
	plain := plainHeading(heading)
	for _, use := range []struct{ holds, is string }{
		{"mobile", "mobile"}, {"cell", "mobile"}, {"home", "home"}, {"work", "work"}, {"business", "work"},
	} {
		if strings.Contains(plain, use.holds) {
			return use.is
		}
	}
	return ""
}

func (c *peopleCells) one(f PeopleField) string {
	if len(c.values[f]) == 0 {
		return ""
	}
	return c.values[f][0]
}

// name gives the name that is used, and the legal one where that is another,
// out of the columns that hold parts of them.
func (c *peopleCells) name() (used, legal string) {
	used, last := c.one(PeopleName), c.one(PeopleLast)
	whole := cellText(strings.Join([]string{c.one(PeopleFirst), c.one(PeopleMiddle), last}, " "))
	legal = c.one(PeopleLegal)
	switch {
	case used == "":
		for _, name := range []string{whole, reversed(c.one(PeopleReversed)), legal} {
			if used == "" {
				used = name
			}
		}
	case !strings.Contains(strings.ToLower(used), strings.ToLower(last)):
		used += " " + last
	}
	if legal == "" && c.one(PeopleFirst) != "" && last != "" {
		legal = whole
	}
	if legal == used {
		legal = ""
	}
	return used, legal
}

// reversed gives "Ada Quill" for "Quill, Ada".
func reversed(name string) string {
	last, first, found := strings.Cut(name, ",")
	if !found {
		return name
	}
	return cellText(first + " " + last)
}

// fill writes the cells into a client and gives what is wrong, "" for nothing.
func (c *peopleCells) fill(client *record.Client, opt PeopleOptions) string {
	client.Pronouns, client.Language, client.Needs = c.one(PeoplePronouns), c.one(PeopleLanguage), c.one(PeopleNeeds)
	for _, day := range []struct {
		field PeopleField
		what  string
		to    *record.Date
	}{
		{PeopleBorn, "date of birth", &client.Born}, {PeopleOpened, "first day", &client.Since}, {PeopleClosed, "closing day", &client.ClosedOn},
	} {
		var err error
		if *day.to, err = peopleDay(c.one(day.field), opt.Today); err != nil {
			return fmt.Sprintf("the %s %q cannot be: %v", day.what, cut(c.one(day.field), 40), err)
		}
	}
	for _, step := range []func(*record.Client, PeopleOptions) string{c.state, c.kind, c.status, c.reach} {
		if problem := step(client, opt); problem != "" {
			return problem
		}
	}
	return checkDays(*client, opt.Today)
}

func checkDays(c record.Client, today record.Date) string {
	const oldest = 130 // years
	switch {
	case !c.Born.IsZero() && c.Born.Year < today.Year-oldest:
		return fmt.Sprintf("the date of birth lies more than %d years back: check the year", oldest)
	case !c.Since.IsZero() && c.Since.Before(c.Born):
		return "the first day lies before the date of birth: check both"
	case !c.ClosedOn.IsZero() && c.ClosedOn.Before(c.Since):
		return "the closing day lies before the first day: check both"
	}
	return ""
}

func (c *peopleCells) state(client *record.Client, _ PeopleOptions) string {
	said := c.one(PeopleState)
	if said == "" {
		return ""
	}
	if client.Jurisdiction = record.StatedJurisdiction(said); client.Jurisdiction == "" {
		return fmt.Sprintf("%q is no state: write Mississippi, MS or US-MS, or clear the cell", cut(said, 40))
	}
	return ""
}

func (c *peopleCells) kind(client *record.Client, _ PeopleOptions) string {
	said := strings.ToLower(c.one(PeopleKind))
	for kind, words := range map[record.Kind][]string{
		record.Individual: {"individual", "person", "adult", "minor", "child", "client", ""}, record.Couple: {"couple", "couples"},
		record.Family: {"family"}, record.Group: {"group"}, record.Organization: {"organization", "company", "agency"},
		record.Community: {"community"},
	} {
		for _, word := range words {
			if said == word {
				client.Kind = kind
			}
		}
	}
	if client.Kind == "" {
		return fmt.Sprintf("%q is no kind of client: write individual, couple, family, group, organization or community, or clear the cell", cut(said, 40))
	}
	for _, name := range strings.FieldsFunc(c.one(PeopleMembers), func(r rune) bool { return r == ',' || r == ';' || r == '/' || r == '&' }) {
		if name = cellText(name); name != "" && client.Kind != record.Individual {
			client.Members = append(client.Members, record.Member{Name: cut(name, maxPeopleName)})
		}
	}
	return ""
}

// status reads whether a record is open. One that was closed on a day that
// nobody wrote down stays without it.
func (c *peopleCells) status(client *record.Client, _ PeopleOptions) string {
	said := strings.ToLower(c.one(PeopleStatus))
	switch said {
	case "":
		client.Status = record.Active
		if !client.ClosedOn.IsZero() {
			client.Status = record.Closed
		}
	case "active", "open", "current", "yes", "true", "1", "x":
		client.Status = record.Active
		if !client.ClosedOn.IsZero() {
			return "it is active and has a closing day: clear one of the two cells"
		}
	case "closed", "inactive", "ended", "discharged", "terminated", "former", "archived", "no", "false", "0":
		client.Status = record.Closed
	case "screening", "prospective", "waitlist", "waiting list", "inquiry", "lead", "intake", "pending":
		client.Status = record.Screening
	default:
		return fmt.Sprintf("%q is no status: write active, screening or closed, or clear the cell", cut(said, 40))
	}
	return ""
}

// reach checks the numbers and addresses. One cell may hold several numbers.
func (c *peopleCells) reach(client *record.Client, opt PeopleOptions) string {
	for _, point := range c.points {
		values := []string{point.Value}
		if point.System != record.Address {
			values = strings.FieldsFunc(point.Value, func(r rune) bool { return r == ';' || r == ',' || r == '|' })
			values = strings.Split(strings.ReplaceAll(strings.Join(values, "\n"), ":::", "\n"), "\n")
		}
		for _, value := range values {
			if value = cellText(value); value == "" {
				continue
			}
			if problem := checkPoint(point.System, value); problem != "" {
				return problem
			}
			point.Value, point.Normal = cut(value, maxAddress), value
			if point.System != record.Address {
				point.Normal = Normalize(value, opt.Region)
			}
			client.Contacts = append(client.Contacts, point)
		}
	}
	return ""
}

func checkPoint(system record.System, value string) string {
	switch system {
	case record.Phone:
		digits := 0
		for _, r := range value {
			if unicode.IsDigit(r) {
				digits++
			}
		}
		if digits < 3 || digits > 20 {
			return fmt.Sprintf("%q is no phone number: correct it, or clear the cell", cut(value, 40))
		}
	case record.Email:
		at := strings.IndexByte(value, '@')
		if at < 1 || at == len(value)-1 || strings.Contains(value, " ") {
			return fmt.Sprintf("%q is no email address: correct it, or clear the cell", cut(value, 40))
		}
	}
	return ""
}
