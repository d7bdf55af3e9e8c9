package release_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"casekeep/app/policy"
	"casekeep/app/release"
	"casekeep/assets"
	"casekeep/vault/record"
)

func on(year int, month time.Month, day int) record.Date {
	return record.Date{Year: year, Month: month, Day: day}
}

func certificate() release.Certificate {
	return release.Certificate{Practice: profile, Made: at("2041-03-20 10:00:00").In(chicago), Disclosed: 3,
		Destruction: record.Destruction{Number: "2026-004", Initials: "D. F.", Kind: record.Individual,
			First: on(2024, 2, 3), Last: on(2034, 3, 14), Closed: on(2034, 3, 14), Until: on(2041, 3, 14),
			Rule: "Closed March 14, 2034, plus 7 years, Texas 22 TAC 781.309(4)", Entries: 1214, Attachments: 1,
			Certificate: "2041-001", Author: "Dana Quill, LCSW", At: at("2041-03-19 09:00:00"), Swept: at("2041-03-19 09:02:00")},
		Duties: []string{"Texas: the plan for custody of records is in writing."},
		Backups: []release.CertificateBackup{
			{Target: "/media/drive", At: at("2041-03-18 18:00:00"), Expires: on(2041, 4, 18)},
			{Target: "/media/drive", At: at("2041-03-17 18:00:00")},
			{Target: "/net/share", At: at("2041-03-17 18:00:00"), Cleared: true, ClearedOn: on(2041, 3, 19)},
			{Target: "/net/share", At: at("2041-03-16 18:00:00"), Cleared: true, ClearedOn: on(2041, 3, 19)},
			{Target: "/old", At: at("2041-03-16 18:00:00"), Cleared: true},
		}}
}

func TestCertificate(t *testing.T) {
	for _, test := range []struct {
		name    string
		change  func(*release.Certificate)
		says    []string
		without []string
	}{
		{"complete", func(*release.Certificate) {}, []string{
			"Certificate of destruction", "No. 2041-001", "no. 2026-004 · initials D. F. · individual",
			"February 3, 2024 to March 14, 2034", "1,214 entries and 1 attachment", "March 14, 2041", "Closed March 14, 2034, plus 7 years, Texas 22 TAC 781.309(4)",
			"No legal hold, request for the record or incident was open", "Approved by", "Dana Quill, LCSW", "Performed by", "Dana Quill, LCSW, March 19, 2041, 9:00 AM",
			"sealed anew, under the same vault key", "3 disclosures", "only with those who received them", "No disk or other medium was sanitized",
			"Only bytes that age had encrypted ever reached the disk", "the key of the vault still exists",
			"/media/drive: March 18, 2041, 6:00 PM CDT (UTC-05:00) (expires April 18, 2041); March 17, 2041, 6:00 PM CDT (UTC-05:00) (no expiry planned)",
			"/net/share, purged on March 19, 2041: 2 backups", "/old, purged: 1 backup", "not known to it",
			"Duties at disposal", "Texas: the plan", "Keep this certificate for six years or longer.", "Signature", "Date", "Signature"}, []string{"NIST", "do not sign"}},
		{"not swept", func(c *release.Certificate) { c.Destruction.Swept = time.Time{} }, []string{"do not sign this certificate"}, []string{"sealed anew"}},
		{"nothing about", func(c *release.Certificate) {
			c.Disclosed, c.Backups, c.Duties, c.Approved = 0, nil, nil, "Kit Larsen, supervisor"
			c.Destruction.Last = c.Destruction.First
		}, []string{"Dates it covered February 3, 2024 Closed", "Kit Larsen, supervisor", "No copy was handed out", "knows of no backup"}, []string{"Duties", "still hold"}},
		{"exported", func(c *release.Certificate) { c.Exports = 2 }, []string{"exported into a sealed file while the record was in it (2 exports)"}, nil},
		{"all cleared", func(c *release.Certificate) { c.Backups = c.Backups[2:] }, []string{"holds this record any more", "/net/share, purged"}, []string{"still hold it"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := certificate()
			test.change(&c)
			path, result := printed(t, c, release.Options{Fonts: noFonts})
			text := flat(textOf(t, path, "-layout"))
			inOrder(t, text, test.says...)
			for _, never := range append(test.without, destroyedName) {
				if strings.Contains(text, never) {
					t.Errorf("it says %q", never)
				}
			}
			if result.Pages > 2 || len(result.Missing) > 0 {
				t.Errorf("%+v", result)
			}
		})
	}
}

