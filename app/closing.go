package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"casekeep/app/policy"
	"casekeep/app/release"
	"casekeep/assets"
	"casekeep/vault/record"
)

// Closing is where the closing of the practice stands.
type Closing struct {
	Plan    record.Closing
	Today   record.Date
	Records []ClosingRecord // open ones first, then by name
}

// ClosingRecord is one record of a practice that closes.
type ClosingRecord struct {
	Kept
	Client record.Client
	Letter record.Entry // that the client was told; ID 0: not sent
}

// Sent gives the day on which the letter was sent, unknown where it was not.
func (r ClosingRecord) Sent() record.Date {
	if r.Letter.ID == 0 {
		return record.Date{}
	}
	return record.DateOf(r.Letter.At.In(r.Letter.TimeZone()))
}

// Closing gives it.
func (p *Practice) Closing(ctx context.Context) (Closing, error) {
	var c Closing
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return c, err
	}
	c.Plan = settings.Closing
	if c.Today, err = p.dayNow(ctx); err != nil {
		return c, err
	}
	kept, err := p.Keep(ctx)
	if err != nil {
		return c, err
	}
	for _, k := range kept {
		one := ClosingRecord{Kept: k}
		if one.Client, err = p.v.Client(ctx, k.Client); err != nil {
			return c, err
		}
		if one.Letter, err = p.closingLetter(ctx, c.Plan, k.Client); err != nil {
			return c, err
		}
		c.Records = append(c.Records, one)
	}
	slices.SortStableFunc(c.Records, func(a, b ClosingRecord) int {
		open := func(r ClosingRecord) int {
			if r.Client.Status == record.Closed {
				return 1
			}
			return 0
		}
		if n := open(a) - open(b); n != 0 {
			return n
		}
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return c, nil
}

// closingLetter gives the entry that says that a client was told, unless it was
// struck through or belongs to somebody else by now.
func (p *Practice) closingLetter(ctx context.Context, plan record.Closing, client record.ClientID) (record.Entry, error) {
	id, noted := plan.Letters[client]
	if !noted {
		return record.Entry{}, nil
	}
	e, err := p.v.Entry(ctx, id)
	if err != nil || e.Struck != nil || e.Client != client {
		return record.Entry{}, err
	}
	return e, nil
}

// PlanClosing keeps the day on which the practice closes and who keeps the
// records from then on. Days that are not known take the plan back.
func (p *Practice) PlanClosing(ctx context.Context, day record.Date, keeper string, askBy record.Date) error {
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return err
	}
	if !askBy.IsZero() && !day.IsZero() && day.Before(askBy) {
		return errors.New("copies can be asked of you until the practice closes, not after: choose an earlier day")
	}
	settings.Closing.Day, settings.Closing.Keeper, settings.Closing.AskBy = day, strings.TrimSpace(keeper), askBy
	return p.SetSettings(ctx, settings)
}

// WriteLetters writes a letter to each of these clients into one PDF, each on
// pages of its own. The history of each record says so.
func (p *Practice) WriteLetters(ctx context.Context, clients []record.ClientID, out PaperFile) (Printed, error) {
	if len(clients) == 0 {
		return Printed{}, errors.New("there is nobody to write to")
	}
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return Printed{}, err
	}
	kept, err := p.Keep(ctx, clients...)
	if err != nil {
		return Printed{}, err
	}
	l, err := p.letterhead(ctx)
	if err != nil {
		return Printed{}, err
	}
	d := release.Letters{Practice: l.practice, Made: l.made}
	for _, k := range kept {
		client, err := p.v.Client(ctx, k.Client)
		if err != nil {
			return Printed{}, err
		}
		text := release.FillLetter(assets.ClosingLetter, settings, release.Closing{
			Day: settings.Closing.Day, Keeper: settings.Closing.Keeper, AskBy: settings.Closing.AskBy,
		}, client, keptUntil(k))
		if gaps := policy.Gaps(text); len(gaps) > 0 {
			return Printed{}, fmt.Errorf("a letter cannot say yet: %s. Fill that in above, or in the practice’s profile", strings.Join(gaps, ", "))
		}
		d.Letters = append(d.Letters, release.LetterTo(client, text))
	}
	return p.print(ctx, d, out, p.noted(ctx, "closing-letter", clients...))
}

// keptUntil says in a letter how long a record is kept.
func keptUntil(k Kept) string {
	if k.Closed.IsZero() || k.Until.IsZero() {
		return "for the years that the rules of your state give after our work has ended"
	}
	return "until " + k.Until.Long()
}

// WriteClosingList writes the list of all records for whoever keeps them.
func (p *Practice) WriteClosingList(ctx context.Context, out PaperFile) (Printed, error) {
	c, err := p.Closing(ctx)
	if err != nil {
		return Printed{}, err
	}
	l, err := p.letterhead(ctx)
	if err != nil {
		return Printed{}, err
	}
	d := release.ClosingList{Practice: l.practice, Made: l.made, Closing: release.Closing{Day: c.Plan.Day, Keeper: c.Plan.Keeper, AskBy: c.Plan.AskBy}}
	var clients []record.ClientID
	for _, r := range c.Records {
		d.Lines = append(d.Lines, release.ClosingLine{Client: r.Client, Keep: r.Line, Sent: r.Sent()})
		clients = append(clients, r.Client.ID)
	}
	return p.print(ctx, d, out, p.noted(ctx, "closing-list", clients...))
}

// LettersSent files in each of these clients' records that the letter was sent
// today. Those to whom it was sent before are left out; it gives the others,
// those before an error with it too.
func (p *Practice) LettersSent(ctx context.Context, clients []record.ClientID) ([]record.ClientID, error) {
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return nil, err
	}
	if settings.Closing.Day.IsZero() {
		return nil, errors.New("say first on which day the practice closes")
	}
	letters := map[record.ClientID]record.EntryID{}
	maps.Copy(letters, settings.Closing.Letters)
	said := fmt.Sprintf("Letter: the practice closes on %s. From then on the record is kept by %s.",
		settings.Closing.Day.Long(), firstLine(settings.Closing.Keeper))
	var sent []record.ClientID
	for _, client := range clients {
		var before, e record.Entry
		before, err = p.closingLetter(ctx, settings.Closing, client)
		if err == nil && before.ID == 0 {
			e, err = p.Log(ctx, record.Entry{Client: client, Channel: record.Letter, Direction: record.Out, Subject: "The practice closes", Body: said})
		}
		if err != nil {
			break
		}
		if e.ID != 0 {
			letters[client] = e.ID
			sent = append(sent, client)
		}
	}
	if len(sent) > 0 {
		settings.Closing.Letters = letters
		err = errors.Join(err, p.SetSettings(ctx, settings))
	}
	return sent, err
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	if line = strings.TrimSpace(line); line == "" {
		return "somebody not named yet"
	}
	return line
}

// TakeBackLetters marks in each of these clients' records that the letter was
// not sent after all.
func (p *Practice) TakeBackLetters(ctx context.Context, clients []record.ClientID) error {
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return err
	}
	letters := map[record.ClientID]record.EntryID{}
	maps.Copy(letters, settings.Closing.Letters)
	for _, client := range clients {
		before, err := p.closingLetter(ctx, settings.Closing, client)
		if err != nil {
			return err
		}
		if before.ID != 0 {
			if err := p.Strike(ctx, before.ID, "marked as sent by mistake"); err != nil {
				return err
			}
		}
		delete(letters, client)
	}
	settings.Closing.Letters = letters
	return p.SetSettings(ctx, settings)
}
