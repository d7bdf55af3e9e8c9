package kit

import (
	"strings"
	"testing"

	"casekeep/ui/lines"
)

func evidence(text ...string) []Part {
	var all []Part
	for i, t := range text {
		all = append(all, Part{Text: t, Link: i%2 == 1})
	}
	return all
}

func TestPartsWrapAsOneText(t *testing.T) {
	for name, parts := range map[string][]Part{
		"links":         evidence("3 texts, no consent to texting, ", "Nov 12", ", not yet told; see ", "the note"),
		"link first":    evidence("", "emergency card", " mother, may be told of a crisis"),
		"link alone":    evidence("", "driver’s license seen Nov 2"),
		"right to left": evidence("mother فاطمة بنت علي, may be told · ", "בטיחות"),
		"long words":    evidence("see https://example.org/"+strings.Repeat("abcdefgh", 12)+", ", strings.Repeat("明天见", 30), "."),
		"line ends":     evidence("one\ntwo ", "three\n", "\nfour"),
		"nothing":       nil,
		"spaces":        evidence(" ", "", "  "),
	} {
		t.Run(name, func(t *testing.T) {
			var want string
			for _, part := range parts {
				want += part.Text
			}
			for width := float32(60); width < 500; width += 37 {
				runs, count := layParts(parts, metaFont, width)
				var got string
				line, x := 0, float32(0)
				for _, r := range runs {
					if r.line != line {
						line, x = r.line, 0
					}
					if r.x < x-0.01 {
						t.Errorf("at %.0f %q begins at %.1f, over what ends at %.1f", width, r.text, r.x, x)
					}
					if x = r.x + r.width; x > width+1 {
						t.Errorf("at %.0f %q ends at %.1f", width, r.text, x)
					}
					if own := lines.Width(lines.Shown(r.text), metaFont); own > r.width+2 {
						t.Errorf("at %.0f %q is %.1f wide and has %.1f", width, r.text, own, r.width)
					}
					got += r.text
				}
				if n := len(runs); n > 0 && count != runs[n-1].line+1 {
					t.Errorf("at %.0f there are %d lines, the last is %d", width, count, runs[n-1].line)
				}
				if strip(got) != strip(want) {
					t.Errorf("at %.0f the lines hold %q of %q", width, got, want)
				}
			}
		})
	}
}

func strip(text string) string { return strings.Join(strings.Fields(text), "") }

func TestACommaStaysWithItsLink(t *testing.T) {
	parts := evidence("screening of ", "November 2, 2026", ", again by December")
	for width := float32(60); width < 400; width++ {
		runs, _ := layParts(parts, metaFont, width)
		for i, r := range runs {
			if strings.HasPrefix(r.text, ",") && (r.line != runs[i-1].line || r.x > runs[i-1].x+runs[i-1].width+0.01) {
				t.Fatalf("at %.0f the comma stands away from its link", width)
			}
		}
	}
}

func TestEachLinkEndsOnce(t *testing.T) {
	parts := evidence("see ", strings.Repeat("emergency card ", 9), "and ", "her mother")
	runs, _ := layParts(parts, metaFont, 130)
	ends := map[int]int{}
	for _, r := range runs {
		if r.last {
			ends[r.part]++
		}
	}
	for i := range parts {
		if ends[i] != 1 {
			t.Errorf("part %d ends %d times", i, ends[i])
		}
	}
}
