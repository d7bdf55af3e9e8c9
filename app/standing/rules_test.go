package standing

import (
	"strings"
	"testing"

	"casekeep/vault/record"
)

// change is something that is otherwise than in newWorld, and where a duty
// stands then.
type change struct {
	name   string
	change func(w *world)
	id     string
	status Status
	says   string // part of what it says
}

func check(t *testing.T, changes []change) {
	t.Helper()
	for _, c := range changes {
		t.Run(c.id+" "+c.name, func(t *testing.T) {
			w := newWorld(t)
			c.change(w)
			f := w.findings()[c.id]
			if f.Status != c.status || !strings.Contains(f.Says, c.says) {
				t.Errorf("%s is %s, not %s: %s", c.id, f.Status, c.status, f.Says)
			}
		})
	}
}

func consenting(w *world, change func(a *record.Acknowledgment)) {
	w.without(record.FormAcknowledgment)
	a := w.acknowledgment(since, signer(ada))
	change(&a)
	w.file(record.FormAcknowledgment, a.On.String(), a)
}

// onPaper puts a consent from before Casekeep, of which nobody knows the day,
// in the place of the others.
func onPaper(w *world) {
	w.without(record.FormAcknowledgment)
	w.file(record.FormAcknowledgment, since, record.Acknowledgment{Earlier: []string{"informed-consent"}, EarlierWhat: "the form of 2019",
		Decision: record.Given, About: "before 2020", How: "in-writing", Signers: signer(ada)})
}

