package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/vault/sealed/disk/crash"
)

// Whatever the moment of a kill: a record that is being destroyed is there
// whole, or it is gone, and after the next unlock without a trace.
func TestKillWhileDestroying(t *testing.T) {
	rounds := crash.Scale(8, 80)
	p := newPractice(t)
	p.backup("sms.xml", 3000)
	p.run("client", "add", p.dir, "--name", "Bo Larsen")
	p.run("log", p.dir, "--client", "Bo", "--channel", "text", "--direction", "in", "--text", "landlord")
	p.run("client", "add", p.dir, "--name", "Ada Quill", "--phone", "601 555 0142", "--born", "1980-05-06", "--since", "2020-01-04", "--jurisdiction", "US-TX")
	p.run("import", p.dir, p.file("sms.xml"), "--client", "Ada")
	p.run("client", "close", p.dir, "--client", "Ada", "--on", "2025-03-04")
	p.run("retention", p.dir, "--confirm", "US-TX")
	t.Setenv("CASEKEEP_TEST_NOW", "2041-03-04T12:00:00-06:00")
	whole := p.destroyed(t, 0)
	gone := 0
	for range rounds {
		if p.destroyed(t, whole) > 0 {
			gone++
		}
	}
	crash.Tally(t, "kill -9 of a command", rounds)
	t.Logf("a destruction takes %s; %d of %d kills came after its commit", whole, gone, rounds)
}

// destroyed destroys the record in a copy of the vault and kills that within
// some time; 0: it runs to its end. It gives how long it took, 0 where the
// record is still there.
func (p *practice) destroyed(t *testing.T, within time.Duration) time.Duration {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "v.casekeep")
	if err := os.CopyFS(dir, os.DirFS(p.dir)); err != nil {
		t.Fatal(err)
	}
	cmd := p.command("destroy", dir, "--client", "Ada", "--confirm", "Ada Quill", "--certificate", filepath.Join(t.TempDir(), "c.pdf"))
	begun := time.Now()
	if within == 0 {
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	} else {
		p.killed(cmd, within)
	}
	took := time.Since(begun)
	var found struct {
		OK               bool
		Clients, Entries int
		Leftover         int
	}
	if err := json.Unmarshal([]byte(p.run("verify", dir, "--json")), &found); err != nil || !found.OK {
		t.Fatalf("verify: %+v, %v", found, err)
	}
	certificates := p.run("certificate", dir, "--json")
	switch {
	case found.Clients == 3 && found.Entries == 3001 && strings.TrimSpace(certificates) == "[]":
		return 0
	case found.Clients == 2 && found.Entries == 1 && strings.Contains(certificates, `"swept"`):
		return took
	}
	t.Fatalf("neither old nor new: %+v, %s", found, certificates)
	return 0
}
