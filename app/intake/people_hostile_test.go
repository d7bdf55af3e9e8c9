package intake

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"
)

// A list is hostile where reading it costs far more than its size: a row of
// millions of cells, or quotation marks that lead every row to the end of the
// file, only to turn out broken there.
func TestHostileListsAreReadInBoundedTimeAndMemory(t *testing.T) {
	const size = 4 << 20
	full := func(text string) string { return strings.Repeat(text, size/len(text)) }
	for name, text := range map[string]string{
		"cells without end":      full(","),
		"cells after a heading":  "Name,Born\n" + full("a,"),
		"quotes to the end":      "Name,Born\n" + full("b\",\"\n"),
		"quoted cells to it":     "Name,Born\n" + full("\"a\",\"\n"),
		"escapes":                "Name,Born\n" + full("\"\""),
		"odd quotes":             "Name,Born\n" + full("\"\"\"\n"),
		"spaces":                 "Name,Born\n" + full(" "),
		"spaces before quotes":   "Name,Born\n" + full("     \"\n"),
		"one line":               "Name,Born\n" + full("a"),
		"empty lines":            full("\r\n"),
		"rows of nothing":        "Name,Born\n" + full(",\n"),
		"marks that nobody sees": "Name,Born\n" + full("\u200b\ufeff,\n"),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		limited, end := context.WithTimeout(context.Background(), 30*time.Second)
		_, err := ReadPeople(limited, strings.NewReader(text), peopleOpt)
		end()
		runtime.ReadMemStats(&after)
		used := (after.TotalAlloc - before.TotalAlloc) >> 20
		if errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: reading it does not end", name)
		}
		if used > 256 {
			t.Errorf("%s: %d MB were used", name, used)
		}
	}
}