func TestConsentRules(t *testing.T) {
	check(t, []change{
		{"on paper, the day not known", onPaper, "TSP 2.01", Due, "consented on a day not known (“before 2020”) to the form of 2019"},
		{"nothing", func(w *world) { w.without(record.FormAcknowledgment) }, "TSP 2.01", Open, "23 service contacts took place before any consent"},
		{"nothing", func(w *world) { w.without(record.FormAcknowledgment) }, "TSP 2.05", Open, "Nothing shows that Ada Quill went through it"},
		{"nothing", func(w *world) { w.without(record.FormAcknowledgment) }, "TSP 2.03", Open, ""},
		{"declined", func(w *world) { consenting(w, func(a *record.Acknowledgment) { a.Decision = record.Declined }) }, "TSP 3.05", Open, "has declined"},
		{"declined, and told all the same", func(w *world) { consenting(w, func(a *record.Acknowledgment) { a.Decision = record.Declined }) }, "TSP 2.05", Documented, "has declined it"},
		{"declined", func(w *world) { consenting(w, func(a *record.Acknowledgment) { a.Decision = record.Declined }) }, "TSP 2.01", Open, "has declined"},
		{"withdrawn later", func(w *world) {
			a := w.acknowledgment("2026-09-01", signer(ada))
			a.Decision = record.Withdrawn
			w.file(record.FormAcknowledgment, "2026-09-01", a)
		}, "TSP 2.01", Open, "has withdrawn the consent to services on September 1, 2026"},
		{"given again after it was withdrawn", func(w *world) {
			a := w.acknowledgment("2026-09-01", signer(ada))
			a.Decision = record.Withdrawn
			w.file(record.FormAcknowledgment, "2026-09-01", a)
			w.file(record.FormAcknowledgment, "2026-10-01", w.acknowledgment("2026-10-01", signer(ada)))
		}, "TSP 2.01", Documented, "October 1, 2026"},
		{"capacity not judged", func(w *world) { consenting(w, func(a *record.Acknowledgment) { a.Signers[0].Capacity = "unsure" }) }, "TSP 2.01", Open, "judged able"},
		{"late", func(w *world) { consenting(w, func(a *record.Acknowledgment) { a.On = day("2026-06-05") }) }, "TSP 2.01", Open, "6 service contacts took place before any consent"},
		{"late, but only screening before", func(w *world) {
			w.contacts = nil
			w.log(record.Text, record.TallyExempt, "2026-06-02", 3, "", "")
			consenting(w, func(a *record.Acknowledgment) { a.On = day("2026-06-05") })
		}, "TSP 2.01", Documented, ""},
		{"a new version", func(w *world) { w.publish("informed-consent", 2, "2026-11-01") }, "TSP 2.01", Due, "version 2 is in effect since November 1, 2026"},
		{"a new version", func(w *world) { w.publish("searching", 2, "2026-11-01") }, "TSP 2.05", Due, "version 2 is in effect"},
		{"a version of tomorrow", func(w *world) { w.publish("searching", 2, "2026-11-26") }, "TSP 2.05", Documented, "version 1"},
		{"another text", func(w *world) {
			consenting(w, func(a *record.Acknowledgment) {
				for i := range a.Policies {
					a.Policies[i].Hash = hashOf("another text")
				}
			})
		}, "TSP 2.05", Open, "none of the practice’s versions"},
		{"on paper, of an earlier policy", func(w *world) {
			consenting(w, func(a *record.Acknowledgment) {
				a.Policies, a.Earlier, a.EarlierWhat, a.On = nil, []string{"searching"}, "Form of 2019", day("2020-03-02")
			})
		}, "TSP 2.05", Due, "Form of 2019 (before Casekeep)"},
		{"on paper, and no policy since", func(w *world) {
			w.disown(record.FormPolicy)
			consenting(w, func(a *record.Acknowledgment) {
				a.Earlier, a.EarlierWhat, a.On = []string{"searching"}, "Form of 2019", day("2020-03-02")
			})
		}, "TSP 2.05", Documented, "March 2, 2020"},
		{"no policy", func(w *world) { w.disown(record.FormPolicy); w.without(record.FormAcknowledgment) }, "TSP 2.05", Open, "has no policy in effect"},
		{"to be gone through again soon", func(w *world) { consenting(w, func(a *record.Acknowledgment) { a.ReviewBy = day("2026-12-25") }) }, "TSP 2.03", Due, "December 25, 2026"},
		{"to be gone through again later", func(w *world) { consenting(w, func(a *record.Acknowledgment) { a.ReviewBy = day("2026-12-26") }) }, "TSP 2.03", Documented, ""},
		{"no word of how", func(w *world) { consenting(w, func(a *record.Acknowledgment) { a.Language = "" }) }, "TSP 2.03", Open, "in which language"},
		{"interpreted", func(w *world) {
			consenting(w, func(a *record.Acknowledgment) { a.Language, a.Interpreter = "", "Ana Ruiz" })
		}, "TSP 2.03", Documented, "interpreted by Ana Ruiz"},
		{"a survey", func(w *world) {
			w.file(record.FormConsent, "2026-07-01", record.Consent{What: "evaluation", Signers: signer(ada), Decision: record.Given, On: day("2026-07-01"), Expires: day("2026-12-01")})
		}, "NASW 2.22", Due, "It ends on December 1, 2026"},
		{"no survey", func(*world) {}, "NASW 2.22", NotApplicable, ""},
		{"payments are not electronic", func(w *world) { w.settings.EPayments = "no" }, "TIP 9", NotApplicable, ""},
		{"payments not talked through", func(w *world) { w.without(record.FormAcknowledgment) }, "TIP 9", Advised, ""},
		{"no social media", func(w *world) { w.settings.SocialMedia = "" }, "NASW 2.10", NotApplicable, ""},
		{"an old policy", func(w *world) { w.today = "2027-05-20" }, "NASW 2.10", Due, "reviewed by May 1, 2027"},
		{"an old policy that was looked at", func(w *world) {
			w.today = "2027-05-20"
			for _, f := range w.book {
				if f.Form == record.FormPolicy && strings.Contains(string(f.Data), `"social-media"`) {
					review := w.filed(record.FormReview, "2027-04-20", record.Review{On: day("2027-04-20"), What: "policy", Found: "it holds"})
					review.About = f.ID
					w.book = append(w.book, review)
				}
			}
		}, "NASW 2.10", Documented, ""},
	})
}

