package standing

import (
	"testing"

	"casekeep/vault/record"
)

func channel(c record.Channel, decision, from string) record.ChannelConsent {
	return record.ChannelConsent{Channel: c, Decision: decision, Since: day(from), How: "in-writing", Device: "practice phone"}
}

func TestChannelRules(t *testing.T) {
	texting := func(list ...record.ChannelConsent) func(w *world) {
		return func(w *world) {
			w.without(record.FormChannel)
			for _, c := range list {
				w.file(record.FormChannel, c.Since.String(), c)
			}
		}
	}
	verbal := channel(record.Text, Allowed, since)
	verbal.How = "verbal"
	nameless := channel(record.Text, Allowed, since)
	nameless.Device = ""
	check(t, []change{
		{"nothing agreed", texting(), "TSP 4.03", Open, "Text messages: nothing was agreed, and 20 contacts are on record"},
		{"agreed late", texting(channel(record.Text, Allowed, "2026-06-05")), "TSP 4.03", Open, "3 contacts were without consent"},
		{"agreed on the day", texting(channel(record.Text, Allowed, "2026-06-02")), "TSP 4.03", Documented, "20 contacts"},
		{"revoked", texting(channel(record.Text, Allowed, since), channel(record.Text, Revoked, "2026-06-20")), "TSP 4.03", Open, "not allowed since June 20, 2026, and 2 contacts"},
		{"revoked after the last text", texting(channel(record.Text, Allowed, since), channel(record.Text, Revoked, "2026-07-20")), "TSP 4.03", Documented, ""},
		{"allowed again", texting(channel(record.Text, Allowed, since), channel(record.Text, Revoked, "2026-06-10"), channel(record.Text, Allowed, "2026-06-12")),
			"TSP 4.03", Open, "2 contacts were without consent"},
		{"not allowed", texting(channel(record.Text, NotAllowed, since)), "TSP 4.03", Open, "20 contacts were without consent"},
		{"agreed with the policies", func(w *world) {
			texting()(w)
			consenting(w, func(a *record.Acknowledgment) { a.Channels = []record.Channel{record.Text} })
		}, "TSP 4.03", Documented, ""},
		{"only a crisis was texted", func(w *world) {
			texting()(w)
			w.contacts = nil
			w.log(record.Text, record.TallyExempt, "2026-06-02", 3, "", "")
		}, "TSP 4.03", NotApplicable, ""},
		{"calls need none", func(w *world) {
			texting(channel(record.Text, Allowed, since))(w)
			w.log(record.Call, record.TallyService, "2026-06-02", 3, "", "")
		}, "TSP 4.03", Documented, ""},
		{"verbally", texting(verbal), "TIP 10", Advised, "not in writing"},
		{"no vendor", func(w *world) { w.disown(record.FormVendor) }, "TIP 10", Advised, "No vendor for telephone and texts"},
		{"no texting", func(w *world) { texting()(w); w.contacts = nil }, "TIP 10", NotApplicable, ""},
		{"no number", texting(nameless), "NASW 2.11", Open, "over which number"},
		{"nothing in use", func(w *world) { texting()(w); w.contacts = nil }, "NASW 2.11", NotApplicable, ""},
		{"safe contact not asked", func(w *world) { w.without(record.FormSafeContact) }, "TSP 3.09", Open, "without harm"},
		{"safe contact typed above the record", func(w *world) { w.without(record.FormSafeContact); w.client.SafeContact = "text only" }, "TSP 3.09", Documented, ""},
		{"neither warned nor told", func(w *world) { texting()(w); w.without(record.FormAcknowledgment) }, "TSP 3.09", Open, "how weak messaging"},
		{"no contact yet", func(w *world) { w.contacts = nil }, "TSP 5.02", Documented, "No contact is on record yet"},
		{"recorded through", func(*world) {}, "TSP 5.02", Documented, "recorded through June 21, 2026"},
		{"not told", func(w *world) { w.without(record.FormAcknowledgment) }, "TSP 5.02", Open, "recorded through June 21, 2026"},
	})
}

