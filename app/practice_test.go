package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casekeep/app"
	"casekeep/vault/record"
)

func TestOwnAddressesAreNormalized(t *testing.T) {
	p := newPractice(t)
	s, err := p.Settings(ctx)
	if err != nil || strings.Join(s.Own, " ") != "+16015550100 worker@example.org" || s.IdleLock != 10 {
		t.Errorf("settings: %+v, %v", s, err)
	}
}

func TestUnlockSaysWhatIsWrong(t *testing.T) {
	p := newPractice(t)
	dir, c := p.Dir(), config(t)
	if err := p.Lock(); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Unlock(ctx, dir, "wrong", c); !errors.Is(err, app.ErrPassphrase) {
		t.Errorf("a wrong passphrase: %v", err)
	}
	if _, err := app.Unlock(ctx, t.TempDir(), passphrase, c); !errors.Is(err, app.ErrNotVault) {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := app.Create(ctx, dir, passphrase, record.Practice{}, c); !errors.Is(err, app.ErrExists) {
		t.Errorf("a vault over a vault: %v", err)
	}
	if _, err := app.Create(ctx, filepath.Join(t.TempDir(), "new"), "  ", record.Practice{}, c); err == nil {
		t.Error("an empty passphrase was taken")
	}
}

func TestAnOlderCopyIsReported(t *testing.T) {
	p := newPractice(t)
	dir, c := p.Dir(), config(t)
	ada := addClient(t, p, "Ada Quill")
	if err := p.Lock(); err != nil {
		t.Fatal(err)
	}
	old := filepath.Join(t.TempDir(), "old")
	if err := os.CopyFS(old, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	unlock := func(dir string) *app.Practice {
		p, err := app.Unlock(ctx, dir, passphrase, c)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	p = unlock(dir)
	if len(p.Warnings()) != 0 {
		t.Errorf("warnings on first sight: %q", p.Warnings())
	}
	if _, err := p.Log(ctx, record.Entry{Client: ada.ID, Channel: record.Text, Direction: record.In, Body: "newer"}); err != nil {
		t.Fatal(err)
	}
	if err := p.Lock(); err != nil {
		t.Fatal(err)
	}
	p = unlock(old)
	if len(p.Warnings()) != 1 || !strings.Contains(p.Warnings()[0], "older") {
		t.Errorf("warnings for an older copy: %q", p.Warnings())
	}
	p.Lock()
}

// What was saved is remembered though the program ended before it was locked.
func TestAnOlderCopyIsReportedAfterACrash(t *testing.T) {
	p := newPractice(t)
	dir, c := p.Dir(), config(t)
	ada := addClient(t, p, "Ada Quill")
	copyTo := func() string {
		to := filepath.Join(t.TempDir(), "copy")
		if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		return to
	}
	if err := p.Lock(); err != nil {
		t.Fatal(err)
	}
	old := copyTo()
	p, err := app.Unlock(ctx, dir, passphrase, c)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Lock()
	if _, err := p.Log(ctx, record.Entry{Client: ada.ID, Channel: record.Text, Direction: record.In, Body: "newer"}); err != nil {
		t.Fatal(err)
	}
	killed := copyTo()
	for _, try := range []struct {
		dir   string
		older bool
	}{{killed, false}, {old, true}} {
		p, err := app.Unlock(ctx, try.dir, passphrase, c)
		if err != nil {
			t.Fatal(err)
		}
		if older := strings.Contains(strings.Join(p.Warnings(), ""), "older"); older != try.older {
			t.Errorf("%s: warnings %q", try.dir, p.Warnings())
		}
		t.Cleanup(func() { p.Lock() })
	}
}

func TestLookingSealsNothingAnew(t *testing.T) {
	dir, c := filepath.Join(t.TempDir(), "v"), config(t)
	p, err := app.Create(ctx, dir, passphrase, record.Practice{Name: "X"}, c)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Lock(); err != nil {
		t.Fatal(err)
	}
	sealed := func() string {
		content, err := os.ReadFile(filepath.Join(dir, "records.db.age"))
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	visit := func(work func(p *app.Practice)) {
		p, err := app.Unlock(ctx, dir, passphrase, c)
		if err != nil {
			t.Fatal(err)
		}
		work(p)
		if err := p.Lock(); err != nil {
			t.Fatal(err)
		}
	}
	before := sealed()
	visit(func(p *app.Practice) { p.Clients(ctx) })
	if sealed() != before {
		t.Error("the database was sealed anew though nothing had changed")
	}
	visit(func(p *app.Practice) { addClient(t, p, "Ada Quill") })
	if sealed() == before {
		t.Error("a new client was not sealed")
	}
}

func TestAVaultThatLostItsKeyIsNamedDamaged(t *testing.T) {
	dir, c := filepath.Join(t.TempDir(), "v"), config(t)
	p, err := app.Create(ctx, dir, passphrase, record.Practice{Name: "X"}, c)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Lock(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "key.age")); err != nil {
		t.Fatal(err)
	}
	if !app.IsVault(dir) || app.IsVault(filepath.Dir(dir)) {
		t.Error("the vault's folder is not told from another")
	}
	if _, err := app.Unlock(ctx, dir, passphrase, c); err == nil || !strings.Contains(err.Error(), "key.age: it is missing") {
		t.Errorf("unlocking: %v", err)
	}
	found, err := app.Verify(ctx, dir, passphrase, c, nil)
	if err != nil || found.OK || len(found.Problems) != 1 || found.Problems[0] != "key.age: it is missing" {
		t.Errorf("verifying: %+v, %v", found, err)
	}
}

func TestATornTailIsReported(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill")
	logText(t, p, ada, now, "whole")
	copied := filepath.Join(t.TempDir(), "crashed")
	if err := os.CopyFS(copied, os.DirFS(p.Dir())); err != nil {
		t.Fatal(err)
	}
	journals, err := filepath.Glob(filepath.Join(copied, "records-*.journal"))
	if err != nil || len(journals) != 1 {
		t.Fatal(journals, err)
	}
	f, err := os.OpenFile(journals[0], os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("half a record"); err != nil {
		t.Fatal(err)
	}
	f.Close()
	crashed, err := app.Unlock(ctx, copied, passphrase, config(t))
	if err != nil {
		t.Fatal(err)
	}
	defer crashed.Lock()
	if w := crashed.Warnings(); len(w) != 1 || !strings.Contains(w[0], "never finished") {
		t.Errorf("warnings: %q", w)
	}
	if list, err := crashed.Timeline(ctx, ada.ID, app.Page{}); err != nil || len(list) != 1 {
		t.Errorf("%d entries after the crash, %v", len(list), err)
	}
}

func TestFilterClients(t *testing.T) {
	p := newPractice(t)
	for _, name := range []string{"Amélie Österberg", "José Ibáñez", "王芳 Wang Fang", "Siobhán O’Reilly"} {
		addClient(t, p, name, "(601) 555-0142")
	}
	list, err := p.Clients(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]int{"": 4, "osterberg am": 1, "IBANEZ": 1, "王": 1, "555-0142": 4, "2026-003": 1, "nobody": 0, "oreilly": 0, "o’reilly": 1} {
		if got := app.FilterClients(list, query); len(got) != want {
			t.Errorf("%q fits %d clients, want %d", query, len(got), want)
		}
	}
}

func TestCorrectTime(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill", "(601) 555-0142")
	e, err := p.Log(ctx, record.Entry{Client: ada.ID, Channel: record.InPerson, Direction: record.In, Body: "session"})
	if err != nil {
		t.Fatal(err)
	}
	right, err := p.CorrectTime(ctx, e.ID, now.AddDate(0, 0, -2), "America/Chicago")
	if err != nil || right.Body != "session" || right.Supersedes != e.ID {
		t.Errorf("corrected: %+v, %v", right, err)
	}
	if _, err := p.CorrectTime(ctx, e.ID, now, "America/Chicago"); err == nil {
		t.Error("an entry was corrected twice")
	}
	if err := p.Strike(ctx, right.ID, "another client's session"); err != nil {
		t.Fatal(err)
	}
	if _, err := p.CorrectTime(ctx, right.ID, now, "America/Chicago"); err == nil {
		t.Error("an entry that was struck through came back under another time")
	}
}

func TestPassphraseStrengthIsHonest(t *testing.T) {
	for passphrase, want := range map[string][2]int{
		"password": {0, 0}, "Quill Street": {0, 2}, "casekeep1": {0, 2}, "": {0, 0},
		"ladder ochre Venice 42": {3, 4}, strings.Repeat("a", 10_000): {0, 2},
	} {
		got := app.PassphraseStrength(passphrase, "Quill", "Street")
		if got.Score < want[0] || got.Score > want[1] || got.Words == "" {
			t.Errorf("%.20q scores %d (%.0f bits), want %v", passphrase, got.Score, got.Bits, want)
		}
	}
}

// The practice's own name in a passphrase makes it weak, however long the rest is.
func TestPassphraseWithThePracticesName(t *testing.T) {
	for passphrase, weak := range map[string]bool{
		"quill-street practice ladder ochre Venice 42": true, "Ladder ochre QUILLSTREETPRACTICE": true,
		"ladder ochre Venice 42": false, "street ladder ochre Venice quill": false,
	} {
		if got := app.PassphraseStrength(passphrase, "Quill Street Practice", "Bo"); got.Score < 2 != weak {
			t.Errorf("%q scores %d: %s", passphrase, got.Score, got.Words)
		}
	}
}

func TestSentence(t *testing.T) {
	for text, want := range map[string]string{"there is no file x": "There is no file x.", "notes.pdf is no export": "notes.pdf is no export.", "Done!": "Done!", "why?": "Why?",
		"Ángela Núñez became a client later": "Ángela Núñez became a client later."} {
		if got := app.Sentence(errors.New(text)); got != want {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// The rules know codes alone: whatever names a state is stored as its code, and
// what names none is refused.
func TestAClientsStateIsStoredAsItsCode(t *testing.T) {
	p := newPractice(t)
	for said, want := range map[string]string{"TX": "US-TX", "tx": "US-TX", " Texas ": "US-TX", "us-ms": "US-MS", "": ""} {
		c, err := p.AddClient(ctx, record.Client{Name: "Ada Quill", Kind: record.Individual, Jurisdiction: said})
		if err != nil || c.Jurisdiction != want {
			t.Errorf("%q is stored as %q, want %q; %v", said, c.Jurisdiction, want, err)
			continue
		}
		c.Jurisdiction = "tennessee"
		if err := p.ChangeClient(ctx, c); err != nil {
			t.Errorf("change: %v", err)
		}
		if got, err := p.OpenClient(ctx, c.ID); err != nil || got.Jurisdiction != "US-TN" {
			t.Errorf("changed to %q, %v", got.Jurisdiction, err)
		}
		c.Jurisdiction = "Texarkana"
		if err := p.ChangeClient(ctx, c); err == nil || !strings.Contains(err.Error(), "US-TX") {
			t.Errorf("a change to no state: %v", err)
		}
	}
	if _, err := p.AddClient(ctx, record.Client{Name: "Bo Larsen", Kind: record.Individual, Jurisdiction: "Texarkana"}); err == nil || !strings.Contains(err.Error(), "such as US-TX") {
		t.Errorf("no state: %v", err)
	}
}

// What another program put in the place of a vault that was open is named at the
// next unlock, with the folder that has it.
func TestAReplacedBaseIsReported(t *testing.T) {
	p := newPractice(t)
	dir, c := p.Dir(), config(t)
	ada := addClient(t, p, "Ada Quill")
	if err := p.Lock(); err != nil {
		t.Fatal(err)
	}
	older, err := os.ReadFile(filepath.Join(dir, "records.db.age"))
	if err != nil {
		t.Fatal(err)
	}
	unlock := func() *app.Practice {
		t.Helper()
		p, err := app.Unlock(ctx, dir, passphrase, c)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	say := func(p *app.Practice, body string) {
		t.Helper()
		if _, err := p.Log(ctx, record.Entry{Client: ada.ID, Channel: record.Text, Direction: record.In, Body: body}); err != nil {
			t.Fatal(err)
		}
	}
	p = unlock()
	say(p, "before")
	if err := p.Seal(ctx); err != nil {
		t.Fatal(err)
	}
	came := filepath.Join(filepath.Dir(dir), "downloading")
	if err := errors.Join(os.WriteFile(came, older, 0o600), os.Rename(came, filepath.Join(dir, "records.db.age"))); err != nil {
		t.Fatal(err)
	}
	say(p, "after")
	if err := p.Lock(); err != nil {
		t.Fatal(err)
	}
	p = unlock()
	defer p.Lock()
	if w := p.Warnings(); len(w) != 1 || !strings.Contains(w[0], "set-aside-1") {
		t.Errorf("warnings: %q", w)
	}
	if found := whole(t, p); found.Entries != 2 {
		t.Errorf("%d entries", found.Entries)
	}
}
