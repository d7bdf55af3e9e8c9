package intake

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"casekeep/vault/record"
)

var peopleOpt = PeopleOptions{Today: record.Date{Year: 2026, Month: 11, Day: 21}, Region: "US"}

func readPeople(t testing.TB, text string) People {
	t.Helper()
	list, err := ReadPeople(context.Background(), strings.NewReader(text), peopleOpt)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestAListOfClients(t *testing.T) {
	list := readPeople(t, "\ufeffName,DOB (mm/dd/yyyy),Mobile Phone,E-mail,Opened,State,Fee\r\n"+
		"Ada Quill,2/29/1984,(601) 555-0142,Ada@Example.org,1/5/2024,MS,110\r\n"+
		"\r\n"+
		"\"Müller, Zoë\",1990-07-01 00:00:00,601-555-0143; 601-555-0144,,\"March 3, 2025\",Tennessee,\r\n")
	if list.Charset != "UTF-8" || list.Separator != ',' || list.Headless || len(list.Rows) != 2 || list.SHA256.IsZero() {
		t.Fatalf("the list is %+v", list)
	}
	if c := list.Columns[6]; c.Field != PeopleNothing || c.Heading != "Fee" || c.Example != "110" {
		t.Errorf("the fee's column is %+v", c)
	}
	ada, zoe := list.Rows[0].Client, list.Rows[1].Client
	if ada.Name != "Ada Quill" || ada.Born.String() != "1984-02-29" || ada.Since.String() != "2024-01-05" || ada.Jurisdiction != "US-MS" ||
		ada.Status != record.Active || ada.Kind != record.Individual || len(ada.Contacts) != 2 {
		t.Errorf("the first is %+v", ada)
	}
	if p := ada.Contacts[0]; p.System != record.Phone || p.Normal != "+16015550142" || p.Use != "mobile" || p.Value != "(601) 555-0142" {
		t.Errorf("her number is %+v", p)
	}
	if p := ada.Contacts[1]; p.System != record.Email || p.Normal != "ada@example.org" {
		t.Errorf("her address is %+v", p)
	}
	if zoe.Name != "Müller, Zoë" || zoe.Born.String() != "1990-07-01" || zoe.Since.String() != "2025-03-03" || zoe.Jurisdiction != "US-TN" ||
		len(zoe.Contacts) != 2 || zoe.Contacts[1].Normal != "+16015550144" || list.Rows[1].Line != 4 {
		t.Errorf("the second is %+v", zoe)
	}
}

func TestNamesOutOfParts(t *testing.T) {
	for text, want := range map[string]string{
		"First Name;Last Name\nAda;Quill":                               "Ada Quill|",
		"Preferred name,First,Last\nAddie,Ada,Quill":                    "Addie Quill|Ada Quill",
		"Preferred name,First,Last\n,Ada,Quill":                         "Ada Quill|",
		"Name\tLegal name\nAda Quill\tAda M. Quill":                     "Ada Quill|Ada M. Quill",
		"Given Name|Additional Name|Family Name\nJosé|María|de la Cruz": "José María de la Cruz|",
		"Last name\n王小明":                                                "王小明|",
		"Client\nأحمد السيد 🙂":                                          "أحمد السيد 🙂|",
	} {
		rows := readPeople(t, text).Rows
		if len(rows) != 1 || rows[0].Problem != "" || rows[0].Client.Name+"|"+rows[0].Client.LegalName != want {
			t.Errorf("%q: %+v, want %q", text, rows, want)
		}
	}
}

func TestEncodings(t *testing.T) {
	text := "Name,Phone\r\nJosé Müller,601 555 0142\r\n"
	wide := func(big bool, marked bool) string {
		var out bytes.Buffer
		units := utf16.Encode([]rune(text))
		if marked {
			units = append([]uint16{0xFEFF}, units...)
		}
		for _, u := range units {
			if big {
				out.Write([]byte{byte(u >> 8), byte(u)})
			} else {
				out.Write([]byte{byte(u), byte(u >> 8)})
			}
		}
		return out.String()
	}
	for name, c := range map[string]struct{ raw, charset string }{
		"UTF-8":               {text, "UTF-8"},
		"marked UTF-8":        {"\xEF\xBB\xBF" + text, "UTF-8"},
		"Windows-1252":        {strings.NewReplacer("é", "\xE9", "ü", "\xFC").Replace(text), "Windows-1252"},
		"little UTF-16":       {wide(false, true), "UTF-16"},
		"big UTF-16":          {wide(true, true), "UTF-16"},
		"unmarked UTF-16":     {wide(false, false), "UTF-16"},
		"unmarked big UTF-16": {wide(true, false), "UTF-16"},
		"old Macintosh":       {strings.ReplaceAll(text, "\r\n", "\r"), "UTF-8"},
	} {
		list := readPeople(t, c.raw)
		if list.Charset != c.charset || len(list.Rows) != 1 || list.Rows[0].Client.Name != "José Müller" || list.Rows[0].Problem != "" {
			t.Errorf("%s: %+v", name, list)
		}
	}
}

// A row that cannot be is refused where it stands; those around it are read.
func TestBrokenRowsAreRefusedOneByOne(t *testing.T) {
	for row, want := range map[string]string{
		`,1/1/1980,,,`:                         "it has no name",
		`Bo,2/30/1980,,,`:                      "the calendar has no such day",
		`Bo,29/2/1980,,,`:                      "there is no month 29",
		`Bo,1/1/2027,,,`:                       "it is still to come",
		`Bo,1/1/1880,,,`:                       "more than 130 years back",
		`Bo,29280,,,`:                          "show the column as a date",
		`Bo,soon,,,`:                           "write it as 2/29/1980",
		`Bo,1/1/1990,1/1/1980,,`:               "the first day lies before the date of birth",
		`Bo,,,none,`:                           "is no phone number",
		`Bo,,,,bo at example`:                  "is no email address",
		`Bo,,,,,Missisipi`:                     "is no state",
		`Bo,,,,,,"x`:                           "a quotation mark does not close",
		`"Bo" Quill,,,,`:                       "a quotation mark stands within a cell",
		`Quill, Bo,1/1/1980,,,,,x`:             "it has 8 cells",
		strings.Repeat("n", 401) + `,,,,`:      "the name is too long",
		`Bo,,,,,,` + strings.Repeat("x", 5000): "a cell holds more than",
		`Ada Quill,1/1/1980,,601 555 0142,`:    "The same client stands in line 2",
	} {
		list := readPeople(t, "Name,Born,Opened,Phone,Email,State,Note\n"+
			"Ada Quill,1/1/1980,,601 555 0142,,,\n"+row+"\nCy Long,,,,,,\n")
		if len(list.Rows) != 3 || list.Rows[0].Problem != "" || list.Rows[2].Problem != "" || list.Rows[2].Client.Name != "Cy Long" {
			t.Errorf("%.60s: the rows around it: %+v", row, list.Rows)
			continue
		}
		if got := list.Rows[1]; !strings.Contains(got.Problem, want) || got.Line != 3 || !strings.Contains(got.Problem, "ine ") {
			t.Errorf("%.60s: line %d, %q, want %q", row, got.Line, got.Problem, want)
		}
	}
}

func TestWhatIsNoList(t *testing.T) {
	for name, raw := range map[string]string{
		"nothing": "", "blank": "\n \r\n,,,\n", "a workbook": "PK\x03\x04rest", "an old workbook": "\xD0\xCF\x11\xE0rest",
		"a picture": "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "too large": strings.Repeat("a", maxPeopleFile+1),
	} {
		if list, err := ReadPeople(context.Background(), strings.NewReader(raw), peopleOpt); err == nil {
			t.Errorf("%s is read as %+v", name, list)
		}
	}
	ended, end := context.WithCancel(context.Background())
	end()
	if _, err := ReadPeople(ended, strings.NewReader("Name\nAda"), peopleOpt); err != context.Canceled {
		t.Errorf("canceled: %v", err)
	}
}

func TestColumnsCanBeNamed(t *testing.T) {
	opt := peopleOpt
	text := "Quill, Ada;2/29/1984\nLong, Cy;1/1/1990\n"
	list := readPeople(t, text)
	if !list.Headless || len(list.Rows) != 2 || list.Rows[0].Problem == "" {
		t.Fatalf("without headings: %+v", list)
	}
	opt.Columns = []PeopleField{PeopleReversed, PeopleBorn}
	list, err := ReadPeople(context.Background(), strings.NewReader(text), opt)
	if err != nil || list.Rows[0].Client.Name != "Ada Quill" || list.Rows[1].Client.Born.Year != 1990 || list.Rows[0].Line != 1 {
		t.Errorf("with names: %+v, %v", list, err)
	}
}

func TestALongListIsCutOffAndSaysSo(t *testing.T) {
	var text strings.Builder
	text.WriteString("Name\n")
	for i := range maxPeopleRows + 5 {
		fmt.Fprintf(&text, "Client %d\n", i)
	}
	list := readPeople(t, text.String())
	if len(list.Rows) != maxPeopleRows || list.CutOff == "" {
		t.Errorf("%d rows, %q", len(list.Rows), list.CutOff)
	}
}

func TestEveryFieldHasAName(t *testing.T) {
	for _, f := range PeopleFields() {
		if PeopleFieldName(f) == "" {
			t.Errorf("%q has no name", f)
		}
	}
	for heading, field := range fieldOfHeading {
		if PeopleFieldName(field) == "" {
			t.Errorf("%q is for %q, which has no name", heading, field)
		}
	}
}

func FuzzReadPeople(f *testing.F) {
	f.Add([]byte("Name,Born,Phone\nAda Quill,2/29/1984,601 555 0142\n\"a\"\"b\",,\n"))
	f.Add([]byte("\xFF\xFEN\x00a\x00m\x00e\x00\n\x00A\x00"))
	f.Add([]byte("First;Last;State;Status;Type;Members\nA;B;MS;closed;couple;Bo & Kit\n\"x;\n\"\n"))
	f.Add([]byte("a|b\r\rc|\"d"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		list, err := ReadPeople(context.Background(), bytes.NewReader(raw), peopleOpt)
		if err != nil {
			return
		}
		last := 0
		for _, row := range list.Rows {
			if row.Line <= last {
				t.Fatalf("line %d after %d", row.Line, last)
			}
			last = row.Line
			c := row.Client
			if row.Problem == "" && (c.Name == "" || len(c.Name) > maxPeopleName || !c.Kind.Valid()) {
				t.Errorf("line %d can be added as %+v", row.Line, c)
			}
			for _, text := range []string{c.Name, c.LegalName, c.Needs, row.Problem} {
				if !utf8.ValidString(text) || strings.ContainsAny(text, "\n\r\x00") {
					t.Errorf("line %d holds %q", row.Line, text)
				}
			}
			for _, p := range c.Contacts {
				if p.Value == "" || p.Normal == "" {
					t.Errorf("line %d holds the contact %+v", row.Line, p)
				}
			}
		}
	})
}
