package intake

import (
	"slices"
	"testing"
)

func TestNormalize(t *testing.T) {
	tests := []struct{ addr, region, want string }{
		{"+16015550101", "US", "+16015550101"},
		{"6015550101", "US", "+16015550101"},
		{"(601) 555-0101", "US", "+16015550101"},
		{"1-601-555-0101", "US", "+16015550101"},
		{"001 601 555 0101", "DE", "+16015550101"},
		{"tel:+1-601-555-0101;ext=2", "US", "+16015550101"},
		{"\u202a+1\u00a0601\u2011555\u20110101\u202c", "US", "+16015550101"},
		{"٦٠١٥٥٥٠١٠١", "US", "+16015550101"},
		{"020 7946 0101", "GB", "+442079460101"},
		{"22395", "US", "22395"},
		{"555-0101", "US", "5550101"},
		{"911", "US", "911"},
		{"*611", "US", "*611"},
		{"MyClinic", "US", "MyClinic"},
		{"  Two  Words ", "US", "Two Words"},
		{"+1999", "US", "1999"},
		{"123456789012345678901", "US", "123456789012345678901"},
		{"", "US", ""},
		{"()- ", "US", ""},
		{"Dana@Example.ORG", "US", "dana@example.org"},
		{" <mailto:dana@example.org> ", "US", "dana@example.org"},
	}
	for _, tt := range tests {
		got := Normalize(tt.addr, tt.region)
		if got != tt.want {
			t.Errorf("%q in %s: %q, want %q", tt.addr, tt.region, got, tt.want)
		}
		if again := Normalize(got, tt.region); again != got {
			t.Errorf("%q becomes %q the second time", got, again)
		}
	}
}

func TestThread(t *testing.T) {
	s := newSession(options(), nil, "")
	tests := []struct{ in, want []string }{
		{[]string{"6015550103", "+16015550101", "(601) 555-0103"}, []string{"+16015550101", "+16015550103"}},
		{[]string{"+16015550100", "6015550101"}, []string{"+16015550101"}},
		{[]string{"+16015550100"}, []string{"+16015550100"}},
		{[]string{"", " "}, nil},
	}
	for _, tt := range tests {
		if got := s.thread(tt.in); !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q", tt.in, got)
		}
	}
}

func TestNormalizerForgetsBeforeItGrows(t *testing.T) {
	n := newNormalizer("US")
	for i := range 3 * normalizerHeld {
		n.normalize(string(rune('a'+i%26)) + string(rune(0x4e00+i)))
	}
	if len(n.seen) > normalizerHeld {
		t.Errorf("%d addresses held", len(n.seen))
	}
}
