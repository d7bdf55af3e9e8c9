package intake

import (
	"strings"
	"testing"

	"casekeep/vault/record"

	"github.com/google/go-cmp/cmp"
)

// oneText reads a backup of one message that the handler is to accept.
func oneText(t *testing.T, message string) (Item, *collector) {
	t.Helper()
	h := &collector{}
	r := readText(t, "a.xml", `<smses count="1">`+message+`</smses>`, options(), h)
	if r.Imported != 1 {
		t.Fatalf("not imported: %+v", r)
	}
	return h.items[0], h
}

func mms(attributes, inner string) string {
	if !strings.Contains(attributes, "address=") {
		attributes += ` address="+16015550101"`
	}
	if !strings.Contains(attributes, "msg_box=") {
		attributes += ` msg_box="1"`
	}
	return `<mms date="1767280020000" ` + attributes + `>` + inner + `</mms>`
}

func parts(list ...string) string { return "<parts>" + strings.Join(list, "") + "</parts>" }

func TestMMSParts(t *testing.T) {
	tests := []struct {
		name, inner string
		body        string
		attached    []string // name, type, content
		warning     string
		damaged     bool
	}{
		{"no parts", "", "", nil, "no content", false},
		{"empty parts", "<parts/>", "", nil, "no content", false},
		{"two texts", parts(`<part seq="0" ct="text/plain" text="one"/>`, `<part seq="1" ct="text/plain" text="two"/>`), "one\ntwo", nil, "", false},
		{"layout", parts(`<part seq="-1" ct="application/smil" text="&lt;smil/&gt;"/>`, `<part seq="0" ct="application/smil" text="x"/>`, `<part seq="0" ct="text/plain" text="one"/>`), "one", nil, "", false},
		{"seq -1 that is no SMIL", parts(`<part seq="-1" ct="image/png" data="QUJD"/>`, `<part seq="0" ct="text/plain" text="one"/>`), "one", nil, "a layout part (seq -1, image/png) was left out", false},
		{"data before its type", parts(`<part data="QUJD" ct="image/png" cl="a.png" seq="0"/>`), "", []string{"a.png image/png ABC"}, "", false},
		{"layout known late", parts(`<part data="QUJD" ct="application/smil" seq="-1"/>`, `<part seq="0" ct="text/plain" text="one"/>`), "one", nil, "", false},
		{"names: name, fn, cl", parts(`<part seq="0" ct="image/png" name="n.png" fn="f.png" cl="c.png" data="QUJD"/>`, `<part seq="0" ct="image/png" name="null" fn="f.png" cl="c.png" data="QUJD"/>`, `<part seq="0" ct="image/png" name="null" fn="null" cl="null" data="QUJD"/>`),
			"", []string{"n.png image/png ABC", "f.png image/png ABC", "attachment-3.png image/png ABC"}, "", false},
		{"content not exported", parts(`<part seq="0" ct="image/png" name="a.png" text="null" data="null"/>`), "", nil, "a.png: the content of this attachment is not in the export", true},
		{"content damaged", parts(`<part seq="0" ct="image/png" name="a.png" data="QUJDR!"/>`), "", []string{"a.png image/png ABC"}, "a.png: its content is damaged", true},
		{"visiting card", parts(`<part seq="0" ct="text/x-vCard" cl="dana.vcf" text="BEGIN:VCARD&#10;END:VCARD"/>`), "", []string{"dana.vcf text/x-vcard BEGIN:VCARD\nEND:VCARD"}, "", false},
		{"text in a file", parts(`<part seq="0" ct="text/plain" name="notes.txt" text="null" data="QUJD"/>`), "", []string{"notes.txt text/plain ABC"}, "", false},
		{"the word null", parts(`<part seq="0" ct="text/plain" text="null"/>`), "null", nil, `the text is the word "null"`, false},
		{"single quotes", parts(`<part seq='0' ct='text/plain' text='say "hi"'/>`), `say "hi"`, nil, "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			it, h := oneText(t, mms("", tt.inner))
			var attached []string
			for _, a := range it.Attachments {
				attached = append(attached, a.Name+" "+a.Type+" "+a.Part.(*memoryPart).String())
			}
			if diff := cmp.Diff(tt.attached, attached); diff != "" || it.Body != tt.body || it.Damaged != tt.damaged {
				t.Errorf("body %q, damaged %v: %s", it.Body, it.Damaged, diff)
			}
			if all := strings.Join(it.Warnings, "; "); !strings.Contains(all, tt.warning) || tt.warning == "" && all != "" {
				t.Errorf("warnings %q, want %q", all, tt.warning)
			}
			if h.kept() != len(attached) {
				t.Errorf("%d parts kept", h.kept())
			}
		})
	}
}

