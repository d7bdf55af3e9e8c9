package intake

import (
	"io"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"
)

// endless gives head, then n bytes of filler, then tail, without holding them.
func endless(head, filler string, n int64, tail string) io.Reader {
	return io.MultiReader(strings.NewReader(head), io.LimitReader(&repeat{text: []byte(filler)}, n), strings.NewReader(tail))
}

type repeat struct {
	text []byte
	at   int
}

func (r *repeat) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		c := copy(p[n:], r.text[r.at:])
		n, r.at = n+c, (r.at+c)%len(r.text)
	}
	return n, nil
}

// peak runs f and gives the largest heap seen meanwhile, in bytes beyond what
// was there before.
func peak(f func()) uint64 {
	runtime.GC()
	before := heap()
	stop, done := make(chan bool), make(chan uint64)
	go func() {
		var most uint64
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			most = max(most, heap())
			select {
			case <-stop:
				done <- most
				return
			case <-tick.C:
			}
		}
	}()
	f()
	stop <- true
	most := <-done
	return most - min(most, before)
}

func heap() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

func TestHugeAttributeThatIsNoAttachment(t *testing.T) {
	for name, tag := range map[string]string{
		"body":       `<sms address="+16015550101" date="1767280020000" type="1" body="`,
		"mms":        `<mms address="+16015550101" date="1767280020000" msg_box="1" sub="`,
		"part text":  `<mms address="+16015550101" date="1767280020000" msg_box="1"><parts><part ct="text/plain" text="`,
		"white":      `<sms address="5" `,
		"attributes": `<sms address="5" x="`,
	} {
		t.Run(name, func(t *testing.T) {
			filler := "a"
			switch name {
			case "white":
				filler = " "
			case "attributes":
				filler = `" x="`
			}
			h := &collector{}
			var r Report
			used := peak(func() {
				var err error
				r, err = Read(t.Context(), endless(`<smses count="3">`+sms1+tag, filler, 100<<20, `"/>`+sms2+`</smses>`), "a.xml", 0, options(), h, nil)
				if err != nil {
					t.Error(err)
				}
			})
			if r.Imported != 2 || r.Refused != 1 {
				t.Errorf("%+v", r)
			}
			if used > 64<<20 {
				t.Errorf("%d MB of heap", used>>20)
			}
		})
	}
}

// discard is a Handler that keeps nothing but counts.
type discard struct {
	items int
	bytes int64
}

func (d *discard) Want(Head) (bool, string)                { return true, "" }
func (d *discard) Part(string, string) (PartWriter, error) { return d, nil }
func (d *discard) Item(Item) error                         { d.items++; return nil }
func (d *discard) Write(p []byte) (int, error)             { d.bytes += int64(len(p)); return len(p), nil }
func (d *discard) Close() error                            { return nil }
func (d *discard) Abort()                                  {}

func TestAttachmentStreamsThrough(t *testing.T) {
	const size = 100 << 20
	var d discard
	head := `<smses count="1"><mms address="+16015550101" date="1767280020000" msg_box="1"><parts><part seq="0" ct="video/mp4" name="a.mp4" data="`
	used := peak(func() {
		r, err := Read(t.Context(), endless(head, "QUJD", size, `"/></parts></mms></smses>`), "a.xml", 0, options(), &d, nil)
		if err != nil || r.Imported != 1 || r.Damaged != 0 {
			t.Errorf("%v %+v", err, r)
		}
	})
	if d.bytes != size/4*3 {
		t.Errorf("%d bytes came out", d.bytes)
	}
	if used > 16<<20 {
		t.Errorf("%d MB of heap for an attachment of %d MB", used>>20, size>>20)
	}
}

func TestAttachmentThatIsTooLarge(t *testing.T) {
	h := &collector{}
	opt := options()
	opt.MaxAttachment = 1000
	head := `<smses count="1"><mms address="+16015550101" date="1767280020000" msg_box="1"><parts><part seq="0" ct="text/plain" text="look"/><part seq="0" ct="video/mp4" name="a.mp4" data="`
	r, err := Read(t.Context(), endless(head, "QUJD", 4000, `"/></parts></mms></smses>`), "a.xml", 0, opt, h, nil)
	if err != nil || r.Imported != 1 || r.Damaged != 1 || h.kept() != 0 || h.items[0].Body != "look" || len(h.items[0].Attachments) != 0 {
		t.Errorf("%v %+v", err, r)
	}
	if !strings.Contains(r.Warnings[0].Text, "a.mp4: larger than") {
		t.Errorf("%+v", r.Warnings)
	}
}

// A file of any size is read in the memory of a small one. The benchmark
// Stream does the same with a gigabyte.
func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	used := stream(t, 200<<20)
	t.Logf("%d kB of heap", used>>10)
}

const heapCeiling = 16 << 20

// stream reads a generated backup of about size bytes and gives the heap that
// it took.
func stream(t testing.TB, size int) uint64 {
	one := `<sms protocol="0" address="+16015550101" date="1767280020000" type="1" subject="null" body="See you at 2 &amp; bring the form &#55357;&#56832;" read="1" status="-1" date_sent="1767280018000" readable_date="Jan 1, 2026 9:07:00 AM" contact_name="Dana Reyes" />` + "\n" +
		`<mms date="1767280020000" msg_box="1" address="+16015550101"><parts><part seq="0" ct="image/jpeg" name="a.jpg" text="null" data="` + strings.Repeat("QUJD", 500) + `"/></parts></mms>` + "\n"
	n := size / len(one)
	var d discard
	used := peak(func() {
		r, err := Read(t.Context(), endless(`<smses count="1">`, one, int64(n*len(one)), `</smses>`), "a.xml", 0, options(), &d, nil)
		if err != nil || r.Found != 2*n || r.Imported != d.items || d.items != 2*n {
			t.Errorf("%v %d found, %d accepted", err, r.Found, d.items)
		}
	})
	if used > heapCeiling {
		t.Errorf("%d MB of heap for a file of %d MB", used>>20, size>>20)
	}
	return used
}

func TestMailboxMemoryDoesNotGrowWithTheFile(t *testing.T) {
	one := "From - Thu Jan  1 09:00:00 2026\n" + plainMail + "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n" +
		strings.Repeat(strings.Repeat("QUJD", 18)+"\n", 500) + "\n"
	n := 50 << 20 / len(one)
	var d discard
	used := peak(func() {
		r, err := Read(t.Context(), endless("", one, int64(n*len(one)), ""), "a.mbox", 0, options(), &d, nil)
		if err != nil || r.Imported != n {
			t.Errorf("%v %+v", err, r)
		}
	})
	if used > 2*heapCeiling {
		t.Errorf("%d MB of heap", used>>20)
	}
}
