package intake

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"casekeep/vault/record"

	"github.com/google/go-cmp/cmp"
)

func survey(t *testing.T, name string) Preview {
	t.Helper()
	p, err := Survey(t.Context(), bytes.NewReader(must(readAll(name))), name, 0, options(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSurveyTexts(t *testing.T) {
	p := survey(t, "sms.xml")
	if p.Found != 9 || p.Declared != 9 || p.Refused != 0 || p.SHA256.IsZero() || len(p.Threads) != 4 {
		t.Fatalf("%+v", p)
	}
	dana := p.Threads[1]
	if dana.Thread.Key() != "+16015550101" || dana.Messages != 6 || dana.Unsent != 2 || dana.Attachments != 1 ||
		dana.Counts[record.Text] != 6 || dana.First.In(chicago).Format("15:04") != "09:07" || dana.Last.In(chicago).Format("15:04") != "09:15" {
		t.Errorf("%+v", dana)
	}
	if diff := cmp.Diff([]string{"Dana Reyes, LCSW"}, dana.Names); diff != "" {
		t.Error(diff)
	}
	var said []string
	for _, s := range dana.Newest {
		said = append(said, string(s.Direction)+" "+s.Text)
	}
	if diff := cmp.Diff([]string{"out Photos", "in Here is the form 📎", "out did not go"}, said); diff != "" {
		t.Error(diff)
	}
	if group := p.Threads[2]; !group.Group || group.Thread.Key() != "+16015550101~+16015550103" {
		t.Errorf("%+v", group)
	}
}

func TestSurveyOthers(t *testing.T) {
	if p := survey(t, "calls.xml"); p.Threads[1].Counts[record.Call] != 5 || p.Threads[1].Counts[record.Voicemail] != 1 {
		t.Errorf("%+v", p)
	}
	p := survey(t, "takeout.mbox")
	if p.Found != 4 || p.Threads[1].Attachments != 3 || p.Threads[0].Counts[record.Mail] != 3 || p.Threads[0].Unsent != 1 {
		t.Errorf("%+v", p)
	}
}

func TestSurveyBoundsItsThreads(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<smses count="50010">`)
	for i := range 50_010 {
		fmt.Fprintf(&b, `<sms address="name%c%d" date="1767280020000" type="1" body="x"/>`, 'a'+i%26, i)
	}
	b.WriteString(`</smses>`)
	p, err := Survey(t.Context(), strings.NewReader(b.String()), "a.xml", 0, options(), nil)
	if err != nil || len(p.Threads) != maxThreads || p.Rest != 10 {
		t.Errorf("%v: %d threads, %d rest", err, len(p.Threads), p.Rest)
	}
}