func TestMMSPeople(t *testing.T) {
	const others = `<addr address="+16015550103" type="151"/><addr address="+16015550100" type="151"/>`
	from := func(a string) string {
		return "<parts/><addrs>" + `<addr address="` + a + `" type="137"/>` + others + "</addrs>"
	}
	tests := []struct {
		name, attributes, inner string
		direction               record.Direction
		thread, sender          string
		warned                  bool
	}{
		{"one to one", ``, from("+16015550101"), record.In, "+16015550101", "+16015550101", false},
		{"addresses all the same", `address="+16015550101"`, from("+16015550103"), record.In, "+16015550101", "+16015550101", false},
		{"group", `address="+16015550101~6015550103"`, from("(601) 555-0101"), record.In, "+16015550101~+16015550103", "+16015550101", false},
		{"group with the owner", `address="+16015550100~+16015550101~6015550103"`, from("+16015550103"), record.In, "+16015550101~+16015550103", "+16015550103", false},
		{"group without addresses", `address="+16015550101~6015550103"`, "<parts/>", record.In, "+16015550101~+16015550103", "", true},
		{"group, sender is the placeholder", `address="+16015550101~6015550103"`, from("insert-address-token"), record.In, "+16015550101~+16015550103", "", true},
		{"sent, and the list says otherwise", `address="+16015550101" msg_box="2"`, from("+16015550101"), record.Out, "+16015550101", "", false},
		{"sent to a group", `address="+16015550101~6015550103" msg_box="2"`, from("insert-address-token"), record.Out, "+16015550101~+16015550103", "", false},
		{"no address, list after the parts", `address="null"`, `<parts><part seq="0" ct="image/png" data="QUJD"/></parts><addrs><addr address="+16015550101" type="137"/><addr address="insert-address-token" type="151"/></addrs>`, record.In, "+16015550101", "+16015550101", false},
		{"no address, group list", `address="insert-address-token"`, from("+16015550101"), record.In, "+16015550101~+16015550103", "+16015550101", false},
		{"no address at all", `address="null"`, `<parts/>`, record.In, "", "", false},
		{"email address", `address="Dana@Example.org"`, `<parts/>`, record.In, "dana@example.org", "dana@example.org", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			it, _ := oneText(t, mms(tt.attributes+` sub="s"`, tt.inner))
			if it.Direction != tt.direction || it.Thread.Key() != tt.thread || it.From() != tt.sender || len(it.Warnings) > 0 != tt.warned {
				t.Errorf("%s, thread %q, from %q, warnings %q", it.Direction, it.Thread.Key(), it.From(), it.Warnings)
			}
			if it.Group != (len(it.Thread) > 1) {
				t.Error("Group is not what the thread says")
			}
		})
	}
}

