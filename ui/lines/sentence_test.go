package lines

import "testing"

// A name from right to left turns no word of the sentence around it round.
func TestSentence(t *testing.T) {
	for _, c := range []struct{ name, written, want string }{
		{"latin stays", "Ada Quill texted", "Ada Quill texted"},
		{"arabic at the start", "ليلى texted", "|ليلى| texted"},
		{"hebrew at the start", "נועה texted", "|נועה| texted"},
		{"arabic, digits after it", "Text logged for ليلى, 4:19 AM", "Text logged for |ليلى|, 4:19 AM"},
		{"hebrew, digits after it", "Text logged for נועה, 4:19 AM", "Text logged for |נועה|, 4:19 AM"},
		{"both names", "נועה לוי, +1 601 555 0142", "|לוי| |נועה|, +1 601 555 0142"},
		{"nothing but digits after it", "ليلى 42", "|ليلى| 42"},
		{"after a dot", "ليلى · نور · 3", "|ليلى| · |نور| · 3"},
		{"brackets", "ليلى (Layla), 2 files", "|ليلى| (Layla), 2 files"},
		{"possessive", "נועה's record", "|נועה|'s record"},
		{"digits within", "emailed · פגישה 3 היום", "emailed · |היום| 3 |פגישה|"},
		{"vowel signs", "לֵאָה 5", "|לֵאָה| 5"},
		{"a name alone", "נועה לוי", "|לוי| |נועה|"},
		{"cut within the name", "Text logged for ليلى عب…", "Text logged for …|عب| |ليلى|"},
		{"a name alone, cut", "נועה ל…", "…|ל| |נועה|"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := plain(Sentence(c.written)); got != c.want {
				t.Errorf("got  %+q\nwant %+q", got, c.want)
			}
		})
	}
}
