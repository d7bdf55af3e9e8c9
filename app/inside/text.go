package inside

import (
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"casekeep/app/intake"
	"casekeep/vault/record"
)

// Writing is what a text, a page of HTML or an email says.
type Writing struct {
	Pages []string // at least one
	Notes []string // what is remarkable about it, as sentences
}

// Bounds of a page: what a window lays out in an instant.
const (
	pageLines = 250
	pageBytes = 16_000
)

// ReadText reads a text in whatever charset it is, as it stands.
func ReadText(content []byte, charset string) Writing {
	text, flaw := intake.PlainText(content, charset)
	w := Writing{Pages: pages(text)}
	if flaw != "" {
		w.note("The text %s.", flaw)
	}
	return w
}

// ReadHTML gives what a page of HTML says, as text.
func ReadHTML(content []byte, charset string) Writing {
	text, remote := intake.PlainHTML(content, charset)
	w := Writing{Pages: pages(text)}
	w.note("This is a web page, shown as text: its pictures, its layout and its scripts are left out.")
	if remote > 0 {
		w.note("Pictures that stand on other computers were not fetched: %d.", remote)
	}
	return w
}

// ReadMail gives an email's header and text, and lists what came with it. Err
// is not nil for what is no email.
func ReadMail(ctx context.Context, content []byte) (Writing, error) {
	m := &mail{}
	report, err := intake.Read(ctx, strings.NewReader(string(content)), "email.eml", int64(len(content)),
		intake.Options{Drafts: true}, m, nil)
	if err != nil {
		return Writing{}, err
	}
	if len(m.items) == 0 {
		return ReadText(content, ""), nil // a mailbox without messages, or no date in it
	}
	var parts []string
	for _, it := range m.items {
		parts = append(parts, mailText(it))
	}
	w := Writing{Pages: pages(strings.Join(parts, "\n\n----\n\n"))}
	for _, it := range m.items {
		for _, warning := range it.Warnings {
			w.note("%s%s.", strings.ToUpper(warning[:1]), strings.TrimSuffix(warning[1:], "."))
		}
	}
	if report.CutOff {
		w.note("The file is cut off.")
	}
	return w, nil
}

// mail takes the messages of a file, without what came with them.
type mail struct{ items []intake.Item }

// mostMails is how many emails of a mailbox are shown.
const mostMails = 200

func (m *mail) Want(intake.Head) (bool, string) { return len(m.items) < mostMails, "not shown" }

func (m *mail) Part(string, string) (intake.PartWriter, error) { return nowhere{io.Discard}, nil }

func (m *mail) Item(it intake.Item) error {
	m.items = append(m.items, it)
	return nil
}

// nowhere takes a part that is only listed.
type nowhere struct{ io.Writer }

func (nowhere) Close() error { return nil }
func (nowhere) Abort()       {}

func mailText(it intake.Item) string {
	var b strings.Builder
	for _, role := range []struct{ role, name string }{{"from", "From"}, {"to", "To"}, {"cc", "Copy to"}, {"bcc", "Blind copy to"}} {
		if all := people(it.Parties, role.role); all != "" {
			fmt.Fprintf(&b, "%s: %s\n", role.name, all)
		}
	}
	fmt.Fprintf(&b, "Date: %s\n", it.At.In(record.LoadZone(it.Zone)).Format("Monday, January 2, 2006, 3:04 PM -0700"))
	if it.Subject != "" {
		fmt.Fprintf(&b, "Subject: %s\n", it.Subject)
	}
	for _, a := range it.Attachments {
		fmt.Fprintf(&b, "With it: %s (%s, %d bytes)\n", a.Name, a.Type, a.Size)
	}
	b.WriteString("\n" + it.Body)
	return b.String()
}

func people(parties []record.Party, role string) string {
	var all []string
	for _, p := range parties {
		switch {
		case p.Role != role:
		case p.Name != "" && p.Address != "":
			all = append(all, p.Name+" <"+p.Address+">")
		default:
			all = append(all, p.Name+p.Address)
		}
	}
	return strings.Join(all, ", ")
}

func (w *Writing) note(format string, args ...any) {
	w.Notes = append(w.Notes, fmt.Sprintf(format, args...))
}

// pages cuts a text into pages at ends of lines, or where a line is longer than
// a page within it.
func pages(text string) []string {
	var all []string
	for {
		end := pageEnd(text)
		if end == len(text) {
			return append(all, text)
		}
		all = append(all, strings.TrimSuffix(text[:end], "\n"))
		text = text[end:]
	}
}

func pageEnd(text string) int {
	end := 0
	for range pageLines {
		line := strings.IndexByte(text[end:], '\n')
		if line < 0 {
			line = len(text) - end - 1
		}
		if end+line+1 > pageBytes {
			if end > 0 {
				return end
			}
			return runeEnd(text, pageBytes)
		}
		if end += line + 1; end == len(text) {
			return end
		}
	}
	return end
}

// runeEnd gives the last place up to at where no character is cut.
func runeEnd(text string, at int) int {
	for at > 0 && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}
