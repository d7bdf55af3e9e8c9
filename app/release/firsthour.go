package release

import (
	"strings"
	"time"

	"casekeep/app/release/internal/typeset"
	"casekeep/vault/record"
)

// FirstHour is what to do in the first hour after a laptop was lost or stolen
// (NASW 2.12): a sheet to be filled in by hand.
type FirstHour struct {
	Practice record.Practice
	Vendors  []record.Vendor // whom to call about accounts
	// Clients are those whose records the vault holds; nil: the sheet names
	// nobody, and can lie in a drawer.
	Clients []record.Client
	Held    int       // how many records the vault holds
	Made    time.Time // in the practice's zone
}

func (d FirstHour) head() head {
	return head{title: "The first hour", made: d.Made, footers: []string{"The first hour after a laptop was lost or stolen · printed " + longDate(d.Made)}}
}

var (
	stepTitle = style{typeset.Bold, 11.5, 16.5, accent}
	stepText  = style{typeset.Regular, 10, 14.5, ink}
)

func (d FirstHour) set(p *paper) {
	f := p.flow
	f.begin()
	f.sheet.content.Fill(red)
	f.sheet.content.Rect(marginLeft, pageHeight-60, textWidth, 5)
	f.y -= 4
	f.place(f.lines("The first hour", fallbackTitle, 0))
	f.place(f.lines("A laptop with client records was lost or stolen. Work down this sheet and write on it: it becomes the incident’s own note.", coverText, 0))
	f.y -= 4
	f.fillIn("Discovered on (day and hour)", "Where, and how", "Police report number")
	d.locked(f)
	d.backups(f)
	d.change(f)
	d.tell(f)
	d.clocks(f)
	d.note(f)
	d.clients(f)
}

func (f *flow) step(title string) {
	block := f.lines(title, stepTitle, 0)
	block.above = 12
	f.need(block.height() + 3*stepText.leading)
	f.place(block)
}

// tick places a line with a box before it.
func (f *flow) tick(text string) {
	block := f.lines(text, stepText, 18)
	block.above = 3
	f.need(block.above + block.leading)
	f.box(marginLeft+1, f.baseline(block)-1, muted)
	f.place(block)
}

// fillIn leaves blanks side by side.
func (f *flow) fillIn(labels ...string) {
	const height, gap = 34.0, 14.0
	f.need(height)
	f.y -= height
	width := (textWidth+gap)/float64(len(labels)) - gap
	for i, label := range labels {
		f.blank(label, marginLeft+float64(i)*(width+gap), f.y+11, width)
	}
}

func (d FirstHour) locked(f *flow) {
	f.step("1. Was it locked?")
	f.tick("The vault was locked, or the computer was off. Nobody reads it without the passphrase or a recovery key.")
	f.tick("The vault was open, or I do not know. Treat every record in it as seen.")
	f.tick("The passphrase was written down near it, or a recovery key lay with it.")
	f.tick("Something lay outside the vault: exports, produced PDFs, mail, downloads, papers in the bag.")
	f.fillIn("Last used on (day and hour)", "What lay outside the vault")
}

func (d FirstHour) backups(f *flow) {
	f.step("2. The last backup")
	where := "Backups go to: " + d.Practice.Backups
	if d.Practice.Backups == "" {
		where = "Where backups go was not stated in the settings. Write it here."
	}
	f.place(f.lines(where, stepText, 0))
	f.tick("Open a copy on another computer, check it, and work from there.")
	f.tick("Do not put the backup’s only drive at risk: copy it first.")
	f.fillIn("Backup of (day)", "Entries that are missing since")
}

func (d FirstHour) change(f *flow) {
	f.step("3. Change and shut off")
	for _, what := range []string{
		"Sign the laptop out everywhere: mail, portal, video, cloud storage, phone backup. Change those passwords from another device.",
		"Lock or erase the laptop from afar, where its maker offers that.",
		"The vault’s passphrase, and the recovery key where it was with the laptop, once the copy is open.",
		"Bank and payment accounts that were signed in.",
	} {
		f.tick(what)
	}
	var vendors []string
	for _, v := range d.Vendors {
		vendors = append(vendors, v.Name+" ("+v.Service+")")
	}
	if len(vendors) > 0 {
		f.tick("Tell these vendors, and ask what their logs show: " + joinWith(vendors, ", ") + ".")
	}
}

func (d FirstHour) tell(f *flow) {
	f.step("4. Whom to tell")
	f.tick("The police, where it was stolen. Ask for the report’s number.")
	board := d.Practice.Regulator
	if text := joinWith(filled(board.Name, strings.ReplaceAll(board.Address, "\n", ", "), board.Phone, board.Email, board.Site), ", "); text != "" {
		f.tick("The board, where its rules ask for it: " + text)
	} else {
		f.tick("The board, where its rules ask for it (its address is not in the settings).")
	}
	f.tick("The liability insurer, before anything is admitted or promised.")
	f.tick("A colleague or supervisor whom you consult, without naming clients.")
	f.tick("The attorney general or another office, where your state’s law on data breaches asks for it. Look it up; it is not in this program.")
	f.fillIn("Insurer and policy number", "Counsel", "Colleague")
}

func (d FirstHour) clocks(f *flow) {
	f.step("5. The clocks, from the day of discovery")
	f.tick("The practice standards (MS 3.4.C.4, TSP 3.10): tell clients of any breach of confidential information, as soon as possible. There is no number of days to wait for, and no finding of low risk ends it.")
	switch d.Practice.HIPAA {
	case "no":
		f.place(f.lines("HIPAA: your settings say that it does not apply to this practice.", stepText, 18))
	default:
		lead := "HIPAA (45 CFR 164.404)"
		if d.Practice.HIPAA == "" {
			lead = "HIPAA, if it applies to you (45 CFR 164.404)"
		}
		f.tick(lead + ": tell each affected client without unreasonable delay, 60 days after discovery at the latest. A documented risk assessment of the four factors (164.402) may end this clock, and this one alone.")
		f.tick("HHS (164.408): 500 people or more, at the same time; fewer, within 60 days after the end of the calendar year.")
	}
	f.fillIn("Day of discovery", "60 days later", "Clients told on")
}

func (d FirstHour) note(f *flow) {
	f.step("6. What to write down, for the incident in the practice’s book")
	f.place(f.lines("When and how it was discovered; when it happened; what was on the laptop; whose records; whether the vault was locked and how good the passphrase was; "+
		"the four factors: kind of information, who may have it, whether it was really seen, what limited the harm; who was told, when and how; what changes so that it does not happen again.", stepText, 0))
	for range 4 {
		f.fillIn("")
	}
}

func (d FirstHour) clients(f *flow) {
	f.step("7. Clients to be told")
	if d.Clients == nil {
		f.place(f.lines("This sheet names nobody, so that it can lie in a drawer. The vault holds "+count(d.Held, "record", "records")+
			". Open a backup and print the sheet again with the clients’ names when it is needed. Each notice says what happened and when, which information, what the client can do, what you do, and whom to ask; it goes only the safe way.", stepText, 0))
		return
	}
	f.place(f.lines("Each notice says what happened and when, which information, what the client can do, what you do, and whom to ask. Send it only the safe way: a letter to the wrong address can do more harm than the theft.", stepText, 0))
	for _, c := range d.Clients {
		safe := c.SafeContact
		if safe == "" {
			safe = "safe contact was not asked"
		}
		if c.Status == record.Closed {
			safe += " (closed record)"
		}
		f.tick(numbered(c) + ": " + safe)
	}
}
