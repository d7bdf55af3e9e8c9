package release_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casekeep/app/release"
	"casekeep/assets"
	"casekeep/vault/record"
)

// printed writes a document to a file and gives its path.
func printed(t testing.TB, d release.Document, opt release.Options) (string, release.Result) {
	t.Helper()
	var file bytes.Buffer
	result, err := release.Print(context.Background(), &file, d, opt)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, "qpdf", "--check", path)
	return path, result
}

var profile = record.Practice{
	Name: "Quill Street Practice", Owner: "Dana Quill, LCSW", License: "License C4471, Mississippi",
	Contact: "12 Quill Street, Jackson, MS 39201\n601-555-0100", Qualifications: "Master of Social Work, 2009",
	Regulator: record.Regulator{Name: "Board of Examiners", Address: "1 Board Street\nJackson, MS 39201", Phone: "601-555-0170",
		Complaint: "In writing, to the board’s office"},
	HIPAA: "yes", Backups: "a sealed drive in the bank",
}

var licenses = []record.License{{Kind: "license", Title: "LCSW", Number: "C4471", Jurisdiction: "US-MS", Expires: record.Date{Year: 2027, Month: 3, Day: 31}}}

const policyText = "# Texting and email\n\nTexts are not **sealed**.\n\n## What is agreed\n\n- appointments only\n- no photographs\n\nAsk me. اسألني · 请问我 · 🙂\n"

func handout() release.Handout {
	return release.Handout{Practice: profile, Licenses: licenses, Text: policyText, Made: at("2026-11-25 10:00:00").In(chicago),
		Version: record.PolicyVersion{Topic: "texting", Title: "Texting and email", Version: 2,
			Effective: record.Date{Year: 2026, Month: 11, Day: 1}, Changed: "photographs", Hash: record.Hash{0xab, 0xcd}}}
}

func TestHandout(t *testing.T) {
	d := handout()
	path, result := printed(t, d, release.Options{})
	if result.Pages != 1 || len(result.Missing) != 0 {
		t.Errorf("%+v", result)
	}
	inOrder(t, textOf(t, path, "-layout"), "Quill Street Practice", "Dana Quill, LCSW", "Qualifications Master of Social Work, 2009",
		"Licenses LCSW C4471, Mississippi, until March 31, 2027", "Regulated by Board of Examiners", "1 Board Street", "Complaints In writing",
		"Texting and email", "Version 2, in effect from November 1, 2026", "What changed: photographs", "Texts are not **sealed**.",
		"What is agreed", "appointments only", "Ask me.", "Signature", "Date",
		"Texting and email, version 2 · in effect from November 1, 2026", "Page 1 of 1", "SHA-256 "+d.Version.Hash.String())

	d.Text = strings.Repeat("A paragraph that goes on for a while and says something.\n\n", 200)
	path, result = printed(t, d, release.Options{Fonts: noFonts})
	text := textOf(t, path, "-layout")
	if n := strings.Count(text, "SHA-256 "+d.Version.Hash.String()); result.Pages < 3 || n != result.Pages {
		t.Errorf("%d pages, %d with the hash", result.Pages, n)
	}
	inOrder(t, text, fmt.Sprintf("Page %d of %d", result.Pages, result.Pages))
}

func card() release.EmergencyCard {
	return release.EmergencyCard{Practice: profile, Made: at("2026-11-25 10:00:00").In(chicago),
		Client: record.Client{Name: "Ada Quill", Number: "2026-001", SafeContact: "text only, no voicemail"},
		Card: record.EmergencyCard{Where: "at home, Jackson, Mississippi", Address: "12 Elm Court, apartment 4", Services: "Hinds County, +1 601 555 0199",
			Hospital: "St. Anne", Contact: "Maria Quill", Relation: "sister", Reach: "+1 601 555 0143", MayTell: "that there is a crisis",
			Not: "her former husband", Shared: record.Date{Year: 2026, Month: 11, Day: 20}}}
}

