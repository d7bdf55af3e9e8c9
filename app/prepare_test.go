package app_test

import (
	"testing"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/vault/record"
)

func prepare(t testing.TB, p *app.Practice, client record.ClientID, f record.Form) form.Values {
	t.Helper()
	v, err := p.Prepare(ctx, client, f, 0)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAnAcknowledgmentIsPrepared(t *testing.T) {
	p := newPractice(t)
	publish(t, p, app.PolicyDraft{Topic: "searching", Text: "I ask first."})
	publish(t, p, app.PolicyDraft{Topic: "breach", Text: "I tell you."})
	publish(t, p, app.PolicyDraft{Topic: "social-media", Text: "No friends."}) // does not apply
	ada, err := p.AddClient(ctx, record.Client{Name: "Ada Quill", Born: day(t, "1984-02-29"), Language: "Spanish"})
	if err != nil {
		t.Fatal(err)
	}
	v := prepare(t, p, ada.ID, record.FormAcknowledgment)
	refs := v["policies"].([]record.PolicyRef)
	if len(refs) != 2 || refs[0].Topic != "breach" || refs[1].Topic != "searching" || refs[0].Hash == (record.Hash{}) {
		t.Errorf("ticked: %+v", refs)
	}
	signers := v["signers"].([]record.Signer)
	if len(signers) != 1 || signers[0] != (record.Signer{Name: "Ada Quill", Role: "client", Capacity: "yes"}) {
		t.Errorf("signers: %+v", signers)
	}
	if v["on"] != "2026-11-21" || v["review_by"] != "2027-11-21" || v["language"] != "Spanish" || v["decision"] != "given" || v["how"] != nil {
		t.Errorf("the rest: %+v", v)
	}
	acknowledge(t, p, ada.ID, nil)
	if refs := prepare(t, p, ada.ID, record.FormAcknowledgment)["policies"].([]record.PolicyRef); len(refs) != 2 {
		t.Errorf("all are told, and ticked are %+v", refs)
	}
	publish(t, p, app.PolicyDraft{Topic: "breach", Text: "I tell you soon."})
	if refs := prepare(t, p, ada.ID, record.FormAcknowledgment)["policies"].([]record.PolicyRef); len(refs) != 1 || refs[0].Version != 2 {
		t.Errorf("after a new version, ticked are %+v", refs)
	}
}

func TestWhoDecides(t *testing.T) {
	p := newPractice(t)
	guardian := func(by, may string) form.Values {
		return form.Values{"consent_by": by, "custody": "no-order", "may_see": "her mother",
			"guardians": []record.Guardian{{Name: "Maria Ruiz", Relation: "mother", MayConsent: may, MaySee: "yes"}}}
	}
	mother := record.Signer{Name: "Maria Ruiz", Role: "guardian", Capacity: "yes"}
	for name, c := range map[string]struct {
		client record.Client
		minor  form.Values
		want   []record.Signer
	}{
		"no day of birth": {record.Client{Name: "A"}, nil, []record.Signer{{Name: "A", Role: "client"}}},
		"a couple": {record.Client{Name: "B", Kind: record.Couple, Members: []record.Member{{Name: "Bo"}, {Name: "Kit", Born: day(t, "2010-01-01")}}}, nil,
			[]record.Signer{{Name: "Bo", Role: "member", Capacity: "yes"}, {Name: "Kit", Role: "member"}}},
		"a community": {record.Client{Name: "C", Kind: record.Community}, nil, []record.Signer{{Name: "C", Role: "representative"}}},
		"a minor":     {record.Client{Name: "D", Born: day(t, "2012-01-01")}, guardian("guardian", "yes"), []record.Signer{mother}},
		"a minor who decides too": {record.Client{Name: "E", Born: day(t, "2012-01-01")}, guardian("both", "yes"),
			[]record.Signer{mother, {Name: "E", Role: "client"}}},
		"a minor who decides": {record.Client{Name: "F", Born: day(t, "2012-01-01")}, guardian("client", "yes"), []record.Signer{{Name: "F", Role: "client"}}},
		"grown up since":      {record.Client{Name: "G", Born: day(t, "2005-11-21")}, guardian("guardian", "yes"), []record.Signer{{Name: "G", Role: "client", Capacity: "yes"}}},
		"of 20":               {record.Client{Name: "H", Born: day(t, "2005-11-22")}, nil, []record.Signer{{Name: "H", Role: "client"}}},
	} {
		client, err := p.AddClient(ctx, c.client)
		if err != nil {
			t.Fatal(err)
		}
		if c.minor != nil {
			if _, err := p.File(ctx, app.FormRequest{Client: client.ID, Form: record.FormMinor, Values: c.minor}); err != nil {
				t.Fatal(err)
			}
		}
		got := prepare(t, p, client.ID, record.FormConsent)["signers"].([]record.Signer)
		if len(got) != len(c.want) {
			t.Errorf("%s: %+v", name, got)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %+v, want %+v", name, got[i], c.want[i])
			}
		}
	}
}

// What was said last is where a new entry begins; what is judged anew is not.
func TestTheLastAnswersAreCarriedOn(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill")
	file := func(f record.Form, v form.Values) {
		t.Helper()
		if _, err := p.File(ctx, app.FormRequest{Client: ada.ID, Form: f, Values: v}); err != nil {
			t.Fatal(err)
		}
	}
	file(record.FormSafetyPlan, form.Values{"on": "2026-11-01", "risk": "high", "people": "sister", "review_by": "2026-12-01"})
	v := prepare(t, p, ada.ID, record.FormSafetyPlan)
	if v["people"] != "sister" || v["risk"] != nil || v["on"] != "2026-11-21" || v["review_by"] != "2027-11-21" {
		t.Errorf("the safety plan begins with %+v", v)
	}
	file(record.FormAcknowledgment, form.Values{"earlier_what": "paper", "earlier": []string{"texting"}, "decision": "given",
		"how": "in-writing", "on": "2026-11-20", "signers": []record.Signer{{Name: "Ada Quill", Role: "client", Capacity: "yes"}}})
	if v := prepare(t, p, ada.ID, record.FormChannel); v["since"] != "2026-11-21" || v["warned"] != nil {
		t.Errorf("the channel's consent begins with %+v", v)
	}
}

func TestEveryFormIsPrepared(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill")
	for _, spec := range form.All() {
		client := ada.ID
		if !spec.In(client) {
			client = record.Book
		}
		v := prepare(t, p, client, spec.Form)
		for key := range v {
			if _, known := spec.Field(key); !known {
				t.Errorf("a %s has no field %q", spec.Form, key)
			}
		}
	}
	if _, err := p.Prepare(ctx, ada.ID, record.FormLicense, 0); err == nil {
		t.Error("a license is prepared for a client")
	}
	if _, err := p.Prepare(ctx, 99, record.FormIntake, 0); err == nil {
		t.Error("a form is prepared for nobody")
	}
}
