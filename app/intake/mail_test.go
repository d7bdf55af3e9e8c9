package intake

import (
	"strings"
	"testing"
	"time"

	"casekeep/vault/record"
)

// oneMail reads an email that the handler is to accept.
func oneMail(t *testing.T, text string) Item {
	t.Helper()
	h := &collector{}
	r := readText(t, "a.eml", text, options(), h)
	if r.Imported != 1 {
		t.Fatalf("not imported: %+v", r)
	}
	return h.items[0]
}

const plainMail = "From: Dana <dana@example.org>\nTo: office@example.org\nDate: Thu, 1 Jan 2026 09:00:00 -0600\nMessage-ID: <p1@example.org>\nSubject: Hello\n"

func TestMailCharsets(t *testing.T) {
	tests := []struct {
		name, ctype, body string
		want, warning     string
		damaged           bool
	}{
		{"declared Latin-1", "text/plain; charset=iso-8859-1", "caf\xe9", "café", "", false},
		{"declared Latin-1, is UTF-8", "text/plain; charset=iso-8859-1", "café", "café", "is in UTF-8", false},
		{"declared ASCII, is Windows-1252", "text/plain; charset=us-ascii", "it\x92s", "it’s", "Windows-1252", false},
		{"declared UTF-8, is Windows-1252", "text/plain; charset=utf-8", "caf\xe9", "café", "Windows-1252", false},
		{"nothing declared, UTF-8", "text/plain", "café", "café", "", false},
		{"unknown charset", "text/plain; charset=x-wonder", "café", "café", "unknown", false},
		{"damaged UTF-8", "text/plain; charset=utf-8", "caf\xc3\xa9 \xe2\x80\x93 \xc3 ok", "café – \uFFFD ok", "byte C3", true},
		{"Japanese", "text/plain; charset=iso-2022-jp", "\x1b$B$3$s\x1b(B", "こん", "", false},
		{"Shift_JIS", "text/plain; charset=Shift_JIS", "\x82\xb1\x82\xf1", "こん", "", false},
		{"GB 18030", "text/plain; charset=\"gb2312\"", "\xc4\xe3\xba\xc3", "你好", "", false},
		{"control characters", "text/plain", "a\x00b\x1bc", "a\uFFFDb\uFFFDc", "U+0000", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			it := oneMail(t, plainMail+"Content-Type: "+tt.ctype+"\n\n"+tt.body+"\n")
			if it.Body != tt.want || it.Damaged != tt.damaged {
				t.Errorf("got %q, damaged %v; want %q", it.Body, it.Damaged, tt.want)
			}
			if all := strings.Join(it.Warnings, "; "); !strings.Contains(all, tt.warning) || tt.warning == "" && all != "" {
				t.Errorf("warnings %q, want %q", all, tt.warning)
			}
		})
	}
}

func TestMailHeaderBytes(t *testing.T) {
	it := oneMail(t, "From: J\xf6rg <jorg@example.org>\r\nTo: office@example.org\r\nDate: Thu, 1 Jan 2026 09:00:00 -0600\r\nSubject: Gr\xfc\xdfe\r\n\tzur\u00fcck\r\n\r\nx\r\n")
	if it.Parties[0].Name != "Jörg" {
		t.Errorf("name %q", it.Parties[0].Name)
	}
	it = oneMail(t, "From: Jörg <jorg@example.org>\r\nDate: Thu, 1 Jan 2026 09:00:00 -0600\r\nSubject: =?iso-8859-1?Q?Gr=FC=DFe?=\r\n\t=?utf-8?B?8J+YgA==?= ok\r\n\r\nx\r\n")
	if it.Subject != "Grüße😀 ok" || it.Parties[0].Name != "Jörg" {
		t.Errorf("subject %q, name %q", it.Subject, it.Parties[0].Name)
	}
}

