//go:build tour && !headless

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"casekeep/ui/away/fakebus"
)

const (
	tourPassphrase = "walrus ladder ochre canyon"
	tourSentence   = "Called back. We moved Thursday to 3 pm."
	tourDraft      = "the velvet anchor waits under the" // never finished
)

// tour is one day of somebody who has never seen Casekeep.
type tour struct {
	*realWindow
	program string
	vault   string
	pdf     string
	said    []string // what the record must say, in its order
}

// TestTour goes through the desktop in a real window as a person would, from
// an empty home folder to a client's record in hand.
func TestTour(t *testing.T) {
	program, home := buildProgram(t), homeFolder(t)
	tour := &tour{
		program: program,
		vault:   filepath.Join(home, "Quill Street Practice.casekeep"),
		pdf:     filepath.Join(home, "record.pdf"),
	}
	tour.said = tour.writeExports(t, home)
	system, session := startBus(t), startBus(t)
	fakebus.NewLogind(t, system)
	before, trace := traced(t)
	tour.realWindow = launch{program: program, home: home, before: before,
		env: []string{"DBUS_SYSTEM_BUS_ADDRESS=" + system, "DBUS_SESSION_BUS_ADDRESS=" + session}}.start(t)

	tour.firstRun()
	tour.begin()
	tour.addClient()
	tour.importTexts()
	tour.dropMail()
	tour.logCall()
	tour.acknowledge()
	tour.noteSearch()
	tour.newClientWithConsents()
	tour.search()
	tour.produce()
	tour.backUp()
	tour.restore()
	tour.lockAndQuit()

	tour.checkPaper()
	tour.checkVault()
	checkNothingPlain(t, home, "sms-20250312.xml", "mail.mbox", filepath.Base(tour.pdf))
	if trace != "" {
		text := trace.read(tour.realWindow)
		checkSockets(t, text)
		checkFiles(t, text, home)
	}
}

// saves does something and waits until the vault has saved it.
func (r *tour) saves(do func()) {
	r.t.Helper()
	before := r.sealedFiles()
	do()
	r.until("the vault saves it", func() bool { return r.sealedFiles() != before })
	r.still()
}

