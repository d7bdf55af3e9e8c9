package detail

import (
	"context"
	"strings"
	"time"

	"casekeep/ui/clients/ask"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/clients/pick"
	"casekeep/ui/clients/whenform"
	"casekeep/ui/keep"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// act is something that can be done with an entry.
type act struct {
	text string
	do   func()
	rare bool
}

func (d *Detail) acts(e record.Entry) []act {
	all := []act{
		{text: "Copy text", do: func() { d.copyText(e) }},
		{text: "Amend", do: func() { d.askAmend(e) }},
	}
	if e.Struck == nil {
		all = append(all, act{text: "Strike through", do: func() { d.askStrike(e) }})
	}
	all = append(all, act{text: "Move", do: func() { d.askMove(e) }}, act{"Place a legal hold", func() { d.askHold(e) }, true}, act{"Put out of sight", func() { d.askSequester(e) }, true})
	if !e.IsContact() && e.Struck == nil && e.Superseded == 0 {
		return append(all, act{text: "Correct", do: func() { d.correct(e) }})
	}
	if e.IsContact() && e.Provenance == nil && len(e.Attachments) == 0 && e.Superseded == 0 {
		all = append(all, act{text: "Correct time", do: func() { d.askTime(e) }})
	}
	return all
}

// done closes the entry and tells the page.
func (d *Detail) done(said string, clients ...record.ClientID) func() {
	return func() {
		d.close()
		d.hooks.Changed(said, clients...)
	}
}

func (d *Detail) askAmend(e record.Entry) {
	text := kit.NewArea("What is to be added or corrected", 5)
	reason := kit.NewField("Reason, if there is one to state")
	practice := d.desk.Practice()
	q := ask.Open(d.desk, "Amend", ask.Question{
		Title: "Amend the entry", Width: 520,
		Body: kit.Column(12, kit.NewNote("What stands there stays. The amendment is dated today and goes with it wherever the record goes."), text, reason),
		Check: func() (string, bool) {
			return "", ask.Filled(text, "Write what is to be added or corrected.")
		},
		Do:   func(ctx context.Context) error { return practice.Amend(ctx, e.ID, text.Text(), reason.Text()) },
		Done: d.done("Amended.", e.Client),
	})
	text.OnEnter = func(string) { q.Press() }
}

func (d *Detail) askStrike(e record.Entry) {
	reason := kit.NewField("What is wrong with it").Placeholder("logged for the wrong day")
	practice := d.desk.Practice()
	ask.OpenDanger(d.desk, "Strike through", ask.Question{
		Title: "Strike the entry through?",
		Body: kit.Column(12, kit.NewNote("It stays readable, marked as an error, with the reason and today’s date. This cannot be taken back."),
			reason),
		Check: func() (string, bool) { return "", ask.Filled(reason, "Say what is wrong with it.") },
		Do:    func(ctx context.Context) error { return practice.Strike(ctx, e.ID, reason.Text()) },
		Done:  d.done("Struck through.", e.Client),
	})
}

func (d *Detail) askMove(e record.Entry) {
	picker := pick.New(d.desk, e.Client)
	reason := kit.NewField("Why it belongs there").Placeholder("filed to the wrong person of the same name")
	practice := d.desk.Practice()
	var to record.ClientSummary
	ask.Open(d.desk, "Move", ask.Question{
		Title: "Move to another client", Width: 520,
		Body: kit.Column(12, kit.NewNote("Both records’ audit trails say that it was moved; neither names the other client."),
			picker.Content(), reason),
		Check: func() (string, bool) {
			var ok bool
			if to, ok = picker.Chosen(); !ok {
				return "Choose the client that it belongs to.", false
			}
			return "", ask.Filled(reason, "Say why it belongs there.")
		},
		Do:   func(ctx context.Context) error { return practice.Move(ctx, e.ID, to.ID, reason.Text()) },
		Done: func() { d.done("Moved to "+to.Name+".", e.Client, to.ID)() },
	})
}

func (d *Detail) askTime(e record.Entry) {
	form := whenform.New(e.At, e.Zone, d.desk.Practice().Now)
	practice := d.desk.Practice()
	var at time.Time
	var zone string
	ask.Open(d.desk, "Correct", ask.Question{
		Title: "Correct the time",
		Body: kit.Column(12, kit.NewNote("The entry stays as it is. It is written once more under the right time, and each names the other."),
			form.Content()),
		Check: func() (string, bool) {
			if !form.Changed() {
				return "That is the time it has already.", false
			}
			var ok bool
			at, zone, ok = form.Value()
			return "", ok
		},
		Do: func(ctx context.Context) error {
			_, err := practice.CorrectTime(ctx, e.ID, at, zone)
			return err
		},
		Done: d.done("Time corrected.", e.Client),
	})
}

// askHold puts the record under a legal hold because of what the entry says.
func (d *Detail) askHold(e record.Entry) {
	d.close()
	keep.AskHoldAfter(d.desk, e, d.hooks.Client().Name)
}

// askSequester puts the entry out of sight by an order.
func (d *Detail) askSequester(e record.Entry) {
	d.close()
	keep.AskSequester(d.desk, keep.Sequester{
		Client: e.Client, Entries: []record.EntryID{e.ID}, Files: len(e.Attachments),
		What: title(e, d.hooks.Client().Name) + ", " + phrase.ShortDate(record.DateOf(e.At.In(e.TimeZone()))),
		Done: func(said string) { d.hooks.Changed(said, e.Client) },
	})
}

// correct lets the form of an entry be filled in once more.
func (d *Detail) correct(e record.Entry) {
	d.close()
	d.hooks.Correct(e)
}

// copyText puts what was said on the clipboard, with who and when.
func (d *Detail) copyText(e record.Entry) {
	head := title(e, d.hooks.Client().Name)
	parts := []string{head + ", " + when(e)}
	subject := e.Subject
	if strings.HasPrefix(subject, head) { // a form's names what it is
		subject = strings.TrimPrefix(strings.TrimPrefix(subject, head), ": ")
	}
	for _, text := range []string{subject, e.Body} {
		if text != "" {
			parts = append(parts, text)
		}
	}
	d.desk.Copy(strings.Join(parts, "\n"))
	d.desk.Toast("Text copied.", "", nil)
}