// destroyedName is the name of the client whose record the sample certificate is
// about, which it must not say.
const destroyedName = "Dolores"

func closing() release.Closing {
	return release.Closing{Day: on(2027, 6, 30), Keeper: "Kit Larsen, LCSW\n4 Oak Row, Jackson, MS 39201\n601-555-0188", AskBy: on(2027, 6, 15)}
}

func TestFillLetter(t *testing.T) {
	client := record.Client{Name: "Mo", LegalName: "Marcus Webb"}
	full := release.FillLetter(assets.ClosingLetter, profile, closing(), client, "until March 14, 2041")
	inOrder(t, full, "Dear Marcus Webb,", "messages is June 30, 2027", "Kit Larsen, LCSW 4 Oak Row", "until March 14, 2041", "Until June 15, 2027", "ask Kit Larsen, LCSW",
		"601-555-0100", "988", "Dana Quill, LCSW")
	if gaps := policy.Gaps(full); gaps != nil {
		t.Errorf("still to be filled in: %q", gaps)
	}
	if gaps := policy.Gaps(release.FillLetter(assets.ClosingLetter, record.Practice{}, release.Closing{}, client, "")); len(gaps) != 7 {
		t.Errorf("with nothing known: %q", gaps)
	}
	if got := release.FillLetter("[client] [day]", profile, closing(), record.Client{Name: "[day]"}, ""); got != "[day] June 30, 2027" {
		t.Errorf("a place within a name: %q", got)
	}
}

func TestLetters(t *testing.T) {
	var letters []release.Letter
	for i := range 3 {
		client := record.Client{Name: fmt.Sprintf("Client %d", i), Contacts: []record.ContactPoint{{System: record.Phone, Value: "601"}}}
		if i == 1 {
			client.Contacts = append(client.Contacts, record.ContactPoint{System: record.Address, Value: "12 Elm Court, Jackson, MS 39201"})
		}
		letters = append(letters, release.LetterTo(client, release.FillLetter(assets.ClosingLetter, profile, closing(), client, "until March 14, 2041")))
	}
	d := release.Letters{Practice: profile, Letters: letters, Made: at("2027-05-01 10:00:00").In(chicago)}
	path, result := printed(t, d, release.Options{Fonts: noFonts})
	text := textOf(t, path, "-layout")
	if result.Pages != 3 || strings.Count(text, "Page 1 of 1") != 3 {
		t.Errorf("%d pages:\n%s", result.Pages, text)
	}
	inOrder(t, text, "Quill Street Practice", "Client 0", "May 1, 2027", "Dear Client 0,", "Client 1", "12 Elm Court", "Jackson, MS 39201", "Dear Client 1,", "Dear Client 2")
	d.Letters[1].Text = strings.Repeat("A paragraph that goes on for a while and says something.\n\n", 30)
	path, result = printed(t, d, release.Options{Fonts: noFonts})
	inOrder(t, textOf(t, path), "Page 1 of 1", "Page 1 of 2", "Page 2 of 2", "Page 1 of 1")
	if result.Pages != 4 {
		t.Errorf("%d pages", result.Pages)
	}
	path, _ = printed(t, release.Letters{}, release.Options{Fonts: noFonts})
	inOrder(t, textOf(t, path), "nobody to write to", "Page 1 of 1")
}