func TestHeldMessageKeepsItsPlace(t *testing.T) {
	message := mms(`address="null"`, `<parts><part seq="0" ct="image/png" name="a.png" data="QUJD"/></parts><addrs><addr address="+16015550101" type="137"/></addrs>`)
	it, h := oneText(t, message)
	if it.Raw != sum(message) || it.Locator != "message 1, byte 17" || h.kept() != 1 || len(it.Attachments) != 1 {
		t.Errorf("%+v", it)
	}
	h = &collector{}
	big := strings.Replace(message, "QUJD", strings.Repeat("QUJD", maxHeld/4), 1)
	r := readText(t, "a.xml", smses(sms1+big+sms2), options(), h)
	if r.Imported != 2 || r.Refused != 1 || !strings.Contains(r.RefusedBy[0].Reason, "32 MB") {
		t.Errorf("%+v", r)
	}
}

func TestUnwantedThreadsWithBadContentStaySkipped(t *testing.T) {
	bad := mms(`address="+16015550199"`, `<parts><part seq="0" ct="image/png" data=oops /></parts>`)
	h := &collector{want: func(head Head) (bool, string) { return head.Thread.Key() == "+16015550101", "another thread" }}
	r := readText(t, "a.xml", smses(sms1+bad+sms2), options(), h)
	if r.Imported != 2 || r.Skipped != 1 || r.Refused != 0 {
		t.Errorf("%+v", r)
	}
}

func TestNamesAreNeverPaired(t *testing.T) {
	it, _ := oneText(t, mms(`address="+16015550101~+16015550103" contact_name="Sam Poe, Dana Reyes, LCSW" sub="s"`, ""))
	if diff := cmp.Diff([]string{"Sam Poe, Dana Reyes, LCSW"}, it.Names); diff != "" {
		t.Error(diff)
	}
	for _, p := range it.Parties {
		if p.Name != "" {
			t.Errorf("%s was given the name %q", p.Address, p.Name)
		}
	}
}

func TestTimesSent(t *testing.T) {
	for name, tt := range map[string]struct{ attributes, warning string }{
		"seconds, same moment":      {`date_sent="1767280019"`, ""},
		"milliseconds, same moment": {`date_sent="1767280019000"`, ""},
		"seconds, days before":      {`date_sent="1766934419"`, "sent December 28, 2025, 9:06 AM, received January 1, 2026, 9:07 AM"},
		"milliseconds, days before": {`date_sent="1766934419000"`, "sent December 28, 2025, 9:06 AM, received January 1, 2026, 9:07 AM"},
		"none":                      {`date_sent="0"`, ""},
		"null":                      {`date_sent="null"`, ""},
	} {
		it, _ := oneText(t, mms(tt.attributes+` sub="s"`, ""))
		if all := strings.Join(it.Warnings, "; "); all != tt.warning {
			t.Errorf("%s: %q", name, all)
		}
	}
}

func TestTextOddities(t *testing.T) {
	it, _ := oneText(t, `<sms address="null" date="1767280020000" type="1" body="null" subject="null" contact_name="(Unknown)"/>`)
	if it.Body != "null" || len(it.Warnings) != 1 || len(it.Thread) != 0 || len(it.Names) != 0 || it.Subject != "" {
		t.Errorf("%+v", it)
	}
	it, _ = oneText(t, `<sms address="+16015550101" date="1767280020000" type="2" body="x" status="64"/>`)
	if it.Outcome != "delivery failed" {
		t.Errorf("%+v", it)
	}
	it, _ = oneText(t, `<sms address="+16015550101" date="1767280020" type="1" body="date in seconds"/>`)
	if it.At.Year() != 2026 {
		t.Errorf("%v", it.At)
	}
	it, _ = oneText(t, `<sms address="+16015550101" date="1767280020000" type="1" body="a > b <sms c"/>`)
	if it.Body != "a > b <sms c" {
		t.Errorf("%q", it.Body)
	}
	it, _ = oneText(t, `<sms address="+16015550101" date="1767280020000" type="1" body="lost &#55357;"/>`)
	if !it.Damaged || len(it.Warnings) != 1 {
		t.Errorf("%+v", it)
	}
}