func TestLicenseRules(t *testing.T) {
	license := func(l record.License) func(w *world) {
		return func(w *world) { w.own(record.FormLicense, "2026-05-01", l) }
	}
	moved := func(w *world) {
		w.places = append(w.places, record.Place{Jurisdiction: "US-TN", Since: day("2026-06-12")})
	}
	both := func(all ...func(w *world)) func(w *world) {
		return func(w *world) {
			for _, f := range all {
				f(w)
			}
		}
	}
	none := func(w *world) { w.disown(record.FormLicense) }
	check(t, []change{
		{"none", none, "MS 3.4.B", Open, "20 remote contacts took place in Mississippi"},
		{"expired in between", both(none, license(record.License{Kind: "license", Jurisdiction: "US-MS", Title: "LCSW", Expires: day("2026-06-11")})),
			"TSP 7.01", Open, "10 remote contacts"},
		{"expires on the last day", both(none, license(record.License{Kind: "license", Jurisdiction: "US-MS", Title: "LCSW", Expires: day("2026-12-20")})),
			"NASW 2.02", Due, "expires on December 20, 2026"},
		{"moved", moved, "MS 3.4.B", Open, "10 remote contacts took place in Tennessee"},
		{"moved, with a permit", both(moved, license(record.License{Kind: "permit", Jurisdiction: "US-TN", Title: "Permit", Issued: day("2026-06-12"), Expires: day("2027-06-12")})),
			"TSP 1.09", Documented, "20 remote contacts"},
		{"moved, the permit came late", both(moved, license(record.License{Kind: "permit", Jurisdiction: "US-TN", Title: "Permit", Issued: day("2026-06-15")})),
			"TSP 1.09", Open, "3 remote contacts"},
		{"moved, within a compact", both(moved, license(record.License{Kind: "compact", Jurisdiction: "US-MS", Covers: "Tennessee, Alabama", Title: "Compact"})),
			"TSP 3.03", Documented, ""},
		{"moved, under federal authority", both(moved, license(record.License{Kind: "federal", Covers: "all", Title: "VA"})), "TSP 7.01", Documented, ""},
		{"moved, and no contact since", func(w *world) {
			w.places = append(w.places, record.Place{Jurisdiction: "US-TN", Since: day("2026-07-12")})
		}, "MS 3.4.B", Open, "reaches Tennessee, where the client is"},
		{"traveling", func(w *world) {
			w.log(record.Video, record.TallyService, "2026-07-02", 2, "Memphis, TN", "")
		}, "MS 3.4.B", Open, "2 remote contacts took place in Tennessee"},
		{"the practitioner travels", func(w *world) {
			w.log(record.Video, record.TallyService, "2026-07-02", 3, "", "Mobile, Alabama")
		}, "MS 3.4.B", Open, "3 remote contacts took place in Alabama"},
		{"in person elsewhere", func(w *world) {
			w.log(record.InPerson, record.TallyService, "2026-07-02", 3, "Memphis, TN", "")
		}, "MS 3.4.B", Documented, ""},
		{"nobody knows where", func(w *world) { w.places = nil }, "MS 3.4.B", Open, "not on record where the client was"},
		{"nobody knows where, and nothing took place", func(w *world) { w.places, w.contacts = nil, nil }, "MS 3.4.B", NotApplicable, ""},
		{"elsewhere altogether", func(w *world) {
			none(w)
			w.settings.Jurisdiction, w.places = "US-TX", []record.Place{{Jurisdiction: "US-TX"}}
		}, "MS 3.4.C.1", NotApplicable, "binds in Mississippi"},
		{"elsewhere altogether", func(w *world) {
			none(w)
			w.settings.Jurisdiction, w.places = "US-TX", []record.Place{{Jurisdiction: "US-TX"}}
		}, "TSP 3.01", Documented, ""},
	})
}

