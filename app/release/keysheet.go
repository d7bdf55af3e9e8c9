package release

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"casekeep/app/release/internal/typeset"
	"casekeep/vault/record"
)

// KeySheet is a key to the vault on paper: the practitioner's own recovery sheet,
// or one for somebody who is to open the vault in the practitioner's place. The
// key stands on it in groups to be typed, and as a QR code.
type KeySheet struct {
	Practice record.Practice
	Vault    string        // the vault's name
	Folder   string        // where it lies
	Backups  []string      // where backups lie, a line each
	Holder   record.Holder // whose key it is
	Secret   string        // AGE-SECRET-KEY-PQ-1..., in capital letters
	Groups   []string      // of the secret: how it begins, then groups to be typed
	Made     time.Time     // in the practice's zone
}

var (
	keyType    = style{typeset.Bold, 14, 22, ink}
	keyStart   = style{typeset.Regular, 11, 18, muted}
	keyPart    = style{typeset.Bold, 10.5, 15, accent}
	keyCommand = style{typeset.Bold, 9, 13.5, ink}
)

// The type of what the sheet says, and how small it may get before the sheet
// takes a second page.
const (
	keyTextSize  = 9.5
	keyTextLeast = 8.0
)

func (d KeySheet) own() bool { return d.Holder.Kind == record.HolderRecovery }

func (d KeySheet) title() string {
	if d.own() {
		return "Recovery sheet"
	}
	return "Key of " + d.Holder.Who
}

func (d KeySheet) head() head {
	return head{title: d.title(), made: d.Made,
		footers: []string{d.title() + " · " + d.Holder.Name + " · made " + longDate(d.Made), "Keep it locked away, apart from the computer and the backups"}}
}

func (d KeySheet) set(p *paper) {
	size := keyTextSize
	for size > keyTextLeast && p.measure(func(f *flow) { d.fill(f, size) }) > 1 {
		size -= 0.25
	}
	d.fill(p.flow, size)
}

func (d KeySheet) fill(f *flow, size float64) {
	text := style{typeset.Regular, size, size * 1.39, ink}
	f.begin()
	f.sheet.content.Fill(red)
	f.sheet.content.Rect(marginLeft, pageHeight-60, textWidth, 5)
	f.y -= 4
	f.place(f.lines("Whoever has this sheet, and the vault or a backup of it, can read every record. Keep it as you keep the records themselves.", warnStyle, 0))
	title := f.lines(leftToRight+d.title(), fallbackTitle, 0)
	title.above = 8
	f.place(title)
	for _, r := range d.rows() {
		if r.text != "" {
			f.rowOf(r, smallLabel, text, 92)
		}
	}
	d.key(f)
	f.keyPart(text, "What it is", d.what())
	f.keyPart(text, "Where to keep it", d.where()...)
	f.keyPart(text, "With Casekeep", d.with())
	d.without(f, text)
	f.fillIn("Tested on", "Tested on", "Tested on")
}

func (d KeySheet) rows() []row {
	rows := []row{{"Practice", joinWith(filled(d.Practice.Name, d.Practice.Owner), ", ")},
		{"Opens", joinWith(filled("the vault “"+d.Vault+"”", d.Folder), ", ")},
		{"Backups", joinWith(append(filled(d.Practice.Backups), d.Backups...), "\n")}}
	if d.own() {
		return rows
	}
	return append(rows, row{"Holder", joinWith(filled(d.Holder.Who, d.Holder.Kind.Role(), d.Holder.Reach), ", ")},
		row{"Call first", joinWith(filled(d.Practice.Owner, strings.ReplaceAll(d.Practice.Contact, "\n", ", ")), ", ")},
		row{"And then", d.Practice.Successor})
}

