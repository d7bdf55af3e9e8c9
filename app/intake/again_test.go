package intake

import (
	"strings"
	"testing"
)

func TestReadingAgainAddsNothing(t *testing.T) {
	for _, name := range []string{"sms.xml", "calls.xml", "takeout.mbox"} {
		h := &collector{}
		first := readFile(t, name, options(), h)
		kept := h.kept()
		again := readFile(t, name, options(), h)
		if again.Imported != 0 || again.Duplicates != first.Imported+first.Duplicates || again.Found != first.Found {
			t.Errorf("%s: %+v", name, again)
		}
		if h.kept() != kept {
			t.Errorf("%s: %d parts kept the second time", name, h.kept()-kept)
		}
	}
}

// Overlapping backups write the same message differently: another spelling of
// the number, another contact name, other line ends, other times sent.
func TestOverlappingBackups(t *testing.T) {
	h := &collector{}
	readText(t, "a.xml", smses(
		`<sms address="+16015550101" date="1767280020000" type="1" body="one&#10;two" contact_name="Dana" date_sent="1767280019000"/>`+
			mms(`address="+16015550101~6015550103" m_id="x"`, parts(`<part seq="-1" ct="application/smil" text="a"/>`, `<part seq="0" ct="image/png" name="a.png" data="QUJD"/>`))), options(), h)
	r := readText(t, "b.xml", smses(
		`<sms protocol="0" address="(601) 555-0101" date="1767280020000" type="1" body="one&#13;&#10;two " contact_name="Dana Reyes" readable_date="x"/>`+
			mms(`address="(601) 555-0103~+16015550100~601-555-0101" m_id="null"`, parts(`<part seq="0" ct="image/png" name="b.png" data="QU&#10;JD"/>`))+
			sms2), options(), h)
	if r.Duplicates != 2 || r.Imported != 1 {
		t.Errorf("%+v", r)
	}
	r = readText(t, "c.xml", smses(
		`<sms address="+16015550101" date="1767280020000" type="2" body="one&#10;two"/>`+
			`<sms address="+16015550101" date="1767280020001" type="1" body="one&#10;two"/>`+
			`<sms address="+16015550102" date="1767280020000" type="1" body="one&#10;two"/>`+
			`<sms address="+16015550101" date="1767280020000" type="1" body="one two"/>`), options(), h)
	if r.Imported != 4 {
		t.Errorf("other direction, time, thread, text: %+v", r)
	}
}

func TestJoinedBackups(t *testing.T) {
	h := &collector{}
	r := readText(t, "a.xml", `<smses count="1">`+sms1+`</smses><smses count="1">`+sms2+`</smses>`, options(), h)
	if r.Declared != 2 || r.Imported != 2 || len(r.Warnings) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestTwinsAreKept(t *testing.T) {
	h := &collector{}
	file := smses(sms1 + sms1 + sms2 + sms1)
	if r := readText(t, "a.xml", file, options(), h); r.Imported != 4 {
		t.Errorf("%+v", r)
	}
	if h.items[0].Twin != 0 || h.items[1].Twin != 1 || h.items[2].Twin != 0 || h.items[3].Twin != 2 {
		t.Error("twins are not counted")
	}
	if r := readText(t, "a.xml", file, options(), h); r.Imported != 0 || r.Duplicates != 4 {
		t.Errorf("the second time: %+v", r)
	}
}

func TestTwinsForgetWhatIsFarBehind(t *testing.T) {
	var tw twins
	key := sum("twin")
	if tw.next(key) != 0 || tw.next(key) != 1 {
		t.Fatal("not counted")
	}
	for i := range 3 * twinsHeld {
		tw.next(sum(strings.Repeat("x", i%7) + string(rune(i))))
	}
	if n := len(tw.young) + len(tw.old); n > 2*twinsHeld {
		t.Errorf("%d keys held", n)
	}
}

func TestProgress(t *testing.T) {
	text := smses(strings.Repeat(sms1, 50_000))
	var told []int64
	_, err := Read(t.Context(), strings.NewReader(text), "a.xml", int64(len(text)), options(), &discard{}, func(done, total int64) {
		if total != int64(len(text)) {
			t.Fatalf("total %d", total)
		}
		told = append(told, done)
	})
	if err != nil || len(told) < 3 || told[len(told)-1] != int64(len(text)) {
		t.Errorf("%v %d", err, told)
	}
	for i := 1; i < len(told); i++ {
		if told[i] < told[i-1] {
			t.Errorf("progress goes back: %d", told)
		}
	}
}
