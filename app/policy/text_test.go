package policy

import (
	"reflect"
	"strings"
	"testing"
	"unicode"
)

func TestParse(t *testing.T) {
	for text, want := range map[string][]Block{
		"":                           nil,
		" \n\t\r\n":                  nil,
		"# Title":                    {{Heading, 1, "Title"}},
		"##  Part \ntext":            {{Heading, 2, "Part"}, {Paragraph, 0, "text"}},
		"one\r\ntwo\r\rthree":        {{Paragraph, 0, "one\ntwo"}, {Paragraph, 0, "three"}},
		"- a\n  more\n* b\n\n• c":    {{Item, 0, "a\nmore"}, {Item, 0, "b"}, {Item, 0, "c"}},
		"# T\n  apart":               {{Heading, 1, "T"}, {Paragraph, 0, "apart"}},
		"- a\nafter":                 {{Item, 0, "a"}, {Paragraph, 0, "after"}},
		"- a\n\n  apart":             {{Item, 0, "a"}, {Paragraph, 0, "apart"}},
		"#hashtag\n####### seven":    {{Paragraph, 0, "#hashtag\n####### seven"}},
		"#\n-\n##":                   {{Paragraph, 0, "#\n-\n##"}},
		"-5 degrees\n---\n1. first":  {{Paragraph, 0, "-5 degrees\n---\n1. first"}},
		"text\n# Head\n- x":          {{Paragraph, 0, "text"}, {Heading, 1, "Head"}, {Item, 0, "x"}},
		"\uFEFF# Pasted\n**b** <i>x": {{Heading, 1, "Pasted"}, {Paragraph, 0, "**b** <i>x"}},
		"\xff\x00":                   {{Paragraph, 0, "\xff\x00"}},
	} {
		if got := Parse(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

// Whatever is typed stands in the blocks, and blocks are read again as they were
// written.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"# T\n\npara\nline\n- item\n  more\n\n- - # nested\nnew\r\n## H\r• x", "-\n#\n\uFEFF# a", " \u2028- x\u0085y\n\t* z\n  [gap]\xff",
	} {
		f.Add(seed)
	}
	for _, topic := range Topics() {
		text, _ := Draft(topic.Key, Facts{})
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\uFFFD") // as every text is that is kept
		blocks := Parse(text)
		var kept strings.Builder
		for _, b := range blocks {
			if strings.TrimSpace(b.Text) == "" || (b.Kind == Heading) != (b.Level > 0) {
				t.Errorf("block %+v", b)
			}
			kept.WriteString(b.Text + "\n")
		}
		if bare(kept.String()) != bare(text) {
			t.Errorf("%q became %+v", text, blocks)
		}
		if again := Parse(Format(blocks)); !reflect.DeepEqual(again, blocks) {
			t.Errorf("%q became %+v, then %+v", text, blocks, again)
		}
		for _, what := range Gaps(text) {
			if strings.TrimSpace(what) == "" || !strings.Contains(text, what) {
				t.Errorf("gap %q", what)
			}
		}
		if got, left := Refresh(text, text, text); got != text || left != nil {
			t.Errorf("%q became %q, left %q", text, got, left)
		}
		_ = CheckText(text)
	})
}

// bare is a text without space and without what may be a mark.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("#-*•\uFEFF", r) {
			return -1
		}
		return r
	}, s)
}

func TestGaps(t *testing.T) {
	for text, want := range map[string][]string{
		"":                                     nil,
		"a [b] and [ c d ], [b] again":         {"b", "c d"},
		"[label](https://x.example) and [gap]": {"gap"},
		"[] [ ] [\n] ] [ open":                 nil,
		"[[inner]]":                            {"inner"},
	} {
		if got := Gaps(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
