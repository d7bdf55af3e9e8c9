package levels

import (
	"slices"
	"testing"
)

func TestLevels(t *testing.T) {
	for _, c := range []struct {
		text string
		rtl  bool
		want []int
	}{
		{"a5.", false, []int{0, 0, 0}},
		{"א 5.", true, []int{1, 1, 2, 1}},
		{"a א 5. c", false, []int{0, 0, 1, 1, 2, 0, 0, 0}},                   // what follows the number is the sentence's again
		{"a א 5,6-7!", false, []int{0, 0, 1, 1, 2, 2, 2, 2, 2, 0}},           // W4: signs within a number
		{"a א -5%.", false, []int{0, 0, 1, 1, 1, 2, 2, 0}},                   // W5: signs at one
		{"a ب 5-6 c", false, []int{0, 0, 1, 1, 2, 1, 2, 0, 0}},               // W2: numbers among Arabic letters
		{"a (\u0661) c", false, []int{0, 0, 0, 2, 0, 0, 0}},                  // Arabic digits are numbers beside anything
		{"א c 5.", false, []int{1, 0, 0, 0, 0, 0}},                           // W7
		{"a \u2068א 5\u2069. c", false, []int{0, 0, 0, 1, 1, 2, 0, 0, 0, 0}}, // isolated, as some messengers write names
	} {
		if got := Of([]rune(c.text), c.rtl); !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, not %v", c.text, got, c.want)
		}
	}
}

func TestStartsRight(t *testing.T) {
	for text, want := range map[string]bool{"": false, "12": false, "5 א": true, "a א": false, "\u2068a\u2069 א": true, "\u2068א\u2069 a": false} {
		if StartsRight([]rune(text)) != want {
			t.Errorf("%q", text)
		}
	}
}
