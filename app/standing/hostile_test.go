package standing

import (
	"testing"
	"unicode/utf8"

	"casekeep/vault/record"
)

func acked(w *world, change func(*record.Acknowledgment)) {
	w.without(record.FormAcknowledgment)
	a := w.acknowledgment(since, signer(ada))
	change(&a)
	w.file(record.FormAcknowledgment, a.On.String(), a)
}

// What was taken back, was given for something else, or came from somebody who
// may not give it, documents nothing.
func TestWhatDocumentsNothing(t *testing.T) {
	texting := record.ChannelConsent{Channel: record.Text, Decision: Allowed, Since: day(since), How: "in-writing", Device: "practice phone", Warned: day(since)}
	portal := record.ChannelConsent{Channel: record.Portal, Decision: Allowed, Since: day(since), How: "in-writing", Device: "site", Preferred: "yes"}
	gone := portal
	gone.Decision, gone.Since = Revoked, day("2026-07-01")
	searched := func(w *world, id record.EntryID) {
		w.file(record.FormSearch, "2026-08-01", record.SearchNote{On: day("2026-08-01"), Where: "web", Basis: record.BasisConsent, Consent: id, Told: "yes"})
	}
	minor := func(w *world) {
		w.client.Born = day("2012-03-03")
		w.without(record.FormMinor)
		w.file(record.FormMinor, since, record.Minor{ConsentBy: byGuardian, Custody: "on-file", Guardians: []record.Guardian{
			{Name: "Maria Quill", Relation: "mother", MayConsent: "yes"}, {Name: "Jon Quill", Relation: "father", MayConsent: "no"}}})
	}
	check(t, []change{
		{"the secure channel was revoked", func(w *world) {
			w.without(record.FormChannel)
			w.without(record.FormAcknowledgment)
			for _, c := range []record.ChannelConsent{texting, portal, gone} {
				w.file(record.FormChannel, c.Since.String(), c)
			}
		}, "TSP 3.09", Open, "No secure way"},
		{"a photograph is no search", func(w *world) {
			searched(w, w.file(record.FormConsent, since, record.Consent{What: "photograph", Decision: record.Given, On: day(since), Signers: signer(ada)}))
		}, "TSP 3.04", Open, "not in force"},
		{"the policy on payment is no search", func(w *world) {
			acked(w, func(a *record.Acknowledgment) {
				a.Policies = nil
				a.Earlier = []string{"payment"}
				a.EarlierWhat = "paper"
			})
			searched(w, w.forms[len(w.forms)-1].ID)
		}, "TSP 3.04", Open, "not in force"},
		{"a consent to searches that was declined later", func(w *world) {
			id := w.file(record.FormConsent, since, record.Consent{What: "search", Decision: record.Given, On: day(since), Signers: signer(ada)})
			w.file(record.FormConsent, "2026-07-01", record.Consent{What: "search", Decision: record.Declined, On: day("2026-07-01"), Signers: signer(ada)})
			searched(w, id)
		}, "TSP 3.04", Open, "not in force"},
		{"an acknowledgment that was withdrawn later", func(w *world) {
			acked(w, func(*record.Acknowledgment) {})
			id := w.forms[len(w.forms)-1].ID
			a := w.acknowledgment("2026-07-01", signer(ada))
			a.Decision = record.Withdrawn
			w.file(record.FormAcknowledgment, "2026-07-01", a)
			searched(w, id)
		}, "TSP 3.04", Open, "not in force"},
		{"a guardian who may not consent", func(w *world) {
			minor(w)
			acked(w, func(a *record.Acknowledgment) {
				a.Signers = []record.Signer{{Name: "jon quill", Role: "guardian", Capacity: "yes"}}
			})
		}, "TSP 2.01", Open, "Nothing shows that a guardian consented"},
		{"the guardian who may", func(w *world) {
			minor(w)
			acked(w, func(a *record.Acknowledgment) {
				a.Signers = []record.Signer{{Name: "Maria Quill", Role: "guardian", Capacity: "yes"}}
			})
		}, "TSP 2.01", Documented, ""},
		{"members who are all under age", func(w *world) {
			w.client.Kind, w.client.Members = record.Group, []record.Member{{Name: "Bo", Born: day("2015-01-01")}, {Name: "Kit", Born: day("2016-01-01")}}
			acked(w, func(a *record.Acknowledgment) {
				a.Signers = []record.Signer{{Name: "Bo", Role: "member", Capacity: "yes"}}
			})
		}, "TSP 2.01", Open, "Nothing shows"},
		{"a release that was revoked twice", func(w *world) {
			id := w.file(record.FormCollateral, since, record.Collateral{Name: "Dr. X", Relation: "physician", Release: "yes", Signed: day(since), Expires: day("2027-06-01")})
			w.follow(record.FormReleaseRevoked, "2026-07-01", id, record.ReleaseRevoked{On: day("2026-07-01")})
			w.follow(record.FormReleaseRevoked, "2026-09-01", id, record.ReleaseRevoked{On: day("2026-09-01")})
			w.log(record.Call, record.TallyThird, "2026-08-01", 1, "", "")
		}, "TSP 3.08", Open, "no release of information was in force"},
		{"one member alone consented to an evaluation", func(w *world) {
			w.client.Kind, w.client.Members = record.Couple, []record.Member{{Name: "Bo"}, {Name: "Kit"}}
			w.file(record.FormConsent, since, record.Consent{What: "evaluation", Decision: record.Given, On: day(since), Signers: []record.Signer{{Name: "Bo", Role: "member", Capacity: "yes"}}})
		}, "NASW 2.22", Open, "Kit"},
		{"consent to an evaluation by one who could not decide", func(w *world) {
			w.file(record.FormConsent, since, record.Consent{What: "evaluation", Decision: record.Given, On: day(since), Signers: []record.Signer{{Name: ada, Role: "client", Capacity: "no"}}})
		}, "NASW 2.22", Open, "able"},
	})
}

// A name may begin with any letter.
func TestWhatIsSaidOfANameStaysText(t *testing.T) {
	w := newWorld(t)
	w.client.Name = "Émile Ångström"
	w.without(record.FormAcknowledgment)
	a := w.acknowledgment(since, signer(w.client.Name))
	w.file(record.FormAcknowledgment, since, a)
	if f := w.findings()["TSP 2.01"]; !utf8.ValidString(f.Says) || f.Says[:len("Émile")] != "Émile" {
		t.Errorf("it says %q", f.Says)
	}
	if got := capital("éa"); got != "Éa" {
		t.Errorf("%q", got)
	}
}
