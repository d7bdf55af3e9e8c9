package vault_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"casekeep/vault"
	"casekeep/vault/record"
)

func TestEveryChannelAndDirection(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	for i, channel := range record.Channels() {
		for j, direction := range []record.Direction{record.In, record.Out, record.Third} {
			_, err := v.Log(ctx, record.Entry{Client: c.ID, Channel: channel, Direction: direction, Body: "x",
				At: start.Add(-time.Duration(i*10+j) * time.Minute)})
			if err != nil {
				t.Errorf("%s %s: %v", channel, direction, err)
			}
		}
	}
	if n := v.whole().Entries; n != 3*len(record.Channels()) {
		t.Errorf("%d entries", n)
	}
}

func TestLogRefusesWhatCannotBe(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	for name, e := range map[string]record.Entry{
		"empty":           {Client: c.ID, Channel: record.Text, Direction: record.In, Body: "  \n"},
		"channel":         {Client: c.ID, Channel: "fax", Direction: record.In, Body: "x"},
		"direction":       {Client: c.ID, Channel: record.Text, Direction: "up", Body: "x"},
		"future":          {Client: c.ID, Channel: record.Text, Direction: record.In, Body: "x", At: start.Add(25 * time.Hour)},
		"long ago":        {Client: c.ID, Channel: record.Text, Direction: record.In, Body: "x", At: time.Date(1899, 1, 1, 0, 0, 0, 0, time.UTC)},
		"zone":            {Client: c.ID, Channel: record.Text, Direction: record.In, Body: "x", Zone: "Mars/Olympus"},
		"client":          {Client: 77, Channel: record.Text, Direction: record.In, Body: "x"},
		"too long":        {Client: c.ID, Channel: record.Text, Direction: record.In, Body: strings.Repeat("x", 9<<20)},
		"Latin-1":         {Client: c.ID, Channel: record.Text, Direction: record.In, Body: "caf\xe9"},
		"UTF-16":          {Client: c.ID, Channel: record.Text, Direction: record.In, Body: "h\x00i\x00"},
		"superseded gone": {Client: c.ID, Channel: record.Text, Direction: record.In, Body: "x", Supersedes: 5},
	} {
		if _, err := v.Log(ctx, e); err == nil {
			t.Errorf("%s: it was taken", name)
		}
	}
	if n := v.whole().Entries; n != 0 {
		t.Errorf("%d entries after refusals", n)
	}
}