func TestEmergencyCardIsOnePage(t *testing.T) {
	d := card()
	path, result := printed(t, d, release.Options{Fonts: noFonts})
	if result.Pages != 1 {
		t.Errorf("%d pages", result.Pages)
	}
	inOrder(t, textOf(t, path), "Ada Quill", "2026-001", "text only, no voicemail", "at home, Jackson, Mississippi", "12 Elm Court, apartment 4",
		"Hinds County, +1 601 555 0199", "988", "St. Anne", "Maria Quill, sister, +1 601 555 0143", "that there is a crisis",
		"Must not be called", "her former husband", "Shared with the client on November 20, 2026")

	d.Card.Note = strings.Repeat("The dog is friendly, the neighbor has a key. ", 40)
	if _, result := printed(t, d, release.Options{Fonts: noFonts}); result.Pages != 1 {
		t.Errorf("with a long note: %d pages", result.Pages)
	}
	d.Card = record.EmergencyCard{Where: "at home", Services: "911"}
	d.Client.SafeContact = ""
	path, _ = printed(t, d, release.Options{Fonts: noFonts})
	if text := textOf(t, path); strings.Contains(text, "Must not be called") || !strings.Contains(text, "Not yet shared") {
		t.Errorf("an almost empty card:\n%s", text)
	}
}

func TestFirstHour(t *testing.T) {
	d := release.FirstHour{Practice: profile, Held: 19, Made: at("2026-11-25 10:00:00").In(chicago),
		Vendors: []record.Vendor{{Name: "Delta Voice", Service: "phone"}}}
	path, _ := printed(t, d, release.Options{Fonts: noFonts})
	text := textOf(t, path)
	inOrder(t, text, "Was it locked?", "a sealed drive in the bank", "Delta Voice", "Board of Examiners, 1 Board Street, Jackson, MS 39201, 601-555-0170",
		"of any breach", "as soon as possible", "HIPAA (45 CFR 164.404)", "60 days after discovery", "What to write down", "names nobody", "19 records")

	d.Clients = []record.Client{{Name: "Ada Quill", Number: "2026-001", SafeContact: "text only"}, {Name: "Bo Larsen", Status: record.Closed}}
	d.Practice = record.Practice{HIPAA: "no"}
	path, _ = printed(t, d, release.Options{Fonts: noFonts})
	text = textOf(t, path)
	inOrder(t, text, "Ada Quill · 2026-001: text only", "Bo Larsen: safe contact was not asked (closed record)")
	if strings.Contains(text, "164.404") || !strings.Contains(text, "does not apply to this practice") || strings.Contains(text, "names nobody") {
		t.Errorf("without HIPAA:\n%s", text)
	}
}

func TestFallback(t *testing.T) {
	var clients []release.FallbackClient
	for i := range 30 {
		clients = append(clients, release.FallbackClient{
			Client: record.Client{Name: fmt.Sprintf("Client %d", i), Number: fmt.Sprintf("2026-%03d", i), SafeContact: "no texts", Risk: "High risk",
				Contacts: []record.ContactPoint{{Value: "+1 601 555 0142", Use: "mobile", Safe: "mornings"}}},
			Emergency: card().Card, Last: at("2026-11-20 09:00:00").In(chicago),
		})
	}
	path, result := printed(t, release.Fallback{Practice: profile, Clients: clients, Chosen: "With a contact since November 11, 2026.", Made: at("2026-11-25 10:00:00").In(chicago)},
		release.Options{Fonts: noFonts})
	text := textOf(t, path, "-layout")
	inOrder(t, text, "Keep this locked away. Shred it", "With a contact since November 11, 2026.", "30 clients", "Client 0 · 2026-000",
		"Contact safely no texts", "Risk High risk", "Reach +1 601 555 0142, mobile, mornings", "Emergency Maria Quill, sister", "Do not call her former husband",
		"Last contact November 20, 2026", "Client 29")
	if n := strings.Count(text, "Keep locked away; shred after use"); n != result.Pages || n < 3 {
		t.Errorf("%d pages, %d say that they are to be locked away", result.Pages, n)
	}
	path, _ = printed(t, release.Fallback{Made: at("2026-11-25 10:00:00")}, release.Options{Fonts: noFonts})
	inOrder(t, textOf(t, path), "There is nobody to list.")
}

