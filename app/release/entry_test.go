package release_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"casekeep/app/release"
	"casekeep/vault/record"
)

// everyScript are messages of one record, in order.
var everyScript = []string{
	"Thanks, Dana — café at 5? déjà vu, mañana, Ångström, naïve",
	"e\u0301le\u0300ve with combining accents, a\u0308 o\u0302",
	"שלום דנה, מה שלומך? נפגש ב-15:30 (בערך).",
	"مرحبا، هل الموعد غداً في الساعة ٤؟ لا بأس، شكراً",
	"नमस्ते, क्या हम कल मिल सकते हैं?",
	"สวัสดีค่ะ พรุ่งนี้เจอกันตอนบ่าย",
	"明日の予定を確認したいです。よろしくお願いします。",
	"下周二可以吗？谢谢！",
	"내일 뵙겠습니다.",
	"Здравствуйте! Γειά σου.",
	"Family 👨‍👩‍👧‍👦 thumbs 👍🏽 flags 🇺🇸🇲🇽 heart ❤️ kiss 👩🏽‍❤️‍💋‍👨🏾 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 done",
	"First line\nsecond line\n\n  and an indented one",
	"https://example.org/a/very/long/path/that/goes/on?with=parameters&and=more",
}

// TestEveryMessageComesBack is the promise of the paper: pdftotext gives back
// what was said, all of it, in order.
func TestEveryMessageComesBack(t *testing.T) {
	var entries []record.Entry
	day := at("2024-03-04 09:00:00")
	for i, body := range everyScript {
		e := entry("2024-03-04 09:00:00", body)
		e.At = day.Add(time.Duration(i) * 5 * time.Hour)
		e.ID = idOf(e.At, 0)
		entries = append(entries, e)
	}
	path, result := produce(t, sample(entries...), release.Options{})
	run(t, "qpdf", "--check", path)
	if len(result.Missing) != 0 {
		t.Errorf("without a glyph: %+v", result.Missing)
	}
	inOrder(t, textOf(t, path), everyScript...)
	inOrder(t, textOf(t, path, "-layout"), everyScript...)
}

func TestHeader(t *testing.T) {
	e := entry("2024-07-04 21:05:09", "said")
	e.Zone = "America/New_York"
	e.ZoneBasis = record.ZoneAssumed
	e.Channel, e.Direction = record.Voicemail, record.Third
	e.Duration, e.Outcome = 65*time.Second, "interrupted"
	e.Identity, e.Location = record.IdentityNot, "Biloxi, MS"
	e.Parties = append(e.Parties, record.Party{Name: "Ruth Webb", Role: "mother"}, record.Party{Address: "ruth@example.org", Role: "cc"})
	path, _ := produce(t, sample(e), release.Options{Fonts: noFonts})
	inOrder(t, textOf(t, path), "Thursday, July 4, 2024", "1 July 4, 2024, 10:05:09 PM EDT (UTC-04:00) Voicemail · third person",
		"From Marcus Webb (+16015550134); to Dana Quill; cc ruth@example.org; with Ruth Webb, mother",
		"Duration 1 min 5 s · Outcome: interrupted · Identity not confirmed · Client's location: Biloxi, MS",
		"said", "Entered July 4, 2024, 9:06:09 PM CDT (UTC-05:00) by Dana Quill, LCSW · time zone assumed at import · ID "+e.ID.String())

	e.Zone = "+05:30"
	path, _ = produce(t, sample(e), release.Options{Fonts: noFonts})
	inOrder(t, textOf(t, path), "July 5, 2024, 7:35:09 AM UTC+05:30")
}

