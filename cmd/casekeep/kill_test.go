package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/vault/sealed/disk/crash"
)

// A practice is a vault that a test drives through the program's commands.
type practice struct {
	t    *testing.T
	dir  string
	home string
}

func newPractice(t *testing.T) *practice {
	t.Helper()
	p := &practice{t: t, dir: filepath.Join(t.TempDir(), "v.casekeep"), home: t.TempDir()}
	if err := os.WriteFile(p.file("pass"), []byte("ladder ochre Venice 42\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.run("create", p.dir)
	p.run("client", "add", p.dir, "--name", "Dana", "--phone", "601 555 0142")
	return p
}

func (p *practice) file(name string) string { return filepath.Join(p.home, name) }

func (p *practice) command(args ...string) *exec.Cmd {
	cmd := exec.Command("casekeep", append(args, "--passphrase-file", p.file("pass"))...)
	cmd.Env = append(os.Environ(), "HOME="+p.home)
	return cmd
}

// run runs a command that must succeed, and gives what it wrote.
func (p *practice) run(args ...string) string {
	p.t.Helper()
	var stderr bytes.Buffer
	cmd := p.command(args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		p.t.Fatalf("casekeep %s: %v\n%s", args, err, stderr.String())
	}
	return string(out)
}

// entries counts what is in the vault, and checks that all of it is whole.
func (p *practice) entries() int {
	p.t.Helper()
	var v struct {
		OK      bool
		Entries int
	}
	if err := json.Unmarshal([]byte(p.run("verify", p.dir, "--json")), &v); err != nil || !v.OK {
		p.t.Fatalf("verify: %+v, %v", v, err)
	}
	return v.Entries
}

// killed starts a command and kills it after some moments, unless it is done
// before. It tells whether the command ended well.
func (p *practice) killed(cmd *exec.Cmd, within time.Duration) bool {
	p.t.Helper()
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	timer := time.AfterFunc(rand.N(within), func() { cmd.Process.Kill() })
	defer timer.Stop()
	err := cmd.Wait()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.Exited()) {
		p.t.Fatalf("%s: %v", cmd, err)
	}
	return err == nil
}

// killRounds is how often a command is killed.
var killRounds = crash.Scale(25, 250)

// Whatever the moment of a kill: what was acknowledged is there, whole, and
// nothing is there twice.
func TestKillWhileLogging(t *testing.T) {
	p := newPractice(t)
	acknowledged := []string{}
	started := time.Now()
	p.run("log", p.dir, "--client", "Dana", "--channel", "text", "--direction", "in", "--text", "before them all")
	whole := time.Since(started)
	for round := range killRounds {
		text := fmt.Sprintf("round%dword", round)
		cmd := p.command("log", p.dir, "--client", "Dana", "--channel", "text", "--direction", "in", "--text", text)
		if p.killed(cmd, whole*3/2) {
			acknowledged = append(acknowledged, text)
		}
	}
	if n := p.entries(); n < 1+len(acknowledged) || n > 1+killRounds {
		t.Errorf("%d entries, %d of them acknowledged", n, 1+len(acknowledged))
	}
	for round := range killRounds {
		text := fmt.Sprintf("round%dword", round)
		found := strings.Count(p.run("search", p.dir, text, "--json"), `"snippet"`)
		if found > 1 || found == 0 && strings.Contains(strings.Join(acknowledged, " "), text) {
			t.Errorf("%s is there %d times", text, found)
		}
	}
	t.Logf("%d of %d rounds ran to their end", len(acknowledged), killRounds)
	crash.Tally(t, "kill -9 of a command", killRounds)
}

// An import stands whole or not at all.
func TestKillWhileImporting(t *testing.T) {
	const texts = 10_000
	rounds := crash.Scale(8, 40)
	first, p := newPractice(t), newPractice(t)
	first.backup("sms.xml", texts)
	started := time.Now()
	first.run("import", first.dir, first.file("sms.xml"), "--client", "Dana")
	whole := time.Since(started)
	for range rounds {
		done := p.killed(p.command("import", p.dir, first.file("sms.xml"), "--client", "Dana"), whole)
		n := p.entries()
		if done && n != texts || n != 0 && n != texts {
			t.Fatalf("%d of %d texts after an import that ended well: %v", n, texts, done)
		}
		t.Logf("ended well: %v, %d texts", done, n)
		if n == texts {
			break
		}
	}
	p.run("import", p.dir, first.file("sms.xml"), "--client", "Dana")
	if n := p.entries(); n != texts {
		t.Errorf("%d of %d texts in the end", n, texts)
	}
}

func (p *practice) backup(name string, texts int) {
	p.t.Helper()
	var b bytes.Buffer
	writeTexts(&b, texts)
	if err := os.WriteFile(p.file(name), b.Bytes(), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// Ctrl+C takes back what an import has filed, and says so.
func TestInterruptedImport(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows sends no interrupts")
	}
	p := newPractice(t)
	p.backup("sms.xml", 150_000)
	cmd := p.command("import", p.dir, p.file("sms.xml"), "--client", "Dana")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(1500 * time.Millisecond)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitFailed {
		t.Errorf("ended with %v", err)
	}
	if got := stderr.String(); got != "casekeep: canceled: nothing was changed\n" || stdout.Len() != 0 {
		t.Errorf("said %q and %q", got, stdout.String())
	}
	if n := p.entries(); n != 0 {
		t.Errorf("%d texts are left", n)
	}
}

// One process at a time: a second one says who holds the vault.
func TestVaultInUse(t *testing.T) {
	p := newPractice(t)
	holder, err := app.Unlock(t.Context(), p.dir, "ladder ochre Venice 42", app.Config{StateDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"clients", p.dir}, {"verify", p.dir}} {
		var stderr bytes.Buffer
		cmd := p.command(args...)
		cmd.Stderr = &stderr
		err := cmd.Run()
		want := fmt.Sprintf("casekeep: this vault is already open (process %d on ", os.Getpid())
		if got := stderr.String(); err == nil || !strings.HasPrefix(got, want) || strings.Count(got, "\n") != 1 {
			t.Errorf("%s: %v, %q", args, err, got)
		}
	}
	if err := holder.Lock(); err != nil {
		t.Fatal(err)
	}
	p.run("clients", p.dir)
}

// A text that is still being written keeps nobody from the vault.
func TestSlowTextHoldsNoVault(t *testing.T) {
	p := newPractice(t)
	slow := p.command("log", p.dir, "--client", "Dana", "--channel", "text", "--direction", "in")
	text, err := slow.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := slow.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond)
	p.run("clients", p.dir)
	if _, err := io.WriteString(text, "held all the while\n"); err != nil {
		t.Fatal(err)
	}
	text.Close()
	if err := slow.Wait(); err != nil {
		t.Fatal(err)
	}
	if n := p.entries(); n != 1 {
		t.Errorf("%d entries", n)
	}
}
