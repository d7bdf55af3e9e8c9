package vault

import (
	"archive/tar"
	"context"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"casekeep/vault/record"
)

// secret is a record with entries that may have to leave sight.
type secret struct {
	*house
	client                                        record.Client
	contact, later, corrected, message, safe, old record.Entry
}

func newSecret(t *testing.T) *secret {
	h := newHouse(t, "v")
	ctx := context.Background()
	s := &secret{house: h}
	h.lines = func(form record.Form, data json.RawMessage) Filing {
		var f Filing
		if form == record.FormSafeContact {
			line := strings.Trim(string(data), `{}":safe`)
			f.SafeContact = &line
		}
		return f
	}
	h.do(h.SetRetentionRule(ctx, record.RetentionRule{Jurisdiction: "US-TX", Minors: record.MinorsSame, Confirmed: record.DateOf(h.now),
		Clauses: []record.KeepClause{{From: []string{"termination"}, Years: 7}}}),
		h.SetRetentionRule(ctx, record.RetentionRule{Jurisdiction: "US-NY", Minors: record.MinorsSame, Confirmed: record.DateOf(h.now),
			Clauses: []record.KeepClause{{From: []string{"entry"}, Years: 20}}}),
		h.SetRetentionRule(ctx, record.RetentionRule{Jurisdiction: record.Paperwork, Minors: record.MinorsSame, Confirmed: record.DateOf(h.now),
			Clauses: []record.KeepClause{{From: []string{"entry"}, Years: 6}}}))
	s.client = must(t, of(h.AddClient(ctx, record.Client{Name: "Ada Quill", Jurisdiction: "US-TX", Since: record.Date{Year: 2026, Month: 11, Day: 1}})))
	log := func(days int, body string, supersedes record.EntryID, files ...Upload) record.Entry {
		return must(t, of(h.Log(ctx, record.Entry{Client: s.client.ID, Channel: record.Text, Direction: record.In, At: day0.AddDate(0, 0, -days), Body: body, Supersedes: supersedes}, files...)))
	}
	s.old = log(400, "first of all", 0)
	s.message = h.imported(s.client.ID, "sms.xml", "privileged message")
	s.contact = log(3, "privileged talk", 0, file("zqfilevk.txt", "zqcontentvk"))
	h.do(h.Amend(ctx, s.contact.ID, "zqamendedvk", "why"))
	s.corrected = log(2, "wrong day zqwrongvk", 0)
	s.later = log(1, "right day zqrightvk", s.corrected.ID)
	file := func(form record.Form, data string, place *record.Place) record.Entry {
		f := Filing{Place: place, Entry: record.Entry{Client: s.client.ID, Form: form, Subject: "S", Body: "zqbody" + string(form) + "vk", Data: json.RawMessage(data)}}
		if form == record.FormSafeContact {
			f = h.lines(form, f.Entry.Data)
			f.Entry = record.Entry{Client: s.client.ID, Form: form, Subject: "S", Body: "b", Data: json.RawMessage(data)}
		}
		return must(t, of(h.File(ctx, f)))
	}
	file(record.FormSafeContact, `{"safe":"text first"}`, nil)
	s.safe = file(record.FormSafeContact, `{"safe":"never call"}`, nil)
	file(record.FormConsent, `{}`, &record.Place{Jurisdiction: "US-NY", Since: record.Date{Year: 2026, Month: 11, Day: 2}})
	return s
}

func (s *secret) ids() []record.EntryID {
	list := must(s.t, of(s.Timeline(context.Background(), s.client.ID, Page{})))
	ids := make([]record.EntryID, len(list))
	for i, e := range list {
		ids[i] = e.ID
	}
	return ids
}

func (s *secret) keep() record.Keep {
	s.t.Helper()
	list := must(s.t, of(s.Keep(context.Background(), s.client.ID)))
	return list[0]
}

// until gives until when the record would be kept if it were closed today.
func (s *secret) until() (until record.Date) {
	for _, step := range s.keep().Steps {
		if step.Event != "closing" && until.Before(step.Until) {
			until = step.Until
		}
	}
	return until
}