// sealedFiles gives the names, sizes and times of the vault's files: each commit
// writes to one, which need not grow by it.
func (r *tour) sealedFiles() string {
	var all strings.Builder
	_ = filepath.WalkDir(r.vault, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil // it was replaced meanwhile
		}
		if info, err := entry.Info(); err == nil {
			fmt.Fprintln(&all, path, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	return all.String()
}

// writeExports puts a phone backup and a mailbox into the home folder.
func (*tour) writeExports(t *testing.T, home string) (said []string) {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "desktop_tour.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		if f.Name == "said" {
			said = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
			continue
		}
		if err := os.WriteFile(filepath.Join(home, f.Name), f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return said
}

// firstRun makes a vault: name, own addresses, folder as offered, passphrase.
func (r *tour) firstRun() {
	r.text("Quill Street Practice")
	r.keys("Return")
	r.text("+1 601 555 0100")
	r.keys("Return")
	r.text("nora@example.org")
	r.keys("Tab", "Return")
	r.text(tourPassphrase)
	r.keys("Return")
	r.text(tourPassphrase)
	r.keys("Return")
	r.until("the vault is open", func() bool { return r.title() == "Quill Street Practice - Casekeep" })
}

// begin answers the six questions with the keyboard alone.
func (r *tour) begin() {
	r.still()
	r.text("Nora Whitcomb")
	r.keys("Return")
	r.text("LCSW")
	r.changes(func() { r.keys("Return") })
	r.text("Mississippi")
	r.keys("Return")
	r.text("C4471")
	r.changes(func() { r.keys("ctrl+Return") })
	r.keys("Home") // HIPAA applies
	r.changes(func() { r.keys("ctrl+Return") })
	r.keys("space") // Monday
	r.changes(func() { r.keys("ctrl+Return") })
	r.keys("space") // in person
	r.changes(func() { r.keys("ctrl+Return") })
	r.text("a drive at the bank")
	r.saves(func() { r.keys("ctrl+Return") })
}

// addClient adds a client with a number and an email address.
func (r *tour) addClient() {
	r.changes(func() { r.keys("ctrl+shift+n") })
	r.text("Ada Quill")
	const toContacts = 15 // from the name, over the other fields and questions
	r.tab(toContacts)
	r.changes(func() { r.keys("space") }) // "Add a number or address"
	r.text("601 555 0142")
	const toAnother = 4 // over use, safety and the button that removes the line
	r.tab(toAnother)
	r.changes(func() { r.keys("space") })
	r.text("ada@example.org")
	r.saves(func() { r.keys("ctrl+Return") })
}

// importTexts looks at the phone backup, chosen by typing, and files the
// client's conversation.
func (r *tour) importTexts() {
	r.changes(func() { r.keys("ctrl+i") })
	r.text("sms-20250312.xml")
	r.changes(func() { r.keys("Return") })
	r.file()
}

// dropMail drops the mailbox into the window and files the client's emails,
// which the list puts above the texts that are filed already.
func (r *tour) dropMail() {
	r.changes(func() { r.drop(filepath.Join(r.home, "mail.mbox")) })
	r.changes(func() { r.keys("Up") })
	r.file()
}

// file files the conversation that is chosen in the list.
func (r *tour) file() {
	r.keys("Return") // from the list to the button
	r.saves(func() { r.keys("Return") })
}

// logCall writes down a call with the keyboard alone.
func (r *tour) logCall() {
	r.changes(func() { r.keys("ctrl+n") })
	r.keys("alt+3", "alt+t") // a call, to the client
	r.text(tourSentence)
	r.saves(func() { r.keys("ctrl+Return") })
}

// acts presses one key after another, each of which decides or does something.
func (r *realWindow) acts(keys ...string) {
	r.t.Helper()
	for _, key := range keys {
		r.changes(func() { r.keys(key) })
	}
}

// acknowledge records that the client went through the policies in effect: four
// acts, of which one judges that she can decide.
func (r *tour) acknowledge() {
	began := time.Now()
	r.acts("ctrl+shift+a", "Right") // how: in writing
	const toCapacity = 3            // over name, role and the button that removes the line
	r.tab(toCapacity)
	r.acts("Right")
	r.saves(func() { r.keys("ctrl+Return") })
	r.t.Logf("an acknowledgment of the policies in effect: 4 acts, %.1f s in this window", time.Since(began).Seconds())
}

// noteSearch documents an online search that rested on nothing, and of which the
// client was told.
func (r *tour) noteSearch() {
	began := time.Now()
	r.acts("ctrl+shift+s")
	r.text("county court register")
	r.tab(1)
	r.text("Ada Quill, Jackson")
	r.tab(1)
	r.text("whether the hearing was moved")
	r.tab(2)      // over why she was not asked
	r.acts("End") // neither consent nor emergency
	r.keys("Tab") // to what happened
	r.text("I looked before I thought of asking.")
	r.saves(func() { r.keys("ctrl+Return") })
	r.t.Logf("a search note: 7 acts, %.1f s in this window", time.Since(began).Seconds())
}

// newClientWithConsents adds somebody and records what was gone through at once.
func (r *tour) newClientWithConsents() {
	began := time.Now()
	r.acts("ctrl+shift+n")
	r.text("Ottoline Brackwater")
	r.saves(func() { r.keys("ctrl+Return") })
	r.acts("ctrl+shift+a", "Right")
	r.tab(3)
	r.acts("Right")
	r.saves(func() { r.keys("ctrl+Return") })
	r.t.Logf("a new client with consents: 7 acts, %.1f s in this window", time.Since(began).Seconds())
}

// search finds the call again by two words of it, opens it, and copies what was
// said.
func (r *tour) search() {
	r.changes(func() { r.keys("ctrl+k") })
	r.text("moved thurs")
	r.quiet(2 * time.Second)
	r.changes(func() { r.keys("Return") }) // goes to the entry
	r.changes(func() { r.keys("Return") }) // opens it
	r.keys("space")                        // presses its first button, "Copy text"
	r.until("what was found is on the clipboard", func() bool { return strings.Contains(clipboard(), tourSentence) })
	r.changes(func() { r.keys("Escape") })
}

// clipboard gives what the clipboard holds, "" if nothing.
func clipboard() string {
	out, err := exec.Command("xclip", "-o", "-selection", "clipboard").Output()
	if err != nil {
		return ""
	}
	return string(out)
}

// produce writes the record as a PDF without a password.
func (r *tour) produce() {
	r.changes(func() { r.keys("ctrl+p") })
	r.text("Ada Quill")
	r.keys("Tab")
	r.text("client's request")
	const toProtect = 3 // over the period
	r.tab(toProtect)
	r.changes(func() { r.keys("space") })
	r.keys("Tab", "ctrl+a")
	r.text("~/" + filepath.Base(r.pdf))
	const toProduce = 3 // over "folder" and "Cancel"
	r.tab(toProduce)
	r.changes(func() { r.keys("space") })
	r.until("the record is written", func() bool { return exists(r.pdf) })
	r.still()
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// backUp adds a backup folder, backs up into it, and tries a full restore.
func (r *tour) backUp() {
	drive := filepath.Join(r.home, "drive")
	if err := os.Mkdir(drive, 0o700); err != nil {
		r.t.Fatal(err)
	}
	r.changes(func() { r.keys("ctrl+7") })
	r.changes(func() { r.keys("Return") })
	r.text("~/drive/")
	r.keys("Return")
	r.until("a backup is made", func() bool { return len(generations(drive)) == 1 })
	r.still()
	r.keys("ctrl+2")
	r.changes(func() { r.keys("ctrl+7") })
	const toDrill = 3 // over what to do about the same disk
	r.tab(toDrill)
	r.keys("space")
	r.until("a restore is proven", func() bool {
		memory, err := os.ReadFile(filepath.Join(r.home, ".config", "casekeep", "vaults.json"))
		return err == nil && strings.Contains(string(memory), `"drilled"`)
	})
	r.still()
	r.changes(func() { r.keys("Escape") })
}

func generations(drive string) []string {
	found, _ := filepath.Glob(filepath.Join(drive, "*", "generations", "*.age"))
	return found
}

// restore locks the vault, which backs it up, makes a second one out of the
// newest backup, opens it, and locks it again.
func (r *tour) restore() {
	r.changes(func() { r.keys("ctrl+2") })
	r.changes(func() { r.keys("ctrl+n") })
	r.text(tourDraft)
	r.still()
	r.until("the clipboard is cleared", func() bool { return clipboard() == "" })
	r.checkMemoryHolds(tourSentence, tourDraft, "mind the heron", "box 4: empty")
	r.locks(func() { r.keys("ctrl+l") })
	r.checkMemoryEmpty()
	if n := len(generations(filepath.Join(r.home, "drive"))); n != 2 {
		r.t.Errorf("%d backups lie on the drive after the lock", n)
	}
	const toOther = 4 // over "Unlock" and the two other ways in
	r.tab(toOther)
	r.changes(func() { r.keys("space") })
	r.keys("Down") // from "Open a folder", which is marked
	r.changes(func() { r.keys("Return") })
	r.text("~/drive")
	r.keys("Return")
	r.text(tourPassphrase)
	r.changes(func() { r.keys("Return") })
	r.quiet(2 * time.Second)
	r.keys("Tab") // from the backups to the folder, which is proposed
	r.keys("Return")
	second := filepath.Join(r.home, "Quill Street Practice 2.casekeep")
	r.until("the vault is restored", func() bool { return exists(filepath.Join(second, "records.db.age")) })
	r.still()
	r.changes(func() { r.keys("Escape") })
	r.text(tourPassphrase)
	r.keys("Return")
	r.until("the restored vault is open", func() bool { return r.title() == "Quill Street Practice - Casekeep" })
	r.still()
}

// lockAndQuit locks the vault, which closes it, and quits.
func (r *tour) lockAndQuit() {
	r.locks(func() { r.keys("ctrl+l") })
	if left := clipboard(); strings.Contains(left, tourSentence) {
		r.t.Errorf("after the lock the clipboard still holds %q", left)
	}
	r.keys("ctrl+q")
	if err := <-r.ended; err != nil {
		r.t.Errorf("the program ended with %v", err)
	}
	r.ended <- nil
	if said := r.output.String(); said != "" {
		r.t.Errorf("the program wrote to the terminal:\n%s", said)
	}
}

// checkPaper reads the record back: every message, in its order, and nobody
// else's.
func (r *tour) checkPaper() {
	out, err := exec.Command("pdftotext", "-layout", r.pdf, "-").Output()
	if err != nil {
		r.t.Fatalf("pdftotext: %v", err)
	}
	rest := string(out)
	for _, said := range r.said {
		_, after, found := strings.Cut(rest, said)
		if !found {
			r.t.Fatalf("the record does not say %q, or not in its place; it reads:\n%s", said, out)
		}
		rest = after
	}
	for _, other := range []string{"stranger", "0177", "newsletter"} {
		if strings.Contains(string(out), other) {
			r.t.Errorf("the record holds other people's words: %q", other)
		}
	}
}

// checkVault asks the headless commands what the desktop left.
func (r *tour) checkVault() {
	var clients []struct {
		Name     string `json:"name"`
		Contacts int    `json:"contacts"`
	}
	r.casekeep(&clients, "clients", r.vault)
	if len(clients) != 2 || clients[0].Name != "Ada Quill" || clients[0].Contacts != 8 || clients[1].Contacts != 0 {
		r.t.Errorf("the clients are %+v: want Ada Quill with 5 texts, 2 emails and a call, and Ottoline Brackwater", clients)
	}
	var hits []struct {
		Channel string `json:"channel"`
		Snippet string `json:"snippet"`
	}
	r.casekeep(&hits, "search", r.vault, "moved thursday")
	if len(hits) != 1 || hits[0].Channel != "call" {
		r.t.Errorf("the search finds %+v", hits)
	}
	var standing []struct {
		ID       string   `json:"id"`
		Status   string   `json:"status"`
		Evidence []string `json:"evidence"`
	}
	r.casekeep(&standing, "standing", r.vault, "--client", "Ada Quill")
	want := map[string]string{"TSP 5.01": "documented", "TSP 3.04": "open", "TSP 2.06": "open"}
	for _, s := range standing {
		if status := want[s.ID]; status != "" && (s.Status != status || len(s.Evidence) == 0) {
			r.t.Errorf("%s is %s by %d entries, not %s", s.ID, s.Status, len(s.Evidence), status)
		}
	}
	if len(standing) != 97 {
		r.t.Errorf("the standing has %d duties", len(standing))
	}
	var verified struct {
		OK          bool     `json:"ok"`
		Problems    []string `json:"problems"`
		Entries     int      `json:"entries"`
		Attachments int      `json:"attachments"`
	}
	r.casekeep(&verified, "verify", r.vault)
	const entries = 8 + 3 + 1 + 11 // contacts; two acknowledgments and a search note; the license; the policies that are needed
	if !verified.OK || verified.Entries != entries || verified.Attachments != 2 {
		r.t.Errorf("the vault holds %+v: want %d entries and 2 attachments, and everything whole", verified, entries)
	}
}

// casekeep runs a headless command on the vault and reads its JSON.
func (r *tour) casekeep(answer any, args ...string) {
	r.t.Helper()
	pass := filepath.Join(r.t.TempDir(), "passphrase")
	if err := os.WriteFile(pass, []byte(tourPassphrase+"\n"), 0o600); err != nil {
		r.t.Fatal(err)
	}
	cmd := exec.Command(r.program, append(args, "--json", "--passphrase-file", pass)...)
	cmd.Env = environment(r.home)
	var problem bytes.Buffer
	cmd.Stderr = &problem
	out, err := cmd.Output()
	if err != nil {
		r.t.Fatalf("casekeep %s: %v\n%s%s", strings.Join(args, " "), err, out, problem.Bytes())
	}
	if err := json.Unmarshal(out, answer); err != nil {
		r.t.Fatalf("casekeep %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}
