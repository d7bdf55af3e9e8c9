package release_test

import (
	"os"
	"testing"
	"time"

	"casekeep/app/release"
	"casekeep/vault/record"
)

// TestWholeRecord produces a record with something of everything and reads
// it back.
func TestWholeRecord(t *testing.T) {
	path, result := produce(t, rich(), release.Options{})
	if keep := os.Getenv("CASEKEEP_KEEP_PDF"); keep != "" {
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(keep, file, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run(t, "qpdf", "--check", path)
	if result.Entries != 16 || result.Attachments != 4 {
		t.Errorf("%d entries and %d attachments, not 16 and 4", result.Entries, result.Attachments)
	}
	inOrder(t, textOf(t, path), "Client record", "Marcus Webb", "2024-017", "Contents", "March 2024",
		"Is tomorrow at 4 still ok? 🙂", "First session.", "Amended March 12, 2024", "Client's correction", "not the school",
		"Written late: on March 9, 2024", "Struck through as an error", "This text is for another client.",
		"Attachments", "IMG_2041.jpg", "Provenance", "sms-20260801.xml", "message 53, byte 10412", "Audit chain")
}

func rich() release.Record {
	f := files{}
	src := record.Source{ID: 3, Name: "sms-20260801.xml", Format: "SMS Backup & Restore", Parser: "sms-backup-restore/1", Size: 48211234, SHA256: record.Hash{1, 2, 3}, Declared: 812, Imported: at("2026-08-02 10:00:00")}
	prov := func(e record.Entry, loc string) record.Entry {
		e.Provenance = &record.Provenance{Source: src, Locator: loc, Raw: record.Hash{9, 8, byte(len(loc))}, Original: "1709565032000"}
		e.Batch = 2
		return e
	}
	var es []record.Entry
	add := func(e record.Entry) { es = append(es, e) }
	e := entry("2024-03-04 09:10:32", "Hi Dana, it's Marcus. Is tomorrow at 4 still ok? 🙂")
	add(prov(e, "message 53, byte 10412"))
	e = entry("2024-03-04 09:17:00", "Yes, 4:00 PM works. Same place as last time. Let me know if the bus is late again and we can move it to 4:15.")
	e.Direction = record.Out
	e.Identity = record.IdentityConfirmed
	e.Location = "Jackson, MS"
	add(prov(e, "message 54, byte 10990"))
	e = entry("2024-03-05 16:00:00", "First session. Reviewed the consent for services and the texting policy; Marcus asked what happens to texts after the case is closed.\n\nPlan:\n  - weekly sessions until June\n  - bring the school letter next time")
	e.Channel = record.InPerson
	e.Direction = record.Out
	e.Duration = 50 * time.Minute
	e.Written = at("2024-03-09 18:30:00")
	e.Amendments = []record.Amendment{{At: at("2024-03-12 10:00:00"), Author: "Dana Quill, LCSW", Text: "The letter is from the clinic, not the school.", Reason: "Client's correction"}}
	add(e)
	e = entry("2024-03-06 11:02:10", "See the attached picture and the form")
	e.Attachments = []record.Attachment{f.add("IMG_2041.jpg", "image/jpeg", photo(1600, 1200)), f.add("intake form.pdf", "application/pdf", make([]byte, 48123)), f.add("broken.png", "image/png", []byte("no picture"))}
	add(prov(e, "message 60, byte 20990"))
	e = entry("2024-03-07 08:00:00", "This text is for another client.")
	e.Struck = &record.Strike{At: at("2024-03-07 08:30:00"), Author: "Dana Quill, LCSW", Reason: "Sent to the wrong number"}
	add(e)
	for i, b := range []string{
		"שלום דנה, מה שלומך? נפגש ב-15:30 (בערך).", "مرحبا، هل الموعد غداً في الساعة ٤؟ لا بأس.", "नमस्ते, क्या हम कल मिल सकते हैं?", "สวัสดีค่ะ พรุ่งนี้เจอกันตอนบ่าย", "明日の予定を確認したいです。よろしくお願いします。", "Família 👨‍👩‍👧‍👦 👍🏽 🇺🇸 ❤️ décomposé — ok", "A very long link: https://example.org/forms/" + string(make([]byte, 0)) + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/b?x=1", "control \a and unassigned \u0378 and private \ue123",
	} {
		e := entry("2024-04-0"+string(rune('1'+i))+" 12:00:00", b)
		add(prov(e, "message 70"))
	}
	e = entry("2025-01-07 11:02:10", "Re: the letter. Please see the screenshot.")
	e.Channel = record.Mail
	e.Subject = "Screenshot of the portal"
	e.Attachments = []record.Attachment{f.add("Screenshot.png", "image/png", screenshot(1080, 2400))}
	add(e)
	e = entry("2025-01-07 12:02:10", "")
	e.Channel = record.Call
	e.Duration = 12*time.Minute + 5*time.Second
	e.Outcome = "left voicemail"
	e.Supersedes = es[0].ID
	add(e)
	long := ""
	for range 60 {
		long += "We talked about the move and what it would mean for the children, and agreed to look at it again. "
	}
	add(entry("2025-02-07 12:02:10", long+"\n\n"+long))
	rec := sample(es...)
	rec.Open = f.open
	return rec
}
