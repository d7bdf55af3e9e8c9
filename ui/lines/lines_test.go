package lines

import (
	"strconv"
	"strings"
	"testing"

	_ "fyne.io/fyne/v2/test"
)

var body = Font{Size: 14}

func texts(made []Line) []string {
	var all []string
	for _, l := range made {
		all = append(all, l.Text)
	}
	return all
}

func TestWrapKeepsEveryWordAndTheWidth(t *testing.T) {
	text := "Good morning, the landlord sent this back. Could you look at page 2 before we meet?\n\nI am not sure what they mean by “proof of residence”."
	made := Wrap(text, body, 180, 0)
	for _, l := range made {
		if w := Width(l.Text, body); w > 180 {
			t.Errorf("%q is %.1f wide", l.Text, w)
		}
	}
	joined := strings.Join(texts(made), " ")
	if got, want := strings.Fields(joined), strings.Fields(text); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("words changed:\n%q\n%q", got, want)
	}
	blank := 0
	for _, l := range made {
		if l.Text == "" {
			blank++
		}
	}
	if blank != 1 {
		t.Errorf("the blank line became %d", blank)
	}
}

func TestWrapDividesWhatHasNoSpaces(t *testing.T) {
	for name, text := range map[string]string{
		"address": "https://example.org/" + strings.Repeat("abcdefgh", 20),
		"chinese": strings.Repeat("明天见谢谢你", 20),
		"emoji":   strings.Repeat("🙏🏽👍🏾", 30),
	} {
		t.Run(name, func(t *testing.T) {
			made := Wrap(text, body, 150, 0)
			if len(made) < 3 {
				t.Fatalf("%d lines", len(made))
			}
			if got := strings.Join(texts(made), ""); got != text {
				t.Errorf("text changed: %q", got)
			}
			for _, l := range made {
				if l.Width > 150 {
					t.Errorf("%q is %.1f wide", l.Text, l.Width)
				}
				if name == "emoji" && strings.ContainsAny(l.Text[:4], "🏽🏾") {
					t.Errorf("a skin tone was cut off its emoji: %q", l.Text)
				}
			}
		})
	}
}

func TestWrapShortensToTheLinesAllowed(t *testing.T) {
	made := Wrap(strings.Repeat("again and ", 500), body, 200, 3)
	if len(made) != 3 {
		t.Fatalf("%d lines", len(made))
	}
	if last := made[2]; !strings.HasSuffix(last.Text, "…") || last.Width > 200 {
		t.Errorf("last line %q, %.1f wide", last.Text, last.Width)
	}
	if made := Wrap("short\ntext", body, 200, 2); len(made) != 2 || made[1].Text != "text" {
		t.Errorf("a text that fits was shortened: %q", texts(made))
	}
}

func TestFitCutsBetweenCharacters(t *testing.T) {
	name := "Maximiliane-Friederike 👩‍👩‍👧‍👦 von der Wittenberg-Hohenstein"
	for width := float32(20); width < 400; width += 13 {
		got := Fit(name, body, width)
		if w := Width(got, body); w > width && got != "…" {
			t.Errorf("at %.0f: %q is %.1f wide", width, got, w)
		}
		cut := strings.TrimSuffix(got, "…")
		if !strings.HasPrefix(name, cut) {
			t.Errorf("at %.0f: %q is no beginning of the name", width, got)
		}
		if strings.HasSuffix(cut, "\u200D") {
			t.Errorf("at %.0f: the family was cut apart: %q", width, got)
		}
	}
	if got := Fit(name, body, 2000); got != name {
		t.Errorf("a name that fits became %q", got)
	}
}

// plain takes out the marks that only separate the runs.
func plain(shown string) string { return strings.ReplaceAll(shown, string(mark), "|") }

func TestShownOrder(t *testing.T) {
	for _, c := range []struct{ name, written, want string }{
		{"latin stays", "see you at 3 (maybe)", "see you at 3 (maybe)"},
		{"hebrew sentence", "שלום עולם", "|עולם| |שלום|"},
		{"hebrew in latin", "she said שלום עולם today", "she said |עולם| |שלום| today"},
		{"latin in hebrew", "שלום John Smith עולם", "|עולם| John Smith |שלום|"},
		{"number in hebrew", "בשעה 14:30 היום", "|היום| 14:30 |בשעה|"},
		{"brackets mirror", "שלום (עולם)", "(|עולם|) |שלום|"},
		{"full stop at the left", "שלום עולם.", ".|עולם| |שלום|"},
		{"arabic digits", "الساعة ١٢ الآن", "|الآن| |١٢| |الساعة|"},
		{"joined letters stay whole", "شكرا جزيلا", "|جزيلا| |شكرا|"},
		{"emoji in arabic keeps its skin tone", "شكرا 🙏🏽 لك", "|لك| 🙏🏽 |شكرا|"},
		{"override is ruled, then dropped", "ab\u202Ecd\u202Cef", "abdcef"},
		{"what follows a number in latin", "room חדר 5. Then left", "room 5 |חדר|. Then left"},
		{"isolate", "a \u2067שלום b עולם\u2069 c", "a |עולם| b |שלום| c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := plain(Shown(c.written)); got != c.want {
				t.Errorf("got  %+q\nwant %+q", got, c.want)
			}
		})
	}
}

func TestWrapOrdersEachLineAfterBreaking(t *testing.T) {
	made := Wrap("שלום עולם טוב", body, Width("שלום עולם ", body)+1, 0)
	if len(made) != 2 || made[0].Text != "שלום עולם" || made[1].Text != "טוב" {
		t.Fatalf("lines %q", texts(made))
	}
	if got := plain(made[0].Shown); got != "|עולם| |שלום|" {
		t.Errorf("first line is drawn %+q", got)
	}
	if !made[0].RTL || !made[1].RTL {
		t.Error("the paragraph lost its direction")
	}
}

func TestFitShortensBeforeReordering(t *testing.T) {
	name := "محمد عبد الرحمن بن عبد العزيز"
	short := Fit(name, body, 90)
	if !strings.HasPrefix(name, strings.TrimSuffix(short, "…")) || !strings.HasSuffix(short, "…") {
		t.Fatalf("short %q", short)
	}
	if shown := Shown(short); !strings.HasPrefix(shown, "…") {
		t.Errorf("the ellipsis of a right-to-left name must be drawn at its left: %+q", shown)
	}
}

func TestCleanDropsWhatDrawsAsBoxes(t *testing.T) {
	made := Wrap("a\tb\x00c\r\nd\u2028e", body, 500, 0)
	if got := strings.Join(texts(made), "/"); got != "a\u2003bc/d/e" {
		t.Errorf("got %q", got)
	}
}

func TestForgetEmptiesTheCaches(t *testing.T) {
	Wrap("a secret sentence", body, 60, 0)
	Fit("a secret sentence", body, 60)
	Forget()
	if len(widths.young)+len(wraps.young)+len(fits.young)+len(widths.old)+len(wraps.old)+len(fits.old) != 0 {
		t.Error("what was shown stays in memory")
	}
}

func BenchmarkWrap10kMessages(b *testing.B) {
	words := strings.Fields("good morning the landlord wrote back and said that the letter about page two must come before Thursday 明天见 🙏🏽 okay")
	text := func(i int) string {
		var s strings.Builder
		for n := range 5 + i%40 {
			s.WriteString(words[(i*7+n*13)%len(words)])
			s.WriteByte(' ')
		}
		return s.String() + strconv.Itoa(i)
	}
	for b.Loop() {
		Forget()
		for i := range 10_000 {
			Wrap(text(i), body, 560, 0)
		}
	}
}
