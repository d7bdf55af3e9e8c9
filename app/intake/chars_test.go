package intake

import (
	"bytes"
	"encoding/xml"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestChars(t *testing.T) {
	tests := []struct {
		name, raw, want string
		lost            []string // nil: nothing
	}{
		{"plain", "see you at 2", "see you at 2", nil},
		{"five entities", "&lt;&gt;&amp;&quot;&apos;", "<>&\"'", nil},
		{"decimal pair", "&#55357;&#56832;!", "😀!", nil},
		{"hexadecimal pair", "&#xD83D;&#xde00;", "😀", nil},
		{"mixed pair", "&#55357;&#xDE00;", "😀", nil},
		{"whole reference", "&#128512;&#x1F600;", "😀😀", nil},
		{"CESU-8 pair", "\xED\xA0\xBD\xED\xB8\x80", "😀", nil},
		{"CESU-8 and reference", "\xED\xA0\xBD&#56832;", "😀", nil},
		{"two pairs", "&#55357;&#56832;&#55357;&#56833;", "😀😁", nil},
		{"high half alone", "a&#55357;b", "a\uFFFDb", []string{"text: &#55357;, half of a character, at character 2 is shown as \uFFFD"}},
		{"low half alone", "a&#56832;b", "a\uFFFDb", []string{"text: &#56832;, half of a character, at character 2 is shown as \uFFFD"}},
		{"high half last", "&#xD83D;", "\uFFFD", []string{"text: &#xD83D;, half of a character, at character 1 is shown as \uFFFD"}},
		{"halves the wrong way round", "&#56832;&#55357;", "\uFFFD\uFFFD", []string{
			"text: &#56832;, half of a character, at character 1 is shown as \uFFFD",
			"text: &#55357;, half of a character, at character 2 is shown as \uFFFD"}},
		{"high, high, low", "&#55357;&#55357;&#56832;", "\uFFFD😀", []string{"text: &#55357;, half of a character, at character 1 is shown as \uFFFD"}},
		{"forbidden references", "a&#0;&#8;&#x1b;", "a\uFFFD\uFFFD\uFFFD", []string{
			"text: &#0;, which no text may hold, at character 2 is shown as \uFFFD",
			"text: &#8;, which no text may hold, at character 3 is shown as \uFFFD",
			"text: &#x1b;, which no text may hold, at character 4 is shown as \uFFFD"}},
		{"no character", "&#x110000;&#99999999999999999999;", "\uFFFD\uFFFD", []string{
			"text: &#x110000;, which is no character, at character 1 is shown as \uFFFD",
			"text: &#99999999999999999999;, which is no character, at character 2 is shown as \uFFFD"}},
		{"raw control character", "a\x01b", "a\uFFFDb", []string{"text: control character U+0001, which no text may hold, at character 2 is shown as \uFFFD"}},
		{"bad UTF-8", "caf\xe9!", "caf\uFFFD!", []string{"text: byte E9, which is not UTF-8, at character 4 is shown as \uFFFD"}},
		{"CESU-8 half alone", "\xED\xA0\xBD!", "\uFFFD!", []string{"text: bytes EDA0BD, half of a character, at character 1 is shown as \uFFFD"}},
		{"lost before", "\uFFFD&#65533;", "\uFFFD\uFFFD", []string{
			"text: a character that the export had already lost at character 1 is shown as \uFFFD",
			"text: a character that the export had already lost at character 2 is shown as \uFFFD"}},
		{"bare ampersand", "you & me &co; &", "you & me &co; &", nil},
		{"named reference", "a&nbsp;b&eacute;", "a\u00a0bé", nil},
		{"no reference", "&#;&#x;&#12a;&;", "&#;&#x;&#12a;&;", nil},
		{"line ends", "a&#13;&#10;b\r\nc\rd\te", "a\nb\nc\nd\te", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var c chars
			if got := c.text([]byte(tt.raw), "text"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if diff := cmp.Diff(tt.lost, c.warnings()); diff != "" || c.lost != len(tt.lost) {
				t.Errorf("%d lost: %s", c.lost, diff)
			}
		})
	}
}

func TestManyLostCharactersAreCounted(t *testing.T) {
	var c chars
	c.text([]byte(strings.Repeat("&#0;", 300)), "text")
	c.text([]byte(strings.Repeat("&#0;", 7)), "subject")
	w := c.warnings()
	if len(w) != maxListed+1 || w[maxListed] != "297 more lost characters are shown as \uFFFD" {
		t.Errorf("%q", w)
	}
}

// Where encoding/xml loses nothing, this reader says the same.
func TestCharsAgreeWithEncodingXML(t *testing.T) {
	pieces := []string{"a", "é", "😀", "&amp;", "&#128512;", "&lt;", "&#10;", "&#x9;", " ", "中", "&quot;", "\u200d", "ﬁ", "&#233;"}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var raw strings.Builder
		for range rng.IntN(20) {
			raw.WriteString(pieces[rng.IntN(len(pieces))])
		}
		var v struct {
			A string `xml:"a,attr"`
		}
		if err := xml.NewDecoder(strings.NewReader(`<x a="` + raw.String() + `"/>`)).Decode(&v); err != nil {
			t.Fatal(err)
		}
		var c chars
		if got := c.text([]byte(raw.String()), "text"); got != v.A || c.lost != 0 {
			t.Fatalf("%q: got %q, encoding/xml says %q", raw.String(), got, v.A)
		}
	}
}