func TestClosingList(t *testing.T) {
	d := release.ClosingList{Practice: profile, Closing: closing(), Made: at("2027-05-01 10:00:00").In(chicago)}
	for i := range 40 {
		d.Lines = append(d.Lines, release.ClosingLine{Keep: "Keep until March 14, 2041", Client: record.Client{Name: fmt.Sprintf("Client %d", i), Number: fmt.Sprint(i),
			Status: record.Closed, ClosedOn: on(2034, 3, 14), SafeContact: "no texts", Contacts: []record.ContactPoint{{Value: "+1 601 555 0142", Use: "mobile"}}}})
	}
	d.Lines[1].Sent = on(2027, 5, 2)
	path, result := printed(t, d, release.Options{Fonts: noFonts})
	inOrder(t, textOf(t, path, "-layout"), "40 records", "Closes on June 30, 2027", "Kept by Kit Larsen", "Client 0 · 0", "Status closed on March 14, 2034",
		"Kept Keep until March 14, 2041", "Reach +1 601 555 0142, mobile", "Contact safely no texts", "Letter not sent: ___", "Client 1", "Letter May 2, 2027",
		"Client 39", fmt.Sprintf("Page %d of %d", result.Pages, result.Pages))
}

func receipt() release.Receipt {
	return release.Receipt{Practice: profile, Number: "2026-004", Client: "Dolores Fuentes", Kind: record.Individual, First: on(2024, 2, 3), Last: on(2034, 3, 14),
		Entries: 12, Attachments: 1, As: "A sealed package, Dolores.age", Digest: record.Hash{0xab, 0xcd}, From: "Dana Quill, LCSW", To: "Kit Larsen, LCSW\n4 Oak Row",
		Basis: "The client’s authorization of May 1, 2027", Sent: at("2027-05-02 09:00:00").In(chicago), Made: at("2027-05-02 10:00:00").In(chicago)}
}

func TestReceipt(t *testing.T) {
	r := receipt()
	path, result := printed(t, r, release.Options{Fonts: noFonts})
	text := textOf(t, path, "-layout")
	inOrder(t, text, "Receipt for a record", "no. 2026-004 · individual", "Dolores Fuentes", "February 3, 2024 to March 14, 2034", "12 entries and 1 attachment",
		"A sealed package", "SHA-256 abcd", "From Dana Quill", "To Kit Larsen", "4 Oak Row", "May 2, 2027, 9:00 AM CDT", "authorization of May 1", "no key and no passphrase",
		"For the sender, in print", "Signature", "For the receiver, in print")
	if result.Pages != 1 {
		t.Errorf("%d pages", result.Pages)
	}
	r.Digest = record.Hash{}
	path, _ = printed(t, r, release.Options{Fonts: noFonts})
	if text := textOf(t, path); strings.Contains(text, "0000000000") {
		t.Errorf("a digest that there is not:\n%s", text)
	}
}

func TestExecutor(t *testing.T) {
	d := release.Executor{Vault: "C:\\Practice.casekeep, on the laptop", Holders: []string{"Kit Larsen (executor)"}, Backups: []string{"/media/drive, November 24, 2026"},
		Fallback: release.Fallback{Practice: profile, Made: at("2026-11-25 10:00:00").In(chicago),
			Clients: []release.FallbackClient{{Client: record.Client{Name: "Ada Quill", Risk: "High risk", SafeContact: "text only"}}}}}
	path, result := printed(t, d, release.Options{Fonts: noFonts})
	inOrder(t, textOf(t, path, "-layout"), "Keep this locked away", "For the professional executor", "Executor Not stated. ___", "The records C:\\Practice.casekeep",
		"Keys that open them Kit Larsen", "Backups a sealed drive in the bank", "/media/drive", "Licensing board Board of Examiners", "clients at risk", "988",
		"the day until which each record is kept", "this week’s clients", "Ada Quill", "Contact safely text only", "Risk High risk", "Page 2 of 2")
	if result.Pages != 2 {
		t.Errorf("%d pages", result.Pages)
	}
}
