package app

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"casekeep/app/form"
	"casekeep/app/standing"
	"casekeep/vault/record"
)

// Whatever is done, what is known of all records is what a fresh reading of them
// says, the line above a record is that of its last entry, and the vault is
// whole.
func TestWhatIsKnownHoldsWhateverIsDone(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { randomly(t, seed) })
	}
}

func randomly(t *testing.T, seed uint64) {
	ctx := context.Background()
	r := rand.New(rand.NewPCG(seed, 7))
	now := time.Date(2026, 2, 20, 20, 14, 0, 0, time.UTC)
	zones := []string{"UTC", "Pacific/Apia", "America/Chicago", "Pacific/Pago_Pago"}
	p, err := Create(ctx, filepath.Join(t.TempDir(), "v"), "ladder ochre Venice 42", record.Practice{Name: "P", Zone: zones[r.IntN(4)], Jurisdiction: "US-MS", Ages: record.Ages{Majority: 21, Consent: 18, ParentAccess: 18}},
		Config{WorkFactor: 10, StateDir: t.TempDir(), Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Lock()
	var clients []record.ClientID
	for i := range 5 {
		c, err := p.AddClient(ctx, record.Client{Name: fmt.Sprint("C", i), Kind: []record.Kind{record.Individual, record.Couple}[i%2], Jurisdiction: "US-MS", Born: record.Date{Year: 2008, Month: 2, Day: 28}, Members: []record.Member{{Name: "Bo"}, {Name: "Kit"}}[:2*(i%2)]})
		if err != nil {
			t.Fatal(err)
		}
		clients = append(clients, c.ID)
	}
	var entries []record.EntryID
	one := func() record.ClientID { return clients[r.IntN(len(clients))] }
	some := func() record.EntryID {
		if len(entries) == 0 {
			return 5
		}
		return entries[r.IntN(len(entries))]
	}
	day := func() string { return record.DateOf(now.AddDate(0, 0, -1-r.IntN(60))).String() }
	keep := func(e record.Entry, err error) error {
		if err == nil {
			entries = append(entries, e.ID)
		}
		return err
	}
	file := func(c record.ClientID, f record.Form, v form.Values, about, sup record.EntryID) error {
		return keep(p.File(ctx, FormRequest{Client: c, Form: f, Values: v, About: about, Supersedes: sup}))
	}
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	done := 0
	for step := range 120 {
		now = now.Add(time.Duration(r.IntN(30)) * time.Hour)
		var err error
		what := r.IntN(17)
		switch what {
		case 0, 1:
			err = keep(p.Log(ctx, record.Entry{Client: one(), Channel: record.Channels()[r.IntN(8)], Direction: []record.Direction{record.In, record.Out, record.Third}[r.IntN(3)], Body: "x",
				At: now.Add(-time.Duration(r.IntN(900)) * time.Hour), Location: pick("", "Tennessee", "Memphis, TN", "home"), OwnLocation: pick("", "US-AL"), Identity: record.IdentityConfirmed}))
		case 2:
			err = file(one(), record.FormSafeContact, form.Values{"text": "no", "voicemail": "no", "say_name": "no", "code": pick("a", "b")}, 0, 0)
		case 3:
			err = file(one(), record.FormChannel, form.Values{"channel": pick("text", "email", "video"), "decision": pick("allowed", "not-allowed", "revoked"), "since": day(), "how": "verbal"}, 0, 0)
		case 4:
			err = p.Strike(ctx, some(), "why")
		case 5, 6:
			err = p.Move(ctx, some(), one(), "why")
		case 7:
			id := some()
			var e record.Entry
			var v form.Values
			if e, v, err = p.Correct(ctx, id); err == nil {
				err = file(e.Client, e.Form, v, e.About, id)
			}
		case 8:
			err = keep(p.CorrectTime(ctx, some(), now.Add(-time.Duration(r.IntN(900))*time.Hour), "UTC"))
		case 9:
			var c record.Client
			if c, err = p.OpenClient(ctx, one()); err == nil {
				c.Name += "x"
				c.Jurisdiction = pick("US-MS", "US-TN", "")
				if len(c.Members) > 0 {
					c.Members[0].Name = pick("Bo", "Bea")
				}
				err = p.ChangeClient(ctx, c)
			}
		case 10:
			if r.IntN(2) == 0 {
				err = p.CloseClient(ctx, one(), record.DateOf(now.AddDate(0, 0, -3)), "x")
			} else {
				err = p.SetActive(ctx, one())
			}
		case 11:
			_, err = p.PublishPolicy(ctx, PolicyDraft{Topic: pick("searching", "informed-consent"), Text: "t " + fmt.Sprint(step), Held: true})
		case 12:
			c := one()
			var v form.Values
			if v, err = p.Prepare(ctx, c, record.FormAcknowledgment, 0); err == nil {
				signers, _ := v["signers"].([]record.Signer)
				for i := range signers {
					signers[i].Capacity = pick("yes", "yes", "no")
					signers[i].Basis = "b"
				}
				v["how"], v["decision"], v["on"] = "verbal", pick("given", "given", "declined", "withdrawn"), day()
				err = file(c, record.FormAcknowledgment, v, 0, 0)
			}
		case 13:
			err = file(one(), record.FormPlace, form.Values{"jurisdiction": pick("US-TN", "US-MS", "US-AL"), "since": day()}, 0, 0)
		case 14:
			err = file(record.Book, record.FormIncident, form.Values{"discovered": day(), "what": "other", "story": "s", "data": "d", "finding": pick("breach", "not-judged"), "clients": []string{one().String(), one().String()}}, 0, 0)
		case 15:
			incidents, _ := p.Forms(ctx, record.Book, record.FormIncident)
			if len(incidents) > 0 {
				err = file(one(), record.FormBreachNotice, form.Values{"on": day(), "how": "h", "said": "s"}, incidents[r.IntN(len(incidents))].ID, 0)
			}
		case 16:
			var s record.Practice
			s, err = p.Settings(ctx)
			s.HIPAA, s.Ages.Consent = pick("yes", "no"), 16+r.IntN(4)
			if err == nil {
				err = p.SetSettings(ctx, s)
			}
		}
		if err != nil {
			continue
		}
		done++
		lines, err := p.Standings(ctx)
		if err != nil {
			t.Fatal(step, what, err)
		}
		today, err := p.Today(ctx)
		if err != nil {
			t.Fatal(step, what, err)
		}
		if step%5 == 0 {
			fresh := &Practice{v: p.v, now: p.now}
			todayFresh, err := fresh.Today(ctx)
			if err != nil || !reflect.DeepEqual(today, todayFresh) {
				t.Fatalf("step %d (%d): today is %+v, fresh %+v, %v", step, what, today, todayFresh, err)
			}
			linesFresh, err := fresh.Standings(ctx)
			if err != nil || !reflect.DeepEqual(lines, linesFresh) {
				t.Fatalf("step %d (%d): standings, %v", step, what, err)
			}
		}
		for _, l := range lines {
			s, err := p.Standing(ctx, l.Client)
			if err != nil {
				t.Fatal(err)
			}
			c, err := p.OpenClient(ctx, l.Client)
			if err != nil {
				t.Fatal(err)
			}
			line := ""
			if safe, _ := p.Forms(ctx, l.Client, record.FormSafeContact); len(safe) > 0 {
				asked, _ := form.Decode[record.Contacting](safe[0].Data)
				line = form.SafeLine(asked)
			}
			if c.SafeContact != line {
				t.Fatalf("step %d (%d): the line of client %s is %q, not %q", step, what, l.Client, c.SafeContact, line)
			}
			own := map[standing.Status]int{}
			for _, f := range s.Findings {
				if !f.Book {
					own[f.Status]++
				}
			}
			for k := range l.Counts {
				if own[k] != l.Counts[k] {
					t.Fatalf("step %d (%d): client %s: %v, fresh %v", step, what, l.Client, l.Counts, own)
				}
			}
		}
	}
	found, err := p.Verify(ctx, nil)
	if err != nil || !found.OK {
		t.Fatal(found.Problems, err)
	}
	if done < 60 {
		t.Errorf("only %d steps were done", done)
	}
}
