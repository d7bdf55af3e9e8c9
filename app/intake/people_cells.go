package intake

import (
	"fmt"
	"strings"
)

// rawRow is a row of cells, or why it could not be told apart.
type rawRow struct {
	line   int // where it begins
	start  int // in the text
	cells  []string
	broken string
}

func (r rawRow) blank() bool {
	if r.broken != "" {
		return false
	}
	for _, cell := range r.cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

// cellReader tells rows and cells apart (RFC 4180). A row whose quotation marks
// do not close ends with its line, so that one broken row costs no other.
type cellReader struct {
	text      string
	separator rune
	at        int
	line      int
}

// again gives a reader that begins with a row once more.
func (c *cellReader) again(row rawRow) *cellReader {
	return &cellReader{text: c.text, separator: c.separator, at: row.start, line: row.line}
}

// maxQuotedLines is over how many lines a cell in quotation marks may go.
const maxQuotedLines = 50

func (c *cellReader) next() (rawRow, bool) {
	if c.at >= len(c.text) {
		return rawRow{}, false
	}
	row := rawRow{line: c.line, start: c.at}
	for {
		cell, ended, problem := c.cell()
		if len(row.cells) == maxPeopleColumns { // or one row could hold the whole file
			problem = fmt.Sprintf("it has more than %d cells: is a quotation mark missing?", maxPeopleColumns)
		}
		if problem != "" {
			c.at, c.line = row.start, row.line
			c.skipLine()
			row.broken, row.cells = problem, nil
			return row, true
		}
		row.cells = append(row.cells, cell)
		if ended {
			return row, true
		}
	}
}

// cell reads one cell and what ends it: a separator, or the line.
func (c *cellReader) cell() (cell string, ended bool, problem string) {
	rest := c.text[c.at:]
	if trimmed := strings.TrimLeft(rest, " "); strings.HasPrefix(trimmed, `"`) {
		c.at += len(rest) - len(trimmed) + 1
		if cell, problem = c.quoted(); problem != "" {
			return "", false, problem
		}
		rest = c.text[c.at:]
		after := strings.TrimLeft(rest, " ")
		if after != "" && !c.ends(after) {
			return "", false, "a quotation mark stands within a cell: double it, or put the whole cell into quotation marks"
		}
		c.at += len(rest) - len(after)
		return cell, c.end(), ""
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return r == c.separator || r == '\n' || r == '\r' })
	if end < 0 {
		end = len(rest)
	}
	if end > maxPeopleCell {
		return "", false, fmt.Sprintf("a cell holds more than %d characters: is a quotation mark missing?", maxPeopleCell)
	}
	c.at += end
	return strings.TrimSpace(rest[:end]), c.end(), ""
}

// quoted reads up to the closing quotation mark; two of them stand for one.
func (c *cellReader) quoted() (cell, problem string) {
	var out strings.Builder
	lines := 0
	for {
		end := strings.IndexByte(c.text[c.at:], '"')
		if end < 0 || end > maxPeopleCell {
			return "", "a quotation mark does not close: add the one that is missing, or remove this one"
		}
		part := c.text[c.at : c.at+end]
		lines += strings.Count(part, "\n")
		out.WriteString(part)
		c.at += end + 1
		if out.Len() > maxPeopleCell || lines > maxQuotedLines {
			return "", "a quotation mark does not close: add the one that is missing, or remove this one"
		}
		if !strings.HasPrefix(c.text[c.at:], `"`) {
			c.line += lines
			return strings.TrimSpace(out.String()), ""
		}
		out.WriteByte('"')
		c.at++
	}
}

func (c *cellReader) ends(rest string) bool {
	return strings.HasPrefix(rest, string(c.separator)) || rest[0] == '\n' || rest[0] == '\r'
}

// end goes over what ends a cell and reports whether it ended the row.
func (c *cellReader) end() bool {
	rest := c.text[c.at:]
	switch {
	case rest == "":
		return true
	case strings.HasPrefix(rest, string(c.separator)):
		c.at += len(string(c.separator))
		return false
	}
	c.skipLine()
	return true
}

// skipLine goes to the beginning of the next line; lines end as on Windows, on
// Unix, or as on old Macintoshes.
func (c *cellReader) skipLine() {
	rest := c.text[c.at:]
	end := strings.IndexAny(rest, "\r\n")
	if end < 0 {
		c.at = len(c.text)
		return
	}
	c.at += end + 1
	if rest[end] == '\r' && strings.HasPrefix(rest[end+1:], "\n") {
		c.at++
	}
	c.line++
}

// separatorOf finds what stands between cells: what as many lines as possible
// hold as often as the first one does, outside quotation marks, and of those
// what stands there most often. A comma gives way: names hold commas.
func separatorOf(text string) rune {
	const looked = 20 // lines
	lines := strings.SplitN(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(cut(strings.TrimLeft(text, "\r\n "), 64<<10)), "\n", looked+1)
	best, agree, most := ',', 0, 0
	for _, separator := range []rune{';', '\t', '|', ','} {
		first := countOutside(lines[0], separator)
		if first == 0 {
			continue
		}
		same := 0
		for _, line := range lines[:min(looked, len(lines))] {
			if countOutside(line, separator) == first {
				same++
			}
		}
		if same > agree || same == agree && first > most {
			best, agree, most = separator, same, first
		}
	}
	return best
}

// countOutside counts a separator outside quotation marks.
func countOutside(line string, separator rune) int {
	n, quoted := 0, false
	for _, r := range line {
		switch {
		case r == '"':
			quoted = !quoted
		case r == separator && !quoted:
			n++
		}
	}
	return n
}