func TestMailDates(t *testing.T) {
	const head = "From: dana@example.org\nTo: office@example.org\n"
	const hop = "Received: from a.example.org by b.example.org; Fri, 2 Jan 2026 10:00:00 +0000\n"
	tests := []struct {
		name, header string
		at           string // RFC 3339, UTC; "": refused
		zone         string
		basis        record.ZoneBasis
		warning      string
	}{
		{"with zone", "Date: Thu, 1 Jan 2026 09:00:00 -0600\n", "2026-01-01T15:00:00Z", "-06:00", record.ZoneFile, ""},
		{"with comment", "Date: Thu, 1 Jan 2026 09:00:00 -0600 (CST)\n", "2026-01-01T15:00:00Z", "-06:00", record.ZoneFile, ""},
		{"obsolete zone", "Date: 1 Jan 26 09:00 EST\n", "2026-01-01T14:00:00Z", "-05:00", record.ZoneFile, ""},
		{"zone unknown", "Date: Thu, 1 Jan 2026 15:00:00 -0000\n", "2026-01-01T15:00:00Z", "+00:00", record.ZoneFile, ""},
		{"no zone", "Date: Thu, 1 Jan 2026 09:00:00\n", "2026-01-01T15:00:00Z", "America/Chicago", record.ZoneAssumed, ""},
		{"none, received", hop, "2026-01-02T10:00:00Z", "+00:00", record.ZoneFile, "states no date"},
		{"nonsense, received", "Date: yesterday\n" + hop, "2026-01-02T10:00:00Z", "+00:00", record.ZoneFile, "cannot be read (yesterday)"},
		{"absurd, received", "Date: Thu, 1 Jan 9026 09:00:00 -0600\n" + hop, "2026-01-02T10:00:00Z", "+00:00", record.ZoneFile, "cannot be read"},
		{"no such day", "Date: Mon, 31 Feb 2026 09:00:00 -0600\n" + hop, "2026-01-02T10:00:00Z", "+00:00", record.ZoneFile, "cannot be read"},
		{"disagreeing", "Date: Thu, 18 Dec 2025 09:00:00 -0600\n" + hop, "2025-12-18T15:00:00Z", "-06:00", record.ZoneFile, "dated December 18, 2025, 9:00 AM, received January 2, 2026, 4:00 AM"},
		{"none at all", "", "", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := &collector{}
			r := readText(t, "a.eml", head+tt.header+"\nhello\n", options(), h)
			if tt.at == "" {
				if r.Refused != 1 || !strings.Contains(r.RefusedBy[0].Reason, "no date") {
					t.Errorf("%+v", r)
				}
				return
			}
			it := h.items[0]
			if got := it.At.Format(time.RFC3339); got != tt.at || it.Zone != tt.zone || it.Basis != tt.basis {
				t.Errorf("got %s %s %s", got, it.Zone, it.Basis)
			}
			if all := strings.Join(it.Warnings, "; "); !strings.Contains(all, tt.warning) || tt.warning == "" && all != "" {
				t.Errorf("warnings %q, want %q", all, tt.warning)
			}
		})
	}
}

func TestMailboxLineDatesWhatHasNoDate(t *testing.T) {
	h := &collector{}
	readText(t, "a.mbox", "From - Thu Jan  1 09:00:00 2026\nFrom: dana@example.org\n\nhello\n", options(), h)
	if it := h.items[0]; it.At.Format(time.RFC3339) != "2026-01-01T15:00:00Z" || it.Basis != record.ZoneAssumed || it.Original != "Jan 1 09:00:00 2026" {
		t.Errorf("%v %s %q", it.At, it.Basis, it.Original)
	}
}

func TestMailHTMLOnly(t *testing.T) {
	it := oneMail(t, plainMail+"Content-Type: text/html; charset=utf-8\n\n"+
		`<html><head><title>no</title><style>p{}</style></head><body><p>Dear&nbsp;Dana,<br>see <a href="https://example.org/map">the map</a>.</p>
<ul><li>form</li><li><p>pen</p></li></ul><blockquote><p>earlier words</p></blockquote>
<img src="https://tracker.example.org/x.gif"><img src="cid:1" alt="a cat"><script>alert(1)</script></body></html>`)
	want := "Dear\u00a0Dana,\nsee the map <https://example.org/map>.\n\n- form\n- pen\n\n> earlier words\n\n[picture: a cat]"
	if it.Body != want {
		t.Errorf("got %q, want %q", it.Body, want)
	}
	if all := strings.Join(it.Warnings, "; "); !strings.Contains(all, "HTML only") || !strings.Contains(all, "not fetched: 1") {
		t.Errorf("warnings %q", all)
	}
}