func TestStandingIsForOneself(t *testing.T) {
	var open []release.StandingLine
	for i := range 80 {
		open = append(open, release.StandingLine{ID: "TSP 2.06", Duty: fmt.Sprintf("Duty %d", i), Says: "One search is not told.",
			Shown: []string{"Search note of November 2, 2026"}, By: record.Date{Year: 2026, Month: 12, Day: 1}})
	}
	d := release.Standing{Practice: "Quill Street Practice", Client: "Lena Ptak (2026-006)", Made: at("2026-11-25 10:00:00").In(chicago),
		Groups: []release.StandingGroup{{Title: "Open", Lines: open}, {Title: "Due"}, {Title: "Documented", Lines: open[:1]}}}
	path, result := printed(t, d, release.Options{Fonts: noFonts})
	text := textOf(t, path)
	inOrder(t, text, release.ForYourself, "Lena Ptak (2026-006)", "Open (80)", "TSP 2.06", "Duty 0", "One search is not told. Next by December 1, 2026.",
		"Search note of November 2, 2026", "Duty 79", "Documented (1)")
	if n := strings.Count(text, release.ForYourself+" · Lena"); n != result.Pages {
		t.Errorf("%d of %d pages say whom it is for", n, result.Pages)
	}
	if strings.Contains(text, "Due (0)") {
		t.Error("a group without a duty has a heading")
	}
}

// Names as long as they get, and every script, on every paper.
func TestPapersTakeAnyName(t *testing.T) {
	long := strings.Repeat("Aurelio نورا 王芳 👩🏽‍🦱 ", 30)
	wild := record.Client{Name: long, Number: strings.Repeat("9", 200), SafeContact: long, Risk: long, Language: long}
	c := card()
	c.Client, c.Practice = wild, record.Practice{Name: long, Contact: long}
	h := handout()
	h.Practice, h.Version.Title, h.Text = record.Practice{}, long, ""
	crushed := certificate()
	crushed.Destruction.Initials, crushed.Destruction.Rule, crushed.Approved = long, long, long
	crushed.Backups = []release.CertificateBackup{{Target: long}, {Target: long, Cleared: true}}
	handed := receipt()
	handed.Client, handed.To, handed.As = long, long, long
	for name, d := range map[string]release.Document{
		"card": c, "handout": h,
		"fallback":     release.Fallback{Clients: []release.FallbackClient{{Client: wild, Emergency: c.Card}}},
		"certificate":  crushed,
		"receipt":      handed,
		"letters":      release.Letters{Letters: []release.Letter{release.LetterTo(wild, release.FillLetter(assets.ClosingLetter, profile, release.Closing{Keeper: long}, wild, long))}},
		"closing list": release.ClosingList{Closing: release.Closing{Keeper: long}, Lines: []release.ClosingLine{{Client: wild, Keep: long}}},
		"executor":     release.Executor{Vault: long, Holders: []string{long}, Fallback: release.Fallback{Clients: []release.FallbackClient{{Client: wild}}}},
		"first hour":   release.FirstHour{Clients: []record.Client{wild}},
		"standing":     release.Standing{Client: long, Groups: []release.StandingGroup{{Title: long, Lines: []release.StandingLine{{ID: "TIP 1", Duty: long, Says: long}}}}},
		"key sheet": release.KeySheet{Practice: record.Practice{Name: long, Owner: long, Contact: long, Successor: long}, Vault: long, Folder: long,
			Secret: paperKey, Groups: paperGroups, Holder: record.Holder{Name: strings.Repeat("n", 40), Who: long, Kind: record.HolderCustodian, Reach: long}},
	} {
		path, _ := printed(t, d, release.Options{})
		if name != "handout" && !strings.Contains(textOf(t, path), "王芳") {
			t.Errorf("%s lacks a name", name)
		}
	}
}

func TestPrintStops(t *testing.T) {
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := release.Print(canceled, &bytes.Buffer{}, card(), release.Options{Fonts: noFonts}); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	if _, err := release.Print(context.Background(), &fullDisk{}, card(), release.Options{Fonts: noFonts}); !errors.Is(err, errFull) {
		t.Errorf("a full disk: %v", err)
	}
}

// A number beside a name that is read from the right stands as it is written: a
// mark sets it apart, without which its parts change places.
func TestNumberBesideArabicName(t *testing.T) {
	client := record.Client{Name: "نورا حداد", Number: "2026-004"}
	for name, d := range map[string]release.Document{
		"fallback":     release.Fallback{Clients: []release.FallbackClient{{Client: client}}},
		"first hour":   release.FirstHour{Clients: []record.Client{client}},
		"closing list": release.ClosingList{Lines: []release.ClosingLine{{Client: client}}},
	} {
		path, _ := printed(t, d, release.Options{Fonts: noFonts})
		if words := run(t, "pdftotext", "-bbox", path, "-"); !strings.Contains(words, "\u200e2026-004") {
			t.Errorf("%s:\n%s", name, words)
		}
	}
}