// What is out of sight is in no view, search, count, fact or import, its day
// counts on, and it comes back as it was.
func TestSequester(t *testing.T) {
	s := newSecret(t)
	ctx := context.Background()
	before, line, until := s.ids(), must(t, of(s.Client(ctx, s.client.ID))).SafeContact, s.until()
	facts := must(t, of(s.Facts(ctx, s.client.ID)))
	o := s.order(s.contact.ID, s.corrected.ID, s.message.ID, s.safe.ID)
	s.do(s.Sequester(ctx, s.client.ID, o, nil))
	s.whole()
	if n := len(s.ids()); n != len(before)-5 { // what corrects an entry goes with it
		t.Errorf("%d of %d entries are left", n, len(before))
	}
	for _, query := range []string{"privileged", "zqrightvk", "zqfilevk", "zqamendedvk"} {
		if hits := must(t, of(s.Search(ctx, Search{Query: query}))); len(hits) != 0 {
			t.Errorf("%s is found: %+v", query, hits)
		}
	}
	if _, err := s.Entry(ctx, s.contact.ID); !errors.Is(err, ErrNoEntry) {
		t.Errorf("the entry: %v", err)
	}
	if _, _, err := s.OpenAttachment(ctx, s.contact.Attachments[0].ID); err == nil {
		t.Error("its file opens")
	}
	for what, err := range map[string]error{"amended": s.Amend(ctx, s.contact.ID, "x", "y"), "moved": s.Move(ctx, s.contact.ID, s.other().ID, "x"), "twice": s.Sequester(ctx, s.client.ID, s.order(s.contact.ID), nil)} {
		if !errors.Is(err, ErrNoEntry) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if c := must(t, of(s.Client(ctx, s.client.ID))); c.SafeContact != "text first" || line != "never call" {
		t.Errorf("the line above the record went from %q to %q", line, c.SafeContact)
	}
	if list := must(t, of(s.Clients(ctx))); list[len(list)-1].Entries != 1 || !strings.Contains(list[len(list)-1].LastPreview, "first") {
		t.Errorf("the list says %+v", list)
	}
	if n := must(t, of(s.Withheld(ctx, s.client.ID, record.Date{}, record.Date{}))); n != 5 {
		t.Errorf("%d withheld", n)
	}
	if n := must(t, of(s.Withheld(ctx, s.client.ID, record.DateOf(day0.AddDate(0, 0, -2)), record.DateOf(day0.AddDate(0, 0, -1))))); n != 2 {
		t.Errorf("%d withheld of two days", n)
	}
	if s.until() != until {
		t.Errorf("kept until %s, before until %s", s.until(), until)
	}
	s.importAgain(Withheld)

	list := must(t, of(s.Sequestered(ctx, 0)))
	if len(list) != 5 || list[0].Number != s.client.Number || list[0].Holder != "" || list[0].Order == 0 {
		t.Fatalf("%+v", list)
	}
	for _, q := range list {
		if q.Entry != s.later.ID { // it comes back with the one that it corrects
			s.do(s.Unsequester(ctx, q.ID, "vacated"))
		}
	}
	if err := s.Unsequester(ctx, list[0].ID, "again"); err == nil {
		t.Error("brought back twice")
	}
	s.whole()
	if got := s.ids(); !reflect.DeepEqual(got, before) {
		t.Errorf("back: %v, not %v", got, before)
	}
	if got := must(t, of(s.Facts(ctx, s.client.ID))); !reflect.DeepEqual(got[0].Tally, facts[0].Tally) || len(got[0].Forms) != len(facts[0].Forms) {
		t.Errorf("facts: %+v, not %+v", got[0], facts[0])
	}
	if c := must(t, of(s.Client(ctx, s.client.ID))); c.SafeContact != line {
		t.Errorf("the line is %q", c.SafeContact)
	}
	if hits := must(t, of(s.Search(ctx, Search{Query: "zqamendedvk"}))); len(hits) != 1 {
		t.Errorf("found: %+v", hits)
	}
	s.importAgain(Duplicate)
}

// importAgain offers the record's message once more.
func (s *secret) importAgain(want Outcome) {
	s.t.Helper()
	sum := record.Hash([]byte("privileged message" + strings.Repeat(" ", 32))[:32])
	known := must(s.t, of(s.Known(context.Background(), s.client.ID)))
	if got, _ := known.Recognize(sum, sum, 0); got != want {
		s.t.Errorf("the message is %d, want %d", got, want)
	}
}

// What is sealed to somebody leaves pages, files and disk; the holder reads it
// with age and tar, and nobody else.
func TestSequesterToAHolder(t *testing.T) {
	s := newSecret(t)
	ctx := context.Background()
	s.do(s.Checkpoint(ctx))
	words := []string{"file", "content", "amended", "wrong", "right"}
	if n := len(s.traces(words...)); n != len(words) {
		t.Fatalf("only %d words are there before", n)
	}
	until := s.until()
	id := must(t, of(age.GenerateHybridIdentity()))
	o := s.order(s.contact.ID, s.later.ID)
	for _, wrong := range []string{"age1nonsense", id.String(), id.Recipient().String() + "\n" + id.Recipient().String()} {
		o.Holder = wrong
		if err := s.Sequester(ctx, s.client.ID, o, nil); err == nil || strings.Contains(err.Error(), "AGE-SECRET") {
			t.Errorf("a wrong recipient: %v", err)
		}
	}
	o.Holder, o.HolderName = id.Recipient().String(), "the clerk of the court"
	s.do(s.Sequester(ctx, s.client.ID, o, nil))
	if left := s.traces(words...); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	if files, commits := s.journals(); files != 1 || commits != 0 {
		t.Errorf("%d journals, %d commits", files, commits)
	}
	s.whole()
	if s.until() != until {
		t.Errorf("kept until %s, before until %s", s.until(), until)
	}
	list := must(t, of(s.Sequestered(ctx, s.client.ID)))
	if len(list) != 3 || list[0].Holder != "the clerk of the court" {
		t.Fatalf("%+v", list)
	}
	for _, q := range list {
		if q.Entry != s.contact.ID {
			continue
		}
		if err := s.Unsequester(ctx, q.ID, "vacated"); err == nil || !strings.Contains(err.Error(), "the clerk of the court") {
			t.Errorf("it was brought back: %v", err)
		}
		r := must(t, of(s.OpenSequestered(ctx, q.ID)))
		plain := must(t, of(age.Decrypt(r, id)))
		archive := tar.NewReader(plain)
		must(t, of(archive.Next()))
		var sealed struct {
			Record string
			Entry  record.Entry
		}
		s.do(json.NewDecoder(archive).Decode(&sealed))
		if sealed.Record != s.client.Number || sealed.Entry.Body != "privileged talk" || sealed.Entry.Amendments[0].Text != "zqamendedvk" {
			t.Errorf("sealed: %+v", sealed)
		}
		header := must(t, of(archive.Next()))
		content := must(t, of(io.ReadAll(archive)))
		if !strings.HasSuffix(header.Name, "-zqfilevk.txt") || string(content) != "zqcontentvk" {
			t.Errorf("%s: %q", header.Name, content)
		}
		s.do(r.Close())
	}
	// The moment is taken: an entry of the same one gets another id.
	again := must(t, of(s.Log(ctx, record.Entry{Client: s.client.ID, Channel: record.Text, Direction: record.In, At: s.contact.At, Body: "new"})))
	if again.ID == s.contact.ID {
		t.Error("a new entry took the id")
	}
}

// A whole record leaves the list too; its retention runs on under its number,
// and when it is due it is destroyed with what is out of sight.
func TestSequesterAWholeRecord(t *testing.T) {
	s := newSecret(t)
	ctx := context.Background()
	s.do(s.Checkpoint(ctx))
	if err := s.Sequester(ctx, s.client.ID, s.order(), nil); err == nil || !strings.Contains(err.Error(), "close the record first") {
		t.Errorf("an active record: %v", err)
	}
	s.do(s.Sequester(ctx, s.client.ID, s.order(s.contact.ID), nil), s.SetStatus(ctx, s.client.ID, record.Closed, record.DateOf(s.now), "done"))
	keep, before := s.keep(), s.ids()
	s.do(s.Sequester(ctx, s.client.ID, s.order(), nil))
	s.whole()
	if list := must(t, of(s.Clients(ctx))); len(list) != 0 {
		t.Errorf("listed: %+v", list)
	}
	if _, err := s.Client(ctx, s.client.ID); !errors.Is(err, ErrNoClient) {
		t.Errorf("it opens: %v", err)
	}
	if facts := must(t, of(s.Facts(ctx))); len(facts) != 1 || facts[0].Client.ID != record.Book {
		t.Errorf("facts of %d records", len(facts))
	}
	if facts := must(t, of(s.Facts(ctx, s.client.ID))); len(facts) != 0 {
		t.Errorf("facts: %+v", facts)
	}
	if batches := must(t, of(s.Batches(ctx, 0))); len(batches) != 0 {
		t.Errorf("imports: %+v", batches)
	}
	if _, err := s.Log(ctx, record.Entry{Client: s.client.ID, Channel: record.Text, Direction: record.In, Body: "x"}); !errors.Is(err, ErrNoClient) {
		t.Errorf("something was logged: %v", err)
	}
	if k := s.keep(); k.Name != s.client.Number || k.Until != keep.Until || k.Status != keep.Status {
		t.Errorf("kept: %+v, before %+v", k, keep)
	}
	must(t, of(s.PlaceHold(ctx, record.Hold{Client: s.client.ID, Matter: "appeal"})))
	whole := must(t, of(s.Sequestered(ctx, s.client.ID)))[0]
	if whole.Entry != 0 {
		t.Fatalf("%+v", whole)
	}
	s.do(s.Unsequester(ctx, whole.ID, "vacated"))
	if got := s.ids(); !reflect.DeepEqual(got, before) {
		t.Errorf("back: %v, not %v: what another order put out of sight stays there", got, before)
	}
	s.do(s.LiftHold(ctx, 1, record.Date{}, "the court", "over"), s.Sequester(ctx, s.client.ID, s.order(), nil))
	s.now = s.now.AddDate(21, 0, 5)
	d := must(t, of(s.Destroy(ctx, s.client.ID, "rule", nil)))
	if left := s.traces("file", "content", "amended", "wrong", "right"); len(left) > 0 || d.Entries != len(before)+1 || d.Initials != "A.Q." {
		t.Errorf("left: %v, %+v", left, d)
	}
	s.whole()
}

// Whatever goes out of sight, no record is due earlier by it.
func TestSequesterNeverShortens(t *testing.T) {
	s := newSecret(t)
	ctx := context.Background()
	holder := must(t, of(age.GenerateX25519Identity())).Recipient().String()
	before, reasons := s.until(), len(s.keep().Reasons)
	check := func(what string) {
		t.Helper()
		if s.until().Before(before) || len(s.keep().Reasons) < reasons {
			t.Errorf("%s: kept until %s, before until %s", what, s.until(), before)
		}
	}
	for _, id := range s.ids() {
		s.do(s.Sequester(ctx, s.client.ID, s.order(id), nil))
		check(id.String())
		for _, q := range must(t, of(s.Sequestered(ctx, s.client.ID))) {
			if q.Returned.IsZero() {
				_ = s.Unsequester(ctx, q.ID, "vacated") // another version brought it back
			}
		}
	}
	for _, id := range s.ids() {
		o := s.order(id)
		o.Holder = holder
		if err := s.Sequester(ctx, s.client.ID, o, nil); err != nil && !errors.Is(err, ErrNoEntry) { // it went with another version
			t.Fatal(err)
		}
		check("sealed " + id.String())
	}
	if n := len(s.ids()); n != 0 {
		t.Errorf("%d entries are left", n)
	}
	s.whole()
}

// An order leaves what a client waits for an answer to in sight.
func TestSequesterLeavesARequest(t *testing.T) {
	s := newSecret(t)
	ctx := context.Background()
	request := must(t, of(s.File(ctx, Filing{Entry: record.Entry{Client: s.client.ID, Form: record.FormRequest, At: s.now.Add(-time.Hour), Subject: "Request", Body: "wants a copy", Data: json.RawMessage(`{}`)}})))
	if err := s.Sequester(ctx, s.client.ID, s.order(request.ID), nil); err == nil || !strings.Contains(err.Error(), "answer it first") {
		t.Errorf("an open request: %v", err)
	}
	s.whole()
}
