package intake

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"casekeep/vault/record"

	"github.com/google/go-cmp/cmp"
)

func TestMailbox(t *testing.T) {
	h := &collector{}
	r := readFile(t, "takeout.mbox", options(), h)
	if r.Found != 4 || r.Imported != 2 || r.Skipped != 1 || r.Duplicates != 1 || r.Declared != -1 || r.Parser != "mailbox/1" {
		t.Fatalf("%+v", r)
	}
	want := []line{
		{"09:07:00", "in", "dana.reyes@example.org~sam@example.org", "dana.reyes@example.org",
			"Can we move to Thursday? The café is fine too.\n\nFrom here it is a ten minute walk.\n\n> On Dec 30, 2025 you wrote:\n> See you Tuesday."},
		{"10:00:00", "out", "dana.reyes@example.org", "office@example.org",
			"Thursday at 2 works.\n\nFrom what I remember the door is on the left."},
	}
	if diff := cmp.Diff(want, lines(h.items)); diff != "" {
		t.Error(diff)
	}
	if r.SkippedBy[0].Reason != "draft" {
		t.Errorf("%+v", r.SkippedBy)
	}
}

func TestMailboxHeader(t *testing.T) {
	h := &collector{}
	readFile(t, "takeout.mbox", options(), h)
	it := h.items[0]
	if it.Subject != "Next week – café?" || it.MessageID != "a1@mail.example.org" || !it.Group {
		t.Errorf("%+v", it.Head)
	}
	wantParties := []record.Party{
		{Name: "Dána Reyes", Address: "dana.reyes@example.org", Role: "from"},
		{Name: "Office, River Practice", Address: "office@example.org", Role: "to"},
		{Name: "Sam Poe", Address: "sam@example.org", Role: "cc"},
	}
	if diff := cmp.Diff(wantParties, it.Parties); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Inbox", "Important", "Précis", "thread:1719000000000000001"}, it.Labels); diff != "" {
		t.Error(diff)
	}
	if it.Zone != "-06:00" || it.Basis != record.ZoneFile || it.Original != "Thu, 1 Jan 2026 09:07:00 -0600" ||
		!it.At.Equal(time.Date(2026, 1, 1, 15, 7, 0, 0, time.UTC)) {
		t.Errorf("%v %s %s %s", it.At, it.Zone, it.Basis, it.Original)
	}
	if it.Damaged || len(it.Warnings) > 0 {
		t.Errorf("%q", it.Warnings)
	}
}

func TestMailboxAttachments(t *testing.T) {
	h := &collector{}
	readFile(t, "takeout.mbox", options(), h)
	var got []string
	for i, a := range h.items[0].Attachments {
		got = append(got, a.Name+" "+a.Type)
		if a.SHA256 != sum(h.parts[i].String()) || a.Size != int64(h.parts[i].Len()) {
			t.Errorf("%s: hash or size is not that of its bytes", a.Name)
		}
	}
	want := []string{"hours.csv text/csv", "attachment-2.ics text/calendar", "An older letter.eml message/rfc822"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if s := h.parts[0].String(); s != "day,hours\nMonday\xf9,2\n" {
		t.Errorf("the attachment's bytes were changed: %q", s)
	}
	if s := h.parts[2].String(); !strings.HasSuffix(s, "-0600\n\ninside") {
		t.Errorf("the email within: %q", s)
	}
}

func TestMailboxProvenance(t *testing.T) {
	h := &collector{}
	text := "From a@example.org Thu Jan  1 09:00:00 2026\nFrom: a@example.org\nDate: Thu, 1 Jan 2026 09:00:00 +0000\n\none\n\n" +
		"From b@example.org Thu Jan  1 10:00:00 2026\nFrom: b@example.org\nDate: Thu, 1 Jan 2026 10:00:00 +0000\n\n>>From two\n"
	r := readText(t, "a.mbox", text, options(), h)
	second := text[strings.Index(text, "From b@"):]
	if r.Imported != 2 || h.items[1].Raw != sum(second) || h.items[1].Body != ">From two" {
		t.Errorf("%+v %q", r, h.items[1].Body)
	}
	if want := fmt.Sprintf("message 2, byte %d", strings.Index(text, second)); h.items[1].Locator != want {
		t.Errorf("locator %q, want %q", h.items[1].Locator, want)
	}
	if h.items[1].MessageID != "" || h.items[0].Key == h.items[1].Key {
		t.Error("emails without a Message-ID have no key of their own")
	}
}
