package days

import "testing"

// FuzzParse holds the reader against any text: what it takes is a day of the
// calendar, on the side that the lean asks for, and can be typed again as it is
// shown.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "11/25/2026", "11-25-26", "Nov 25 2026", "2026-11-25", "today", "in 1 year", "+6m", "-9999y", "2 weeks ago",
		"Feb 29", "29 feb", "next friday", "02291980", "00000000", "1/2/0000", "31 31", "٢/٢٩/١٩٨٠", "mon tue wed", "\xff\x00", "a a a",
	} {
		f.Add(seed, byte(0))
	}
	f.Fuzz(func(t *testing.T, text string, n byte) {
		lean := Lean(n % 4)
		d, err := Parse(text, today, lean)
		switch {
		case err != nil && !d.IsZero():
			t.Fatalf("%q is %s and an error: %v", text, d, err)
		case err != nil || d.IsZero():
			return
		case !exists(d) || d.Year < firstYear || d.Year > lastYear:
			t.Fatalf("%q is %+v", text, d)
		}
		for _, shown := range []string{Full(d), Short(d), d.Long(), d.String()} {
			if again, err := Parse(shown, today, lean); err != nil || again != d {
				t.Fatalf("%q is shown as %q, which is read as %s, %v", text, shown, again, err)
			}
		}
	})
}
