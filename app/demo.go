package app

import (
	"context"
	"errors"
	"os"
	"slices"
	"time"

	"casekeep/vault/record"
)

// DemoPassphrase opens the sample practice that the desktop shows. Its people
// are invented, so it protects nothing.
const DemoPassphrase = "sample practice"

// demoZone is where the sample practice is.
const demoZone = "America/Chicago"

// DemoSize makes a sample practice of exactly that many clients and contacts.
// Zero leaves the number as it comes.
type DemoSize struct {
	Clients  int
	Contacts int
}

// demoPractice keeps the records of the sample practice.
var demoPractice = record.Practice{
	Name:    "Quill Street Practice",
	Owner:   "Nora Whitcomb, LCSW",
	License: "LCSW 4471, Mississippi",
	Contact: "214 Quill Street, Suite 3, Jackson, Mississippi · +1 601 555 0100 · nora.whitcomb@example.org",
	Own:     []string{demoPhone, demoEmail},
	Zone:    demoZone,
	Region:  "US",

	Qualifications: "Master of Social Work, 2009; certificate in telemental health, 2024",
	Services:       "counseling for adults, couples and families, groups, and consultation to organizations",
	Fees:           "$110 for 50 minutes, by a sliding scale where that is needed; a missed appointment is half of it",
	Successor:      "Ruth Okada, LCSW, who would write to every client",
	Emergency:      "the Hinds County crisis team, +1 601 555 0199",
	Jurisdiction:   "US-MS",
	Regulator: record.Regulator{
		Name: "Mississippi Board of Examiners for Social Workers", Address: "100 Sample Avenue, Jackson, Mississippi 39201",
		Phone: "+1 601 555 0170", Email: "board@example.org", Site: "https://board.example.org",
		Complaint: "In writing to the board, on its form or in your own words; you need not tell me first.",
	},
	Hours:       record.Hours{Days: []int{1, 2, 3, 4, 5}, From: "08:00", To: "18:00"},
	Channels:    []record.Channel{record.Text, record.Mail, record.Call, record.Voicemail, record.Video, record.Chat, record.Portal, record.Letter, record.InPerson},
	Secure:      record.Portal,
	HIPAA:       "yes",
	SocialMedia: "yes",
	EPayments:   "yes",
	Backups:     "an encrypted drive in a bank's safe, every Friday, and an encrypted copy with a storage provider every night",
	Retention:   "at least ten years after our last contact, and of somebody under 21 at least until the age of 31",
	Answers:     24,
	Ages:        record.Ages{Majority: 21, Consent: 18, ParentAccess: 18},
}

const (
	demoName  = "Nora Whitcomb"
	demoPhone = "+16015550100"
	demoEmail = "nora.whitcomb@example.org"
)

// Demo makes a vault in dir with a sample practice of invented people, and
// leaves it unlocked; an error leaves nothing. What is in it is the same every
// time, seen from c's present moment. progress is told how many of how many
// contacts are there; it may be nil.
func Demo(ctx context.Context, dir, passphrase string, c Config, size DemoSize, progress func(done, total int)) (*Practice, error) {
	now := c.Now
	if now == nil {
		now = time.Now
	}
	script, err := readDemo(newDemoCalendar(now()))
	if err != nil {
		return nil, err
	}
	if err := errors.Join(script.resize(size), script.paint()); err != nil {
		return nil, err
	}
	d := &demo{script: script, clock: &demoClock{live: now}, labels: map[string]record.EntryID{}, progress: progress}
	d.plan()
	d.clock.set(d.steps[0].at.Add(-time.Hour))
	c.Now = d.clock.now
	if d.p, err = Create(ctx, dir, passphrase, demoPractice, c); err != nil {
		return nil, err
	}
	if err := d.run(ctx); err != nil {
		return nil, errors.Join(err, d.p.Lock(), os.RemoveAll(dir))
	}
	d.clock.release()
	return d.p, nil
}

// backUpSample gives the sample practice a backup folder beside it, with a
// backup that was proven to restore.
func (p *Practice) backUpSample(ctx context.Context, folder string) error {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	if err := p.AddBackupTarget(ctx, folder); err != nil {
		return err
	}
	if _, err := p.BackUp(ctx, nil); err != nil {
		return err
	}
	if _, err := p.Drill(ctx, nil); err != nil {
		return err
	}
	_, err := p.BackUp(ctx, nil) // with what the vault notes of the drill
	return err
}

// demoWorkFactor is scrypt's log2 N for a passphrase that everybody knows:
// stretching it would cost a second and protect nothing.
const demoWorkFactor = 10

// demo fills a vault, one step after the other in the order of time.
type demo struct {
	script   *demoScript
	clock    *demoClock
	p        *Practice
	ids      map[*demoClient]record.ClientID
	labels   map[string]record.EntryID
	policies map[string]record.PolicyRef // in effect, by their topics
	ticked   []record.PolicyRef          // of these, what clients go through
	steps    []demoStep
	done     int
	progress func(done, total int)
}

// demoStep is something the practitioner did at a moment.
type demoStep struct {
	at time.Time
	do func(context.Context) error
}

func (d *demo) plan() {
	d.ids = map[*demoClient]record.ClientID{}
	for _, c := range d.script.clients {
		d.planClient(c)
	}
	d.ids[d.script.book] = record.Book
	for _, n := range d.script.book.notes {
		d.planNote(d.script.book, n)
	}
	d.planImports()
	slices.SortStableFunc(d.steps, func(a, b demoStep) int { return a.at.Compare(b.at) })
}

func (d *demo) step(at time.Time, do func(context.Context) error) {
	d.steps = append(d.steps, demoStep{at, do})
}

func (d *demo) run(ctx context.Context) error {
	if err := d.begin(ctx); err != nil {
		return err
	}
	for _, s := range d.steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		d.clock.set(s.at)
		if err := s.do(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) count(n int) {
	d.done += n
	if d.progress != nil {
		d.progress(d.done, d.script.contacts())
	}
}