func TestIntakeRules(t *testing.T) {
	intake := func(i record.Intake) func(w *world) {
		return func(w *world) {
			w.without(record.FormIntake)
			i.On = day(since)
			w.file(record.FormIntake, since, i)
		}
	}
	suits := func(change func(s *record.Suitability)) func(w *world) {
		return func(w *world) {
			w.without(record.FormSuitability)
			s := record.Suitability{On: day(since), Strengths: "a", Risks: "b", First: "none", Outcome: "electronic", Again: day("2027-06-01")}
			change(&s)
			w.file(record.FormSuitability, since, s)
		}
	}
	identity := func(i record.IdentityCheck) func(w *world) {
		return func(w *world) {
			w.without(record.FormIdentity)
			i.On = day(since)
			w.file(record.FormIdentity, since, i)
		}
	}
	boundary := func(b record.Boundary) func(w *world) {
		return func(w *world) {
			b.On = day("2026-07-01")
			w.file(record.FormBoundary, "2026-07-01", b)
		}
	}
	check(t, []change{
		{"no intake", func(w *world) { w.without(record.FormIntake) }, "TSP 4.11", Open, "tie outside"},
		{"no tie", func(*world) {}, "TSP 4.02", Documented, "no tie"},
		{"a tie, decided", intake(record.Intake{Prior: "yes", Decided: "referred"}), "TSP 4.11", Documented, "what was decided"},
		{"a tie, not decided", intake(record.Intake{Prior: "yes"}), "TSP 4.02", Open, "not on record what was decided"},
		{"a double relationship", boundary(record.Boundary{What: "dual", Decision: "discussed"}), "TSP 4.01", Documented, "discussed"},
		{"no intake", func(w *world) { w.without(record.FormIntake) }, "TSP 1.06", Open, "not asked"},
		{"wants to be served in person, is texted", intake(record.Intake{Prior: "no", Preference: "in-person"}), "TSP 1.06", Open, "was served electronically"},
		{"wants to be served in person, was referred", func(w *world) {
			intake(record.Intake{Prior: "no", Preference: "in-person"})(w)
			w.file(record.FormReferral, since, record.Referral{On: day(since), To: "a colleague"})
		}, "TSP 1.06", Documented, "Referred to a colleague"},
		{"wants to be served in person, and is", func(w *world) {
			intake(record.Intake{Prior: "no", Preference: "in-person"})(w)
			w.contacts = nil
			w.log(record.InPerson, record.TallyService, "2026-06-02", 3, "", "")
		}, "TSP 1.06", Documented, ""},
		{"nothing of culture", func(w *world) { w.without(record.FormIntake); w.without(record.FormSuitability) }, "TSP 1.03", Open, "culture"},
		{"judged with suitability", func(w *world) { w.without(record.FormIntake) }, "TSP 1.03", Documented, "Culture and language"},
		{"nothing of communication", func(w *world) { w.without(record.FormIntake); w.without(record.FormSuitability) }, "TSP 1.04", Open, "communication"},
		{"above the record", func(w *world) {
			w.without(record.FormIntake)
			w.without(record.FormSuitability)
			w.client.Needs = "large print"
		}, "TSP 1.04", Documented, ""},
		{"not assessed", func(w *world) { w.without(record.FormSuitability) }, "TSP 2.07", Open, "not assessed"},
		{"to be assessed again", suits(func(s *record.Suitability) { s.Again = day("2026-12-25") }), "TSP 2.07", Due, "December 25, 2026"},
		{"to be assessed again much later", suits(func(s *record.Suitability) { s.Again = day("2026-12-26") }), "TSP 2.07", Documented, ""},
		{"refer, and no referral", suits(func(s *record.Suitability) { s.Outcome = "refer" }), "TSP 1.05", Open, "referral"},
		{"first by telephone, and none", suits(func(s *record.Suitability) { s.First = "phone" }), "TSP 2.08", Open, "by telephone"},
		{"first in person, and it was", suits(func(s *record.Suitability) { s.Outcome = "in-person-first" }), "TSP 2.08", Documented, "first consultation"},
		{"strengths not weighed", suits(func(s *record.Suitability) { s.Strengths = " " }), "NASW 2.05", Open, "strengths and risks"},
		{"not verified", func(w *world) { w.without(record.FormIdentity) }, "TSP 2.04", Open, "confirmed on 0 of 20 remote contacts"},
		{"limits explained", identity(record.IdentityCheck{Verified: "no", Limits: "yes"}), "TSP 2.04", Documented, "limits"},
		{"limits not explained", identity(record.IdentityCheck{Verified: "no", Limits: "no"}), "TSP 2.04", Open, "limits"},
		{"identity alone", func(w *world) { w.disown(record.FormReview) }, "NASW 2.01", Open, "No review"},
		{"the review alone", func(w *world) { w.without(record.FormIdentity) }, "NASW 2.01", Open, "not verified"},
		{"a request declined", boundary(record.Boundary{What: "social-request", Decision: "declined"}), "TSP 4.10", Documented, "not accepted"},
		{"a request accepted", boundary(record.Boundary{What: "social-request", Decision: "accepted"}), "TSP 4.10", Open, "without the reason"},
		{"a request accepted, advice", boundary(record.Boundary{What: "social-request", Decision: "accepted"}), "TIP 1", Advised, "without the reason"},
		{"an exception", boundary(record.Boundary{What: "social-request", Decision: "accepted", Exception: "group program"}), "TSP 4.10", Documented, "exception"},
		{"a testimonial", boundary(record.Boundary{What: "testimonial", Decision: "declined"}), "TSP 4.09", Outside, "stands in the record"},
	})
}

