package inbox

import (
	"fmt"
	"strings"

	"casekeep/app"
	"casekeep/app/intake"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
)

// telling is an import's report in plain words.
type telling struct {
	title    string // "196 messages filed"
	files    []string
	sum      []sumLine // they add up to the last one
	sections []section
}

type sumLine struct {
	n    int
	text string
}

type section struct {
	title string
	lines []string
}

// tell puts a report into words. Everything that was found is accounted for.
func tell(r app.ImportReport) telling {
	t := telling{
		title: phrase.Count(r.Imported, "message", "messages") + " filed",
		sum: []sumLine{{r.Imported, "filed"}, {r.Duplicates, "in the record already"},
			{r.Skipped, "left out"}, {r.Refused, "refused"}, {r.Found, foundIn(r)}},
	}
	for _, f := range r.Files {
		t.files = append(t.files, fmt.Sprintf("%s, %s, %s, SHA-256 %s", f.File, f.Format, phrase.Size(f.Size), f.SHA256))
	}
	t.section("Left out", reasonLines(r, func(f intake.Report) []intake.Reason { return f.SkippedBy }))
	t.section("Refused", reasonLines(r, func(f intake.Report) []intake.Reason { return f.RefusedBy }))
	t.section("Damaged in the export", damageLines(r))
	t.section("To know", warningLines(r))
	return t
}

func (t *telling) section(title string, lines []string) {
	if len(lines) > 0 {
		t.sections = append(t.sections, section{title, lines})
	}
}

func foundIn(r app.ImportReport) string {
	where := "found in " + phrase.Count(len(r.Files), "file", "files")
	if len(r.Files) == 1 {
		where = "found in " + r.Files[0].File
	}
	if r.Declared >= 0 && r.Declared != r.Found {
		where += ", which declares " + kit.Number(r.Declared)
	}
	return where
}

// reasonLines gives each reason once over all files, with the first places.
func reasonLines(r app.ImportReport, of func(intake.Report) []intake.Reason) []string {
	var order []string
	counts, places := map[string]int{}, map[string][]string{}
	for _, f := range r.Files {
		for _, reason := range of(f) {
			text := plainly(reason)
			if counts[text] == 0 {
				order = append(order, text)
			}
			counts[text] += reason.Count
			if others, _ := app.OtherPeoples(reason); !others {
				places[text] = append(places[text], placesIn(f, reason.First, len(r.Files) > 1)...)
			}
		}
	}
	var lines []string
	for _, text := range order {
		line := kit.Number(counts[text]) + " · " + text
		if first := places[text]; len(first) > 0 {
			line += ": " + strings.Join(first[:min(len(first), mostPlaces)], "; ")
			if more := counts[text] - min(len(first), mostPlaces); more > 0 {
				line += "; and " + kit.Number(more) + " more"
			}
		}
		lines = append(lines, line)
	}
	return lines
}

const mostPlaces = 5

func placesIn(f intake.Report, first []string, several bool) []string {
	if !several {
		return first
	}
	var all []string
	for _, place := range first {
		all = append(all, f.File+", "+place)
	}
	return all
}

// plainly gives a reason as it is told in the window.
func plainly(r intake.Reason) string {
	others, group := app.OtherPeoples(r)
	switch {
	case !others:
		return r.Reason
	case group:
		return "of group conversations with other people, not stored"
	}
	return "of other conversations, not stored"
}

func damageLines(r app.ImportReport) []string {
	if r.Damaged == 0 {
		return nil
	}
	return []string{kit.Number(r.Damaged) + " of the filed messages" +
		" had lost characters or parts before the export reached you. Each says so in the timeline."}
}

func warningLines(r app.ImportReport) []string {
	var lines []string
	for _, f := range r.Files {
		for _, w := range f.Warnings {
			line := w.Text
			if w.Locator != "" {
				line = w.Locator + ": " + line
			}
			if len(r.Files) > 1 {
				line = f.File + ", " + line
			}
			lines = append(lines, line)
		}
		if f.MoreWarnings > 0 {
			lines = append(lines, f.File+": "+kit.Number(f.MoreWarnings)+" more notes; each message holds its own")
		}
	}
	return lines
}

// Text gives the whole report to be copied.
func (t telling) Text() string {
	var b strings.Builder
	fmt.Fprintln(&b, t.title)
	for _, line := range t.files {
		fmt.Fprintln(&b, line)
	}
	fmt.Fprintln(&b)
	for _, line := range t.sum {
		fmt.Fprintf(&b, "%8s  %s\n", kit.Number(line.n), line.text)
	}
	for _, s := range t.sections {
		fmt.Fprintf(&b, "\n%s\n", s.title)
		for _, line := range s.lines {
			fmt.Fprintf(&b, "  %s\n", line)
		}
	}
	return b.String()
}