func TestEachMemberIsTold(t *testing.T) {
	couple := func(w *world) {
		w.client.Kind, w.client.Name = record.Couple, "Bo & Kit Larsen"
		w.client.Members = []record.Member{{Name: "Bo Larsen"}, {Name: "Kit Larsen"}}
	}
	check(t, []change{
		{"one person", func(*world) {}, "TSP 3.07", NotApplicable, "couples"},
		{"one of two", func(w *world) {
			couple(w)
			consenting(w, func(a *record.Acknowledgment) { a.Signers[0].Name = "bo  LARSEN" })
		}, "TSP 3.07", Open, "Kit Larsen went through"},
		{"one of two", func(w *world) {
			couple(w)
			consenting(w, func(a *record.Acknowledgment) { a.Signers[0].Name = "Bo Larsen" })
		}, "TSP 2.01", Open, "Nothing shows that Kit Larsen consented"},
		{"both", func(w *world) {
			couple(w)
			consenting(w, func(a *record.Acknowledgment) { a.Signers = append(signer("Bo Larsen"), signer("Kit Larsen")...) })
		}, "TSP 3.07", Documented, "Bo Larsen went through"},
		{"each on a day of its own", func(w *world) {
			couple(w)
			consenting(w, func(a *record.Acknowledgment) { a.Signers = signer("Bo Larsen") })
			w.file(record.FormAcknowledgment, "2026-07-01", w.acknowledgment("2026-07-01", signer("Kit Larsen")))
		}, "TSP 2.01", Documented, "Kit Larsen consented on July 1, 2026"},
		{"a child signs nothing", func(w *world) {
			w.client.Kind = record.Family
			w.client.Members = []record.Member{{Name: "Maria Quill"}, {Name: "Sam Quill", Born: day("2015-01-01")}}
			consenting(w, func(a *record.Acknowledgment) { a.Signers = signer("Maria Quill") })
		}, "TSP 3.07", Documented, ""},
		{"nobody knows who", func(w *world) { w.client.Kind = record.Group }, "TSP 2.01", Open, "members of Ada Quill are not on record"},
		{"an organization has one who signs", func(w *world) { w.client.Kind = record.Organization }, "TSP 2.01", Documented, ""},
	})
}

func TestMinors(t *testing.T) {
	guardian := []record.Signer{{Name: "Maria Quill", Role: "guardian", Capacity: "yes"}}
	minor := func(by string) record.Minor {
		return record.Minor{ConsentBy: by, Guardians: []record.Guardian{{Name: "Maria Quill"}}, Custody: "no-order", MaySee: "Maria"}
	}
	young := func(born string) func(w *world) { return func(w *world) { w.client.Born = day(born) } }
	check(t, []change{
		{"the minor alone", young("2012-01-01"), "TSP 2.01", Open, "Nothing shows that a guardian consented"},
		{"nobody said who decides", young("2012-01-01"), "TSP 2.08", Open, "below the age of consent"},
		{"age of consent not confirmed", func(w *world) { w.client.Born = day("2012-01-01"); w.settings.Ages.Consent = 0 }, "TSP 2.01", Documented, ""},
		{"a guardian", func(w *world) {
			w.client.Born = day("2012-01-01")
			consenting(w, func(a *record.Acknowledgment) { a.Signers = guardian })
			w.file(record.FormMinor, since, minor("guardian"))
		}, "TSP 2.01", Documented, "A guardian consented"},
		{"a guardian, who decides is on record", func(w *world) {
			w.client.Born = day("2012-01-01")
			w.file(record.FormMinor, since, minor("guardian"))
		}, "TSP 2.08", Documented, ""},
		{"both are needed", func(w *world) {
			w.client.Born = day("2012-01-01")
			consenting(w, func(a *record.Acknowledgment) { a.Signers = guardian })
			w.file(record.FormMinor, since, minor("both"))
		}, "TSP 2.01", Open, "Nothing shows that Ada Quill consented"},
		{"the law lets the minor consent", func(w *world) {
			w.client.Born = day("2012-01-01")
			w.file(record.FormMinor, since, minor("client"))
		}, "TSP 2.01", Documented, ""},
		{"of age since, and nobody asked", func(w *world) {
			w.client.Born = day("2008-10-01")
			consenting(w, func(a *record.Acknowledgment) { a.Signers = guardian })
			w.file(record.FormMinor, since, minor("guardian"))
		}, "TSP 2.01", Due, "birthday of October 1, 2026"},
		{"of age since, and consented", func(w *world) {
			w.client.Born = day("2008-10-01")
			consenting(w, func(a *record.Acknowledgment) { a.Signers = guardian })
			w.file(record.FormAcknowledgment, "2026-10-02", w.acknowledgment("2026-10-02", signer(ada)))
		}, "TSP 2.01", Documented, "October 2, 2026"},
	})
}

