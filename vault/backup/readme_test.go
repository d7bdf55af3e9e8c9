package backup

import (
	"bytes"
	"errors"
	"go/build"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"filippo.io/age"
)

// tool finds a program that README.txt names. The project's test command installs
// both; elsewhere their absence skips the test.
func tool(t *testing.T, name string) {
	t.Helper()
	if path := filepath.Join(build.Default.GOPATH, "bin"); exec.Command(filepath.Join(path, name), "--version").Run() == nil {
		t.Setenv("PATH", path+string(os.PathListSeparator)+os.Getenv("PATH"))
		return
	}
	if _, err := exec.LookPath(name); err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is not installed: the test command installs it", name)
	}
	t.Skipf("%s is not installed: run the project's test command, which installs it", name)
}

// addHolder seals the identity of a vault to somebody.
func (p *practice) addHolder(t *testing.T, name string, to age.Recipient) {
	t.Helper()
	key, err := os.ReadFile(filepath.Join(p.dir, keyFile))
	if err != nil {
		t.Fatal(err)
	}
	from, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := age.Decrypt(bytes.NewReader(key), from)
	if err != nil {
		t.Fatal(err)
	}
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(w, plain); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Close(), os.MkdirAll(filepath.Join(p.dir, holders), 0o700)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(p.dir, holders, name+sealedTail), sealed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

var holderCommand = regexp.MustCompile(`(?m)^ +(age -d -i (?:my-key|vault-key)\.txt .*)$`)

// TestReadme follows README.txt to the letter, as a holder, with the age and the
// sqlite3 that everybody has.
func TestReadme(t *testing.T) {
	tool(t, "age")
	tool(t, "sqlite3")
	p := newPractice(t, 120)
	executor, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	p.addHolder(t, "Executor", executor.Recipient())
	picture := p.attach(t, "a picture")
	p.take(t)
	p.add(t, 5)
	p.take(t)
	if err := os.WriteFile(filepath.Join(p.folder, "my-key.txt"), []byte(executor.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	full, err := filepath.Glob(filepath.Join(p.folder, packs, "*-full-????????????????.age"))
	if err != nil || len(full) == 0 {
		t.Fatal(full, err)
	}
	text, err := os.ReadFile(filepath.Join(p.folder, readmeFile))
	if err != nil {
		t.Fatal(err)
	}
	found := holderCommand.FindAllStringSubmatch(string(text), -1)
	if len(found) != 2 {
		t.Fatalf("README.txt has %d commands for a holder", len(found))
	}
	fill := strings.NewReplacer("keys/<name>", "keys/"+p.db.Key().Name(), "<holder>", "Executor", "packs/<name>.age", "packs/"+filepath.Base(full[0]))
	commands := []string{
		fill.Replace(found[0][1]), fill.Replace(found[1][1]),
		"age -d -i vault-key.txt -o picture.jpg " + blobPath(picture),
		"cd keys/" + p.db.Key().Name() + " && sha256sum -c SHA256SUMS",
		"for g in generations/*.age; do age -d -i vault-key.txt $g | grep -q '\"pages\":' || exit 1; done",
	}
	for _, command := range commands {
		cmd := exec.Command("sh", "-c", command)
		cmd.Dir = p.folder
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", command, err, out)
		}
	}
	out, err := exec.Command("sqlite3", filepath.Join(p.folder, "records.db"), "PRAGMA integrity_check; SELECT count(*) FROM entries").CombinedOutput()
	if err != nil || string(out) != "ok\n120\n" && string(out) != "ok\n125\n" {
		t.Errorf("sqlite3 says %s: %v", out, err)
	}
	if got, err := os.ReadFile(filepath.Join(p.folder, "picture.jpg")); err != nil || string(got) != "a picture" {
		t.Errorf("the attachment is %q: %v", got, err)
	}
}

// TestHolderOpensBackups opens a folder with a holder's key alone.
func TestHolderOpensBackups(t *testing.T) {
	p := newPractice(t, 5)
	executor, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	p.addHolder(t, "Executor", executor.Recipient())
	p.take(t)
	s := secret
	s.Passphrase, s.Identities = "", []age.Identity{executor}
	set, err := Open(p.folder, s, p.opt)
	if err != nil {
		t.Fatal(err)
	}
	wantGenerations(t, set, 5)
	wantWhole(t, set)
}