func TestMailDirections(t *testing.T) {
	tests := []struct {
		from, to string
		want     record.Direction
		thread   string
	}{
		{"Dana@Example.ORG", "office@example.org", record.In, "dana@example.org"},
		{"OFFICE@example.org", "dana@example.org, Lee <lee@example.org>", record.Out, "dana@example.org~lee@example.org"},
		{"office@example.org", "office@example.org", record.Out, "office@example.org"},
		{`"Comma, Dana" <dana@example.org>`, "undisclosed-recipients:;", record.In, "dana@example.org"},
		{"dana@example.org (Dana (R.))", `Team: a@example.org, "b@c"@example.org;`, record.In, `"b@c"@example.org~a@example.org~dana@example.org`},
	}
	for _, tt := range tests {
		it := oneMail(t, "From: "+tt.from+"\nTo: "+tt.to+"\nDate: Thu, 1 Jan 2026 09:00:00 -0600\n\nx\n")
		if it.Direction != tt.want || it.Thread.Key() != tt.thread {
			t.Errorf("from %s to %s: %s, thread %s", tt.from, tt.to, it.Direction, it.Thread.Key())
		}
	}
}

func TestMailIdentity(t *testing.T) {
	sent := oneMail(t, plainMail+"\nhello \n")
	received := oneMail(t, "Received: by mx.example.org; Thu, 1 Jan 2026 15:00:09 +0000\n"+plainMail+"\nhello\n")
	if sent.Key != received.Key || sent.Content != received.Content {
		t.Error("the copies of sender and receiver are two emails")
	}
	changed := oneMail(t, plainMail+"\nhello, changed\n")
	if changed.Key != sent.Key || changed.Content == sent.Content {
		t.Error("a changed email is no second version of the first")
	}
	anonymous := strings.Replace(plainMail, "Message-ID: <p1@example.org>\n", "", 1)
	if a, b := oneMail(t, anonymous+"\nhello\n"), oneMail(t, anonymous+"\nbye\n"); a.Key == b.Key || a.Key == sent.Key {
		t.Error("emails without a Message-ID are not told apart")
	}
}

func TestMailAttachmentNames(t *testing.T) {
	tests := map[string]string{
		`filename="../../.bashrc"`:                         "bashrc",
		`filename="C:\\Windows\\evil.exe"`:                 "evil.exe",
		`filename="inv` + "\u202E" + `fdp.exe"`:            "invfdp.exe",
		`filename*=utf-8''na%C3%AFve%20plan.pdf`:           "naïve plan.pdf",
		`filename="=?utf-8?B?w7xiZXIucGRm?="`:              "über.pdf",
		`filename="a` + strings.Repeat("x", 400) + `.pdf"`: "a" + strings.Repeat("x", 195) + ".pdf",
		`filename=".."`:                                    "attachment-1.pdf",
		``:                                                 "attachment-1.pdf",
	}
	for disposition, want := range tests {
		it := oneMail(t, plainMail+"Content-Type: application/pdf\nContent-Disposition: attachment; "+disposition+"\n\nx")
		if len(it.Attachments) != 1 || it.Attachments[0].Name != want {
			t.Errorf("%s: %+v", disposition, it.Attachments)
		}
	}
}

func TestMailWithoutOwnAddresses(t *testing.T) {
	opt := options()
	opt.Own = []string{"6015550100"}
	r := readText(t, "a.eml", plainMail+"\nx\n", opt, &collector{})
	if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0].Text, "enter the practice's own addresses") {
		t.Errorf("%+v", r.Warnings)
	}
}

func TestMailOddities(t *testing.T) {
	if it := oneMail(t, plainMail+"\n"); it.Body != "" || it.Damaged {
		t.Errorf("empty body: %+v", it)
	}
	if it := oneMail(t, strings.TrimSuffix(plainMail, "\n")); it.Subject != "Hello" {
		t.Errorf("header alone: %+v", it)
	}
	it := oneMail(t, plainMail+"Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\neJ8+Ig==\n")
	if len(it.Attachments) != 1 || len(it.Warnings) != 1 || !strings.Contains(it.Warnings[0], "winmail.dat: Outlook") {
		t.Errorf("winmail.dat: %+v", it)
	}
	it = oneMail(t, plainMail+"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nfirst\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KG")
	if it.Body != "first" || !it.Damaged || len(it.Attachments) != 1 || it.Attachments[0].Size != 6 {
		t.Errorf("cut off: %+v", it)
	}
}