func TestBase64InAnyPieces(t *testing.T) {
	tests := []struct {
		in, want string
		whole    bool
	}{
		{"", "", true},
		{"QUJDRA==", "ABCD", true},
		{"QUJDRA", "ABCD", true},
		{"QUJD\r\nRA==\n", "ABCD", true},
		{"QU&#10;JDR&#xA;A==", "ABCD", true},
		{"--__", "\xfb\xef\xff", true},
		{"QUJDR", "ABC", false},
		{"QUJD!RA==", "ABC", false},
		{"QUJDRA==QUJD", "ABCD", false},
	}
	for _, tt := range tests {
		for step := 1; step <= len(tt.in)+1; step++ {
			var out bytes.Buffer
			d := base64Writer{to: &out}
			for rest := []byte(tt.in); len(rest) > 0; rest = rest[min(step, len(rest)):] {
				if err := d.write(rest[:min(step, len(rest))]); err != nil {
					t.Fatal(err)
				}
			}
			whole, err := d.close()
			if err != nil || whole != tt.whole || out.String() != tt.want {
				t.Errorf("%q by %d: %q, whole %v, %v", tt.in, step, out.String(), whole, err)
			}
		}
	}
}

func TestQuotedPrintable(t *testing.T) {
	tests := map[string]string{
		"caf=C3=A9":          "café",
		"soft=\nline=\r\n.":  "softline.",
		"soft=  \nline":      "softline",
		"a=b =4 =ZZ = end=":  "a=b =4 =ZZ = end",
		"lower=e2=82=ac":     "lower€",
		"=3D=3d":             "==",
		"1 =\n\n2":           "1 \n2",
		"no escapes at all.": "no escapes at all.",
	}
	for in, want := range tests {
		if got := string(decodeQuoted(nil, []byte(in))); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestCleanName(t *testing.T) {
	tests := map[string]string{
		"../../etc/passwd":       "passwd",
		`..\..\boot.ini`:         "boot.ini",
		"a\x00b\nc.txt":          "a_b_c.txt",
		"con<>:\"|?*.txt":        "con_______.txt",
		"  .hidden. ":            "hidden",
		"/":                      "attachment-7.pdf",
		"\xff\xfe.pdf":           "\uFFFD.pdf",
		strings.Repeat("é", 300): strings.Repeat("é", 100),
		"👩\u200D👧 photo.jpg":     "👩\u200D👧 photo.jpg",
		"evil\u202Egpj.exe":      "evilgpj.exe",
		"a" + strings.Repeat("b", 300) + "." + strings.Repeat("c", 50): "a" + strings.Repeat("b", 199),
	}
	for in, want := range tests {
		if got := cleanName(in, "application/pdf", 7); got != want || !utf8.ValidString(got) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