func TestWhatWasChangedLater(t *testing.T) {
	first := entry("2024-03-04 09:10:00", "at the wrong hour")
	struck := entry("2024-03-05 09:10:00", "meant for someone else")
	struck.Struck = &record.Strike{At: at("2024-03-05 10:00:00"), Author: "D. Quill", Reason: "wrong client"}
	amended := entry("2024-03-06 09:10:00", "as it was said")
	amended.Amendments = []record.Amendment{
		{At: at("2024-03-07 10:00:00"), Author: "D. Quill", Text: "first addition", Reason: "client asked"},
		{At: at("2024-03-08 10:00:00"), Text: "second addition"},
	}
	late := entry("2024-03-07 09:10:00", "written afterwards")
	late.Written = at("2024-03-10 20:00:00")
	fixed := entry("2024-03-09 09:10:00", "at the right hour")
	fixed.Supersedes, first.Superseded = first.ID, fixed.ID
	path, _ := produce(t, sample(first, struck, amended, late, fixed), release.Options{Fonts: noFonts})
	inOrder(t, textOf(t, path),
		"Superseded by the entry with ID "+fixed.ID.String(), "at the wrong hour",
		"Struck through as an error on March 5, 2024, 10:00 AM CST (UTC-06:00) by D. Quill. Reason: wrong client", "meant for someone else",
		"as it was said", "Amended March 7, 2024, 10:00 AM CST (UTC-06:00) by D. Quill. Reason: client asked", "first addition",
		"Amended March 8, 2024", "second addition",
		"written afterwards", "Written late: on March 10, 2024, 8:00 PM CDT (UTC-05:00), 3 days after the contact.",
		"Corrects the time of entry 1 (ID "+first.ID.String()+")", "at the right hour")
}

func TestProvenance(t *testing.T) {
	source := record.Source{ID: 3, Name: "sms.xml", Format: "SMS Backup & Restore", Parser: "sms-backup-restore/1", Size: 2048,
		SHA256: record.Hash{0xab}, Declared: 2, Imported: at("2024-08-02 10:00:00")}
	e := entry("2024-03-04 09:10:00", "imported")
	e.Written = at("2024-08-02 10:00:00")
	e.Provenance = &record.Provenance{Source: source, Locator: "message 53, byte 10412", Raw: record.Hash{0xcd}, Original: "1709565000000",
		MessageID: "<a@example.org>", Warnings: []string{"one half of an emoji is lost"}, Damaged: true}
	path, _ := produce(t, sample(e), release.Options{Fonts: noFonts})
	text := textOf(t, path)
	inOrder(t, text, "imported", "Imported from sms.xml, message 53, byte 10412 · damaged in the export, see provenance",
		"Provenance of imported entries", "sms.xml", "SMS Backup & Restore, read by sms-backup-restore/1 · 2.0 KB (2,048 bytes) · says that it holds 2 messages",
		"SHA-256 ab00", "Imported August 2, 2024", "1 message 53, byte 10412 · time in the file: 1709565000000 · message ID <a@example.org> · raw SHA-256",
		"cd00", "Damaged", "Warning: one half of an emoji is lost")
	if strings.Contains(text, "Written late") {
		t.Error("an imported message counts as written late")
	}
}

// TestAttachments shows pictures, and lists every file, those included that
// cannot be shown.
func TestAttachments(t *testing.T) {
	f := files{}
	small := screenshot(2, 2)
	binary.BigEndian.PutUint32(small[16:], 60_000)
	binary.BigEndian.PutUint32(small[20:], 60_000)
	binary.BigEndian.PutUint32(small[29:], crc32.ChecksumIEEE(small[12:29]))
	e := entry("2024-03-04 09:10:00", "look")
	e.Attachments = []record.Attachment{
		f.add("photo.jpg", "image/jpeg", photo(640, 480)),
		f.add("screen.png", "image/png", screenshot(300, 200)),
		f.add("bomb.png", "image/png", small),
		f.add("form.pdf", "application/pdf", []byte("%PDF-1.4")),
		f.add("", "text/vcard", []byte("BEGIN:VCARD")),
	}
	gone := f.add("gone.png", "image/png", screenshot(9, 9))
	f[gone.ID] = nil
	swapped := f.add("swapped.png", "image/png", screenshot(9, 9))
	f[swapped.ID] = screenshot(10, 10)
	e.Attachments = append(e.Attachments, gone, swapped)
	rec := sample(e)
	rec.Open = f.open
	path, result := produce(t, rec, release.Options{Fonts: noFonts})
	run(t, "qpdf", "--check", path)
	if len(result.NotShown) != 3 || result.Attachments != 7 || result.NotShown[0].Name != "bomb.png" || result.NotShown[0].Entry != e.ID {
		t.Errorf("%d attachments, not shown: %+v", result.Attachments, result.NotShown)
	}
	if images := run(t, "pdfimages", "-list", path); strings.Count(images, " rgb ") != 2 {
		t.Errorf("the images are:\n%s", images)
	}
	text := textOf(t, path)
	for range 2 { // at the entry and in the list
		inOrder(t, text, "photo.jpg · image/jpeg", "SHA-256 "+e.Attachments[0].SHA256.String(), "screen.png", "bomb.png",
			"Not shown: it claims 60000 by 60000 pixels, too many to show.", "form.pdf · application/pdf · 8 bytes", "without a name",
			"gone.png", "Not shown: its content could not be read: the sealed file of gone.png is missing.",
			"swapped.png", "Not shown: its content does not match its SHA-256.")
		_, text, _ = strings.Cut(text, "Every file that came with an entry")
	}
}