func TestSearchRules(t *testing.T) {
	note := record.SearchNote{On: day("2026-08-01"), Where: "a search engine", Terms: "name", Reason: "safety", Basis: record.BasisEmergency,
		Emergency: "in danger", Told: "yes", ToldOn: day("2026-08-02"), ToldHow: "in person"}
	with := func(change func(w *world, n *record.SearchNote)) func(w *world) {
		return func(w *world) {
			n := note
			change(w, &n)
			w.file(record.FormSearch, "2026-08-01", n)
		}
	}
	consent := func(w *world, c record.Consent) record.EntryID { return w.file(record.FormConsent, c.On.String(), c) }
	given := record.Consent{What: "search", Decision: record.Given, On: day("2026-07-01")}
	check(t, []change{
		{"none", func(*world) {}, "TSP 2.06", NotApplicable, ""},
		{"told", with(func(*world, *record.SearchNote) {}), "TSP 2.06", Documented, ""},
		{"not told", with(func(_ *world, n *record.SearchNote) { n.Told = "no" }), "TSP 2.06", Open, "not yet told of the search of August 1, 2026"},
		{"told later", func(w *world) {
			n := note
			n.Told = "no"
			id := w.file(record.FormSearch, "2026-08-01", n)
			w.follow(record.FormSearchTold, "2026-08-09", id, record.SearchTold{On: day("2026-08-09"), How: "in person"})
		}, "TSP 2.06", Documented, ""},
		{"emergency", with(func(*world, *record.SearchNote) {}), "TSP 3.04", Documented, "emergency"},
		{"neither", with(func(_ *world, n *record.SearchNote) { n.Basis = record.BasisNeither }), "TSP 3.04", Open, "departure"},
		{"neither, as advice", with(func(_ *world, n *record.SearchNote) { n.Basis = record.BasisNeither }), "TIP 4", Advised, "departure"},
		{"consent", with(func(w *world, n *record.SearchNote) { n.Basis, n.Consent = record.BasisConsent, consent(w, given) }), "TSP 3.04", Documented, "consent"},
		{"a consent of later", with(func(w *world, n *record.SearchNote) {
			late := given
			late.On = day("2026-08-03")
			n.Basis, n.Consent = record.BasisConsent, consent(w, late)
		}), "TSP 3.04", Open, "not in force"},
		{"a consent that was declined", with(func(w *world, n *record.SearchNote) {
			no := given
			no.Decision = record.Declined
			n.Basis, n.Consent = record.BasisConsent, consent(w, no)
		}), "TSP 3.04", Open, "not in force"},
		{"a consent that had ended", with(func(w *world, n *record.SearchNote) {
			over := given
			over.Expires = day("2026-07-31")
			n.Basis, n.Consent = record.BasisConsent, consent(w, over)
		}), "TSP 3.04", Open, "not in force"},
		{"a consent that was withdrawn before", with(func(w *world, n *record.SearchNote) {
			n.Basis, n.Consent = record.BasisConsent, consent(w, given)
			consent(w, record.Consent{What: "search", Decision: record.Withdrawn, On: day("2026-07-15")})
		}), "TSP 3.04", Open, "not in force"},
		{"a consent that was struck through", with(func(_ *world, n *record.SearchNote) { n.Basis, n.Consent = record.BasisConsent, 12345 }), "TSP 3.04", Open, "not in force"},
	})
}