func TestSafetyRules(t *testing.T) {
	card := func(change func(c *record.EmergencyCard)) func(w *world) {
		return func(w *world) {
			w.without(record.FormEmergency)
			c := record.EmergencyCard{Where: "home", Services: "county", Contact: "Maria", Shared: day(since)}
			change(&c)
			w.file(record.FormEmergency, since, c)
		}
	}
	incident := func(finding string, told bool) func(w *world) {
		return func(w *world) {
			id := w.own(record.FormIncident, "2026-10-01", record.Incident{Discovered: day("2026-10-01"), What: "lost-device", Finding: finding, Clients: []record.ClientID{w.client.ID}})
			if told {
				w.follow(record.FormBreachNotice, "2026-10-03", id, record.BreachNotice{On: day("2026-10-03"), How: "letter"})
			}
		}
	}
	release := func(expires string) func(w *world) {
		return func(w *world) {
			w.file(record.FormCollateral, since, record.Collateral{Name: "Dr. Moss", Release: "yes", Signed: day(since), Expires: day(expires)})
			w.log(record.Call, record.TallyThird, "2026-07-01", 5, "", "")
		}
	}
	check(t, []change{
		{"no card", func(w *world) { w.without(record.FormEmergency) }, "NASW 2.13", Open, "no emergency card"},
		{"not shared", card(func(c *record.EmergencyCard) { c.Shared = record.Date{} }), "NASW 2.13", Open, "shared"},
		{"nobody authorized", card(func(c *record.EmergencyCard) { c.Contact = "" }), "NASW 2.13", Open, "authorized"},
		{"nobody authorized, and why", card(func(c *record.EmergencyCard) { c.Contact, c.Note = "", "wants nobody called" }), "NASW 2.13", Documented, ""},
		{"moved since", func(w *world) {
			w.places = append(w.places, record.Place{Jurisdiction: "US-TN", Since: day("2026-08-01")})
		}, "NASW 2.13", Due, "moved on August 1, 2026"},
		{"no plan, but the policy", func(w *world) { w.without(record.FormInterruption) }, "NASW 2.12", Documented, ""},
		{"neither plan nor policy", func(w *world) { w.without(record.FormInterruption); w.without(record.FormAcknowledgment) }, "NASW 2.12", Open, ""},
		{"profile incomplete", func(w *world) { w.settings.Regulator.Email = "" }, "TSP 2.09", Open, "its email"},
		{"client not told", func(w *world) { w.without(record.FormAcknowledgment) }, "TSP 2.09", Open, "Nothing shows"},
		{"a breach", incident("breach", false), "MS 3.4.C.4", Open, "not yet told of the incident discovered on October 1, 2026"},
		{"a low probability", incident("low-probability", false), "TSP 3.10", Open, "not yet told"},
		{"a breach, told", incident("breach", true), "MS 3.4.C.4", Documented, "told on October 3, 2026"},
		{"nobody else", func(*world) {}, "TSP 3.08", NotApplicable, ""},
		{"without a release", func(w *world) { w.log(record.Call, record.TallyThird, "2026-07-01", 5, "", "") }, "TSP 3.08", Open, "5 contacts with third persons"},
		{"with a release", release("2027-07-01"), "TSP 3.08", Documented, ""},
		{"expired in between", release("2026-07-03"), "TSP 3.08", Open, "2 contacts with third persons"},
		{"expires soon", release("2026-12-10"), "TSP 3.08", Due, "expires on December 10, 2026"},
		{"later there is none", func(w *world) {
			release("2027-07-01")(w)
			w.file(record.FormCollateral, "2026-07-02", record.Collateral{Name: "dr. moss", Release: "no"})
		}, "TSP 3.08", Open, "4 contacts with third persons"},
		{"revoked", func(w *world) {
			release("2027-07-01")(w)
			id := w.forms[len(w.forms)-1].ID
			w.follow(record.FormReleaseRevoked, "2026-07-02", id, record.ReleaseRevoked{On: day("2026-07-02"), By: "the client"})
		}, "TSP 3.08", Open, "4 contacts with third persons"},
	})
}