func TestMissingGlyphs(t *testing.T) {
	a, b := entry("2024-03-04 09:10:00", "漢 and 漢 \ue000"), entry("2024-03-05 09:10:00", "漢\a")
	path, result := produce(t, sample(a, b), release.Options{Fonts: noFonts})
	if len(result.Missing) != 3 {
		t.Fatalf("%+v", result.Missing)
	}
	for i, want := range []release.MissingGlyph{
		{Char: 7, Script: "Control", Times: 1, Entries: []record.EntryID{b.ID}},
		{Char: '漢', Script: "Han", Times: 3, Entries: []record.EntryID{a.ID, b.ID}},
		{Char: 0xe000, Script: "Private use", Times: 1, Entries: []record.EntryID{a.ID}},
	} {
		got := result.Missing[i]
		if got.Char != want.Char || got.Script != want.Script || got.Times != want.Times || len(got.Entries) != len(want.Entries) {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	inOrder(t, textOf(t, path), "3 characters are drawn as a box", "漢 and 漢", "Characters drawn as boxes",
		"U+0007 · Control · 1 time · in entry 2", "U+6F22 · Han · 3 times · in entry 1, 2", "U+E000 · Private use · 1 time · in entry 1")
}

// TestNothingElse keeps what is the practice's own, or about safety, off the
// paper.
func TestNothingElse(t *testing.T) {
	rec := sample(entry("2024-03-04 09:10:00", "a"))
	rec.Client.SafeContact, rec.Client.Risk = "never call the landline", "a safety plan exists"
	rec.Client.Contacts = []record.ContactPoint{{Value: "601-555-0177"}}
	path, _ := produce(t, rec, release.Options{Fonts: noFonts})
	text := textOf(t, path)
	for _, private := range []string{"landline", "safety plan", "555-0177"} {
		if strings.Contains(text, private) {
			t.Errorf("%q is in the record", private)
		}
	}
	info := run(t, "pdfinfo", path)
	for _, want := range []string{"Creator:         Casekeep", "Title:           Client record · Marcus Webb · no. 2024-017", "Page size:       612 x 792 pts (letter)"} {
		if !strings.Contains(info, want) {
			t.Errorf("%q is missing in\n%s", want, info)
		}
	}
	if root := run(t, "mutool", "show", path, "trailer/Root"); !strings.Contains(root, "/Lang (en-US)") && !strings.Contains(root, "/Lang <656E2D5553>") {
		t.Errorf("the language is not stated:\n%s", root)
	}
}

// TestLongCover has a cover that runs over many pages, and a name that is
// longer than the footer.
func TestLongCover(t *testing.T) {
	rec := sample(entry("2024-03-04 09:10:00", "the only entry"))
	rec.Client.Name = strings.Repeat("Aurelio ", 60) + "Webb"
	rec.LeftOut = nil
	for i := range 4000 {
		rec.LeftOut = append(rec.LeftOut, fmt.Sprintf("item %d", i))
	}
	path, result := produce(t, rec, release.Options{Fonts: noFonts})
	run(t, "qpdf", "--check", path)
	text := textOf(t, path, "-layout")
	inOrder(t, text, "Left out", "item 0", "item 3999", "Confidential", "Contents", "the only entry", "This record ends here.")
	covers := strings.Count(text[:strings.Index(text, "Contents\n")], "\f")
	month := regexp.MustCompile(`March 2024 +1 entry +([0-9,]+)`).FindStringSubmatch(text)
	if month == nil || month[1] != fmt.Sprint(covers+2) {
		t.Errorf("%d pages of cover, and March is on page %v", covers, month)
	}
	if covers < 65 || result.Pages != strings.Count(text, "\f") {
		t.Errorf("%d pages of cover, %d of %d in all", covers, result.Pages, strings.Count(text, "\f"))
	}
}

// TestNothingOnDisk produces a protected record with pictures while every
// place for files is watched.
func TestNothingOnDisk(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"} {
		t.Setenv(name, folder)
	}
	t.Chdir(folder)
	if _, err := release.PDF(context.Background(), io.Discard, rich(), release.Options{Password: "ladder-ochre-42"}); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
