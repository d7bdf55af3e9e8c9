package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/width"
)

// longTime is how a moment is written for people.
const longTime = "January 2, 2006, 3:04 PM"

func when(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "none yet"
	}
	return t.In(zone).Format(longTime)
}

// number writes 7360 as "7,360".
func number(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// counted gives "1 page", "1,204 pages", "1 entry", "2 entries".
func counted(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	if stem, ok := strings.CutSuffix(one, "y"); ok {
		return number(n) + " " + stem + "ies"
	}
	return number(n) + " " + one + "s"
}

// columns are rows of cells, set below each other. Cells of columns whose
// heading begins with a space are set to the right.
type columns struct {
	heads []string
	rows  [][]string
}

func (c *columns) add(cells ...string) { c.rows = append(c.rows, cells) }

func (c *columns) write(w io.Writer) {
	widths := make([]int, len(c.heads))
	all := append([][]string{c.heads}, c.rows...)
	for _, row := range all {
		for i, cell := range row {
			widths[i] = max(widths[i], cells(strings.TrimSpace(cell)))
		}
	}
	for _, row := range all {
		var line strings.Builder
		for i, cell := range row {
			cell = strings.TrimSpace(cell)
			gap := strings.Repeat(" ", widths[i]-cells(cell))
			if strings.HasPrefix(c.heads[i], " ") {
				cell, gap = gap+cell, ""
			}
			line.WriteString(cell + gap + "  ")
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}

// cells gives how many cells of a terminal a text takes.
func cells(text string) int {
	n := 0
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case wide(r):
			n += 2
		default:
			n++
		}
	}
	return n
}

func wide(r rune) bool {
	kind := width.LookupRune(r).Kind()
	return kind == width.EastAsianWide || kind == width.EastAsianFullwidth
}
