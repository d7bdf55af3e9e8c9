package release_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"casekeep/app/form"
	"casekeep/app/policy"
	"casekeep/app/release"
	"casekeep/vault/record"
)

func TestZZRender(t *testing.T) {
	dir := "/tmp/f-render/"
	os.MkdirAll(dir, 0o755)
	put := func(name string, d release.Document) {
		var b bytes.Buffer
		if _, err := release.Print(context.Background(), &b, d, release.Options{}); err != nil {
			t.Fatal(err)
		}
		os.WriteFile(dir+name+".pdf", b.Bytes(), 0o644)
	}
	h := handout()
	text, _ := policy.Draft("informed-consent", policy.Facts{Practice: "Quill", Practitioner: "Dana"})
	h.Text = text
	put("handout", h)
	h.Text = policyText
	h.Practice = record.Practice{}
	put("handout-short", h)
	put("card", card())
	c := card()
	c.Client.Name = "王芳 Wang Fang ليلى حداد 👩🏽‍🦱"
	c.Card = record.EmergencyCard{Where: "at home", Services: "911"}
	put("card-short", c)
	put("firsthour", release.FirstHour{Practice: profile, Held: 19, Made: h.Made, Vendors: []record.Vendor{{Name: "Delta Voice", Service: "phone"}}})
	put("firsthour-named", release.FirstHour{Practice: profile, Made: h.Made, Clients: []record.Client{{Name: "Ada Quill", Number: "2026-001", SafeContact: "text only"}, {Name: "Bo Larsen", Status: record.Closed}}})
	var fs []release.FallbackClient
	for _, n := range []string{"Ada Quill", "ليلى حداد Layla Haddad", "王芳 Wang Fang", strings.Repeat("Aurelio ", 20)} {
		fs = append(fs, release.FallbackClient{Client: record.Client{Name: n, Number: "2026-001", Pronouns: "she/her", Language: "Arabic, English", Jurisdiction: "US-MS", SafeContact: "No voicemail. Texts only before 8 PM.", Risk: "Protective order on file; address is confidential.",
			Contacts: []record.ContactPoint{{Value: "+1 601 555 0138", Use: "mobile", Safe: "never voicemail"}, {Value: "a@example.org"}}}, Emergency: card().Card, Last: h.Made})
	}
	put("fallback", release.Fallback{Practice: profile, Clients: fs, Chosen: "With a contact since November 11, 2026.", Made: h.Made})
	var open []release.StandingLine
	for range 30 {
		open = append(open, release.StandingLine{ID: "MS 3.4.C.4", Duty: "Keep digital communications safe, and tell clients of any breach soon.", Says: "One search is not told.",
			Shown: []string{"Search note of November 2, 2026 (entry 117548148326400000)"}, By: record.Date{Year: 2026, Month: 12, Day: 1}})
	}
	put("standing", release.Standing{Practice: "Quill Street Practice", Client: "Lena Ptak (2026-006)", Made: h.Made, Groups: []release.StandingGroup{{Title: "Open", Lines: open}, {Title: "Documented", Lines: open[:3]}}})

	files := files{}
	ack := filed(t, record.FormAcknowledgment, form.Values{"policies": []record.PolicyRef{{Topic: "records", Title: "Records, retention and storage", Version: 2, Hash: record.Hash{0xab}}, {Topic: "x", Title: "Texting and email", Version: 1, Hash: record.Hash{0xcd}}},
		"decision": "given", "how": "signature", "signers": []record.Signer{{Name: "Ada Quill", Role: "client", Capacity: "yes"}}, "on": "2026-11-02", "questions": "Who else reads this?\nNobody.", "review_by": "2027-11-02"})
	ack.Attachments = []record.Attachment{files.add("signature.png", "image/png", screenshot(600, 160))}
	intake := filed(t, record.FormIntake, form.Values{"on": "2026-11-02", "prior": "yes", "prior_what": "Her sister taught my son.", "decided": "discussed; no conflict", "preference": "both", "culture": strings.Repeat("Long text about faith and family. ", 20)})
	st := search(t)
	st.Struck = &record.Strike{At: at("2026-11-25 15:00:00"), Reason: "wrong client"}
	intake.ID++
	st.ID += 2
	rec := sample(ack, intake, st, entry("2026-11-03 10:00:00", "hello"))
	rec.Practice, rec.Licenses, rec.Open = profile, licenses, files.open
	p, _ := produce(t, rec, release.Options{})
	b, _ := os.ReadFile(p)
	os.WriteFile(dir+"record.pdf", b, 0o644)
}