func TestTypedTextIsKeptClean(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	id := v.log(c, start, "\uFEFFfirst\r\nsecond\rthird\vfourth\u0085fifth\x1b[31m\x07\tend").ID
	if err := v.Amend(ctx, id, "one\r\ntwo\x08", ""); err != nil {
		t.Fatal(err)
	}
	if err := v.Amend(ctx, id, "caf\xe9", ""); err == nil {
		t.Error("an amendment in Latin-1 was taken")
	}
	e, err := v.Entry(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if want := "first\nsecond\nthird\nfourth\nfifth[31m\tend"; e.Body != want || e.Amendments[0].Text != "one\ntwo" {
		t.Errorf("kept %q and %q", e.Body, e.Amendments[0].Text)
	}
}

func TestEntriesOfOneMomentHaveIDsOfTheirOwn(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	for _, at := range []time.Time{start, time.UnixMilli(0), time.Date(1931, 5, 4, 12, 0, 0, 0, time.UTC)} {
		seen := map[record.EntryID]bool{0: true} // no entry's
		for range 3 {
			e := v.log(c, at, "x")
			if seen[e.ID] || !e.ID.Time().Equal(at) {
				t.Errorf("at %s: id %s, which stands for %s", at, e.ID, e.ID.Time())
			}
			seen[e.ID] = true
		}
	}
	v.whole()
}

func TestTimelineOrderAndPaging(t *testing.T) {
	v := newVault(t)
	c, other := v.client("Ada Quill"), v.client("Other")
	v.log(other, start, "not hers")
	for i := range 25 { // three entries share each moment
		v.log(c, start.Add(-time.Duration(i/3)*time.Hour), strings.Repeat("x", i+1))
	}
	var seen []record.EntryID
	page := vault.Page{Limit: 10}
	for {
		list, err := v.Timeline(ctx, c.ID, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			if len(seen) > 0 && e.ID >= seen[len(seen)-1] {
				t.Fatal("the timeline is not newest first")
			}
			seen = append(seen, e.ID)
			page.Before = e.ID
		}
		if len(list) < 10 {
			break
		}
	}
	if len(seen) != 25 {
		t.Errorf("%d entries over the pages", len(seen))
	}
	oldest, err := v.Timeline(ctx, c.ID, vault.Page{Oldest: true, After: seen[20]})
	if err != nil || len(oldest) != 20 || oldest[0].ID != seen[19] {
		t.Errorf("oldest first after an entry: %d entries, %v", len(oldest), err)
	}
}

func TestAmendAndStrikeKeepWhatStood(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	e := v.log(c, start, "the landlord called")
	v.clock.now = start.Add(time.Hour)
	if err := v.Amend(ctx, e.ID, "it was the janitor", "misheard"); err != nil {
		t.Fatal(err)
	}
	if err := v.Amend(ctx, e.ID, "  ", ""); err == nil {
		t.Error("an empty amendment was taken")
	}
	if err := v.Strike(ctx, e.ID, ""); err == nil {
		t.Error("a strike without a reason was taken")
	}
	if err := v.Strike(ctx, e.ID, "wrong client"); err != nil {
		t.Fatal(err)
	}
	if err := v.Strike(ctx, e.ID, "again"); err == nil {
		t.Error("an entry was struck twice")
	}
	v.reopen()
	got, err := v.Entry(ctx, e.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got.Body != "the landlord called" || len(got.Amendments) != 1 || got.Amendments[0].Text != "it was the janitor" ||
		!got.Amendments[0].At.Equal(start.Add(time.Hour)) || got.Struck == nil || got.Struck.Reason != "wrong client" {
		t.Errorf("entry: %+v", got)
	}
	for _, query := range []string{"landlord", "janitor"} {
		hits, err := v.Search(ctx, vault.Search{Query: query})
		if err != nil || len(hits) != 1 || !hits[0].Struck {
			t.Errorf("search %q: %+v, %v", query, hits, err)
		}
	}
	v.whole()
}

func TestMoveNamesNoOtherClient(t *testing.T) {
	v := newVault(t)
	a, b := v.client("Ada Quill"), v.client("Lena Ptak")
	e := v.log(a, start, "for Lena")
	if err := v.Move(ctx, e.ID, a.ID, "x"); err == nil {
		t.Error("moved to where it is")
	}
	if err := v.Move(ctx, e.ID, b.ID, "filed wrongly"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		client record.Client
		n      int
		action string
	}{{a, 0, "entry.moved-out"}, {b, 1, "entry.moved-in"}} {
		list, err := v.Timeline(ctx, c.client.ID, vault.Page{})
		if err != nil || len(list) != c.n {
			t.Errorf("%s has %d entries, %v", c.client.Name, len(list), err)
		}
		events, _ := v.Audit(ctx, c.client.ID, 1)
		if events[0].Action != c.action || events[0].Detail != "" || events[0].Client != c.client.ID {
			t.Errorf("audit: %+v", events[0])
		}
	}
	list, _ := v.Clients(ctx)
	if list[0].Name != "Lena Ptak" || list[0].Entries != 1 || list[1].Entries != 0 {
		t.Errorf("the list after a move: %+v", list)
	}
	v.whole()
}

func TestSupersede(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	wrong := v.log(c, start, "session")
	right, err := v.Log(ctx, record.Entry{Client: c.ID, Channel: record.InPerson, Direction: record.In, Body: "session",
		At: start.Add(-24 * time.Hour), Supersedes: wrong.ID})
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := v.Entry(ctx, wrong.ID); got.Superseded != right.ID {
		t.Errorf("the wrong entry points to %d, not %d", got.Superseded, right.ID)
	}
	_, err = v.Log(ctx, record.Entry{Client: c.ID, Channel: record.Text, Direction: record.In, Body: "x", Supersedes: wrong.ID})
	if err == nil {
		t.Error("one entry was corrected twice")
	}
}

func TestAttachmentsAreCheckedWhenRead(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	content := bytes.Repeat([]byte("housing letter "), 30000)
	e, err := v.Log(ctx, record.Entry{Client: c.ID, Channel: record.Mail, Direction: record.In}, vault.Upload{
		Name: "letter.pdf", Type: "application/pdf", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }})
	if err != nil {
		t.Fatal(err)
	}
	if a := e.Attachments[0]; a.Size != int64(len(content)) || a.SHA256 != record.Hash(sha256.Sum256(content)) {
		t.Errorf("attachment: %+v", a)
	}
	v.reopen()
	_, r, err := v.OpenAttachment(ctx, e.Attachments[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	r.Close()
	if err != nil || !bytes.Equal(got, content) {
		t.Errorf("read %d bytes, %v", len(got), err)
	}
	if hits, _ := v.Search(ctx, vault.Search{Query: "letter.pdf"}); len(hits) != 1 {
		t.Error("the file's name is not found")
	}
	if c := v.whole(); c.Attachments != 1 || c.Leftover != 0 {
		t.Errorf("check: %+v", c)
	}
}

func TestFailedUploadLeavesNothing(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	good := vault.Upload{Name: "a", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("a")), nil }}
	bad := vault.Upload{Name: "b", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader("b"), failing{})), nil
	}}
	if _, err := v.Log(ctx, record.Entry{Client: c.ID, Channel: record.Mail, Direction: record.In, Body: "x"}, good, bad); !errors.Is(err, errUnplugged) {
		t.Errorf("error: %v", err)
	}
	if c := v.whole(); c.Entries != 0 || c.Attachments != 0 || c.Leftover != 0 {
		t.Errorf("check: %+v", c)
	}
}

var errUnplugged = errors.New("unplugged")

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errUnplugged }

func TestClockNeverRunsBack(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	v.clock.now = start.Add(-1000 * time.Hour)
	v.log(c, start.Add(-2000*time.Hour), "while the clock is wrong")
	v.reopen()
	e := v.log(c, start.Add(-3000*time.Hour), "and after")
	if e.Written.Before(start) {
		t.Errorf("written %s, before the last audited time", e.Written)
	}
	v.whole()
}