// key places the key: the groups at the left, the QR code at the right, in one
// frame.
func (d KeySheet) key(f *flow) {
	const code, inner = 108.0, 12.0
	const height = code + 2*inner
	f.need(height + 10)
	f.y -= height + 10
	c := &f.sheet.content
	c.Stroke(muted)
	c.Frame(marginLeft, f.y, textWidth, height, 1)
	y := f.y + height - inner
	draw := func(s style, left float64, text string) {
		c.Fill(s.color)
		f.text.Line(text, s.weight).Draw(f.sheet, marginLeft+inner+left, y+s.drop(), s.size)
	}
	y -= keyStart.leading
	draw(keyStart, numberWidth, d.Groups[0])
	for i, groups := range slices.Collect(slices.Chunk(d.Groups[1:], groupsInLine)) {
		y -= keyType.leading
		c.Artifact(func() { draw(captionStyle, 0, strconv.Itoa(i*groupsInLine+1)) })
		draw(keyType, numberWidth, strings.Join(groups, "  "))
	}
	y -= 4 + captionStyle.leading
	draw(captionStyle, numberWidth, "No group has a B, I, O or 1: a ring is a zero. The code at the right holds the same key.")
	f.qr(d.Secret, marginLeft+textWidth-inner-code, f.y+inner, code)
}

func (d KeySheet) what() string {
	if d.own() {
		return "A second key to the vault, beside the passphrase. Use it when the passphrase is forgotten, or when whoever needs the records does not know it. " +
			"Casekeep keeps no copy of it, and nobody can print it a second time: if it is lost, replace it. This one does not open what is written after that; older copies and backups it opens still."
	}
	return "A key of your own to the client records of this practice. It is for the day on which the practitioner has died or cannot work, and for nothing before. " +
		"With Casekeep, what you open with it is written down under your name. Casekeep keeps no copy of it, and the practitioner can revoke it; copies and backups from before it opens still."
}

func (d KeySheet) where() []string {
	return []string{"In a bank’s safe deposit box, a fireproof safe, or with a lawyer; sealed in an envelope that you sign across the flap.",
		"Not in the bag or drawer of the computer, not with the drive of the backups, not as a photograph or scan, not in mail or a cloud: a picture of it is as good as the sheet. " +
			"Delete the file that it was printed from."}
}

// with says how the vault opens with Casekeep.
func (d KeySheet) with() string {
	said := "Put the vault’s folder, or a restored backup, on a computer with Casekeep. On the locked window choose “Use a recovery key” and type the key: " +
		"spaces, line breaks and small letters do not matter. “Check a sheet” there shows that it opens the vault, and shows no record."
	if d.own() {
		return said
	}
	return said + " To look only and change nothing, choose “As executor”, with the key."
}

// without says how the vault opens with two public programs.
func (d KeySheet) without(f *flow, text style) {
	f.keyPart(text, "Without Casekeep", "Install age 1.3 or newer (age-encryption.org) and sqlite3 (sqlite.org). Write the key into a text file key.txt: "+
		"how it begins, and right behind that every group, on one line, in capital letters, without spaces. Then, in the vault’s folder:")
	for _, command := range KeyCommands(d.Holder.Name) {
		block := f.lines(command, keyCommand, 14)
		block.above = 2
		f.place(block)
	}
	after := f.lines("README.txt in the folder says more, also what a file that ends in .journal means. Delete key.txt and records.db when you are done.", text, 0)
	after.above = 3
	f.place(after)
}

// KeyCommands are the commands that open a vault with the key of a holder and
// without Casekeep: age's identity goes from one to the other and never reaches
// the disk.
func KeyCommands(holder string) []string {
	return []string{"age -d -i key.txt holders/" + holder + ".age | age -d -i - -o records.db records.db.age", "sqlite3 records.db"}
}

const (
	groupsInLine = 5    // of a key
	numberWidth  = 16.0 // in points, of the number of a line's first group
)

// keyPart places a heading and what stands under it.
func (f *flow) keyPart(s style, title string, paragraphs ...string) {
	heading := f.lines(title, keyPart, 0)
	heading.above = 8
	f.need(heading.height() + 2*s.leading)
	f.place(heading)
	for i, text := range paragraphs {
		body := f.lines(text, s, 0)
		if i > 0 {
			body.above = 3
		}
		f.place(body)
	}
}
