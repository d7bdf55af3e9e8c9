package release

// Executor is what the professional executor needs first if the practitioner
// dies or cannot work: where the records are, how they are opened, and this
// week's clients. It carries no passphrase and no key.
type Executor struct {
	Vault    string   // the vault's folder and computer
	Holders  []string // whose keys open it beside the passphrase, a line each
	Backups  []string // where backups lie, a line each
	Fallback          // the practice and the clients of these weeks
}

func (d Executor) head() head {
	return head{title: "For the professional executor", made: d.Made,
		footers: []string{"For the professional executor · printed " + longDate(d.Made), "Keep locked away; print it anew at least once a year"}}
}

func (d Executor) set(p *paper) {
	f := p.flow
	f.begin()
	f.sheet.content.Fill(red)
	f.sheet.content.Rect(marginLeft, pageHeight-60, textWidth, 5)
	f.y -= 4
	f.place(f.lines(keepLocked, warnStyle, 0))
	title := f.lines("For the professional executor", fallbackTitle, 0)
	title.above = 10
	f.place(title)
	f.place(f.lines(joinWith(filled(d.Practice.Name, d.Practice.Owner, d.Practice.Contact), "\n"), coverSmall, 0))
	f.y -= 6
	for _, r := range []row{{"Executor", d.Practice.Successor}, {"The records", d.Vault}, {"Keys that open them", joinWith(d.Holders, "\n")},
		{"Backups", joinWith(append(filled(d.Practice.Backups), d.Backups...), "\n")}, {"Licensing board", joinLines(d.Practice.Regulator.Name, d.Practice.Regulator.Phone, d.Practice.Regulator.Email)}} {
		if r.text == "" {
			r.text = "Not stated. ______________________________________"
		}
		f.row(r)
	}
	d.steps(f)
	f.end()
	d.Fallback.set(p)
}

func (d Executor) steps(f *flow) {
	f.step("1. Today: clients at risk, and appointments of this week")
	f.tick("Begin with those whose risk is in red on the pages that follow. Reach each of them only the safe way that stands beside the name.")
	f.tick("Say that the practitioner cannot work, what happens next, and 988 for a crisis at any hour. Say no more of it than the client has to know.")
	f.step("2. The records")
	f.tick("Install Casekeep, open the vault’s folder with your own key, and look. If the computer is lost, open a backup in the same way; README.txt in the folder tells how to open it without Casekeep.")
	f.tick("Copy the vault before anything is changed. Destroy nothing: the program gives the day until which each record is kept.")
	f.tick("The passphrase and keys are not on this sheet. Where they lie:")
	f.fillIn("Place of the recovery key", "Who else knows")
	f.step("3. This month")
	f.tick("Tell the licensing board and the liability insurer. Look up what the state asks for when a practice ends: a notice, a custodian, a plan.")
	f.tick("Write to every client, open and closed, who keeps the records and how to ask for them: the program prints the letters and a list.")
	f.tick("Note every opening of the vault, what was looked at, and why: the audit trail does so too.")
}
