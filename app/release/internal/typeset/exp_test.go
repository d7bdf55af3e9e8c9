package typeset

import (
	"fmt"
	"os"
	"testing"
	"time"
	"casekeep/app/release/internal/pdf"
)

type pg struct{ c pdf.Content; imgs string; seen map[string]bool }
func (p *pg) Content() *pdf.Content { return &p.c }
func (p *pg) UseImage(n string, r pdf.Ref) { if !p.seen[n] { p.seen[n]=true; p.imgs += "/"+n+" "+r.String()+" " } }

func TestExp(t *testing.T) {
	f, _ := os.Create("/tmp/exp.pdf")
	w, err := pdf.NewWriter(f, [16]byte{1}, os.Getenv("PW"))
	if err != nil { t.Fatal(err) }
	ts, err := New(w, nil)
	if err != nil { t.Fatal(err) }
	p := &pg{seen: map[string]bool{}}
	y := 760.0
	texts, _ := os.ReadFile("/tmp/exp.txt")
	start := time.Now()
	for _, l := range ts.Lines(string(texts), Regular, 11, 460) {
		l.Draw(p, l.Align(72, 460, 11), y, 11)
		y -= 16
	}
	fmt.Println(time.Since(start))
	page, pages, content, cat, info := w.Alloc(), w.Alloc(), w.Alloc(), w.Alloc(), w.Alloc()
	w.Stream(content, "", p.c.Bytes())
	ts.WriteFonts()
	w.Object(page, fmt.Sprintf("<< /Type /Page /Parent %s /MediaBox [0 0 612 792] /Contents %s /Resources << /Font << %s >> /XObject << %s >> >> >>", pages, content, ts.Fonts(), p.imgs))
	w.Object(pages, fmt.Sprintf("<< /Type /Pages /Count 1 /Kids [%s] >>", page))
	w.Object(cat, fmt.Sprintf("<< /Type /Catalog /Pages %s /Lang %s >>", pages, w.String("en-US")))
	w.Object(info, "<< /Title "+w.String("é t")+" >>")
	if err := w.Close(cat, info); err != nil { t.Fatal(err) }
	f.Close()
	fmt.Println(time.Since(start), len(ts.fonts.listed()))
}
