package sealed

import (
	"go/build"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// tool finds a program that the vault's README.txt names. The project's test
// command installs both; elsewhere their absence skips the test.
func tool(t *testing.T, name string) string {
	t.Helper()
	if path := filepath.Join(build.Default.GOPATH, "bin", name); exec.Command(path, "--version").Run() == nil {
		return path
	}
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is not installed: the test command installs it", name)
	}
	t.Skipf("%s is not installed: run the project's test command, which installs it", name)
	return ""
}

var (
	ageCommand    = regexp.MustCompile(`(?m)^ +(age -d .*)$`)
	sqliteCommand = regexp.MustCompile(`(?m)^ +(sqlite3 \S+\.db)$`)
	sqliteInput   = regexp.MustCompile(`(?m)^ +sqlite> (.*)$`)
)

// TestReadme follows README.txt of a closed vault to the letter, with the age
// and the sqlite3 that everybody has.
func TestReadme(t *testing.T) {
	age, sqlite := tool(t, "age"), tool(t, "sqlite3")
	dir := filepath.Join(t.TempDir(), "My Practice")
	db := openNew(t, dir, 120, quick())
	b, err := db.PutBlob(ctx, textReader(7))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile(filepath.Join(dir, readmeFile))
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", filepath.Dir(age)+":"+filepath.Dir(sqlite)+":"+os.Getenv("PATH"))

	commands := ageCommand.FindAllStringSubmatch(string(readme), -1)
	if len(commands) != 2 {
		t.Fatalf("README.txt has %d age commands", len(commands))
	}
	records := commands[0][1]
	attachment := regexp.MustCompile(`attachments/\S+`).ReplaceAllString(commands[1][1], blobPath(b.Name))
	for _, command := range []string{records, attachment} {
		cmd := exec.Command("sh", "-c", command)
		cmd.Dir = dir
		onTerminal(t, cmd, passphrase)
	}
	if picture, err := os.ReadFile(filepath.Join(dir, "picture.jpg")); err != nil || string(picture) != text(7) {
		t.Errorf("the attachment came out as %.40q: %v", picture, err)
	}

	var input []string
	for _, line := range sqliteInput.FindAllStringSubmatch(string(readme), -1) {
		if line[1] == ".quit" {
			input = append(input, "SELECT count(*), max(text) FROM entries;", "SELECT count(*) FROM said('zebra');")
		}
		input = append(input, line[1])
	}
	cmd := exec.Command("sh", "-c", sqliteCommand.FindStringSubmatch(string(readme))[1])
	cmd.Dir = dir
	cmd.Stdin = strings.NewReader(strings.Join(input, "\n"))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{"ok\n", "entries", "120|" + text(9), "\n120\n"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("sqlite3 does not say %q:\n%s", want, out)
		}
	}
	if out, err := exec.Command("sh", "-c", "cd '"+dir+"' && sha256sum -c key.age.sha256").CombinedOutput(); err != nil {
		t.Errorf("the key's checksum: %v\n%s", err, out)
	}
}

// TestReadmeJournal checks what README.txt says of a journal that was left: the
// base opens as it was last sealed.
func TestReadmeJournal(t *testing.T) {
	age, sqlite := tool(t, "age"), tool(t, "sqlite3")
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 5, quick())
	if err := db.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	if err := insert(db, 6); err != nil {
		t.Fatal(err)
	}
	crashed(t, db)
	cmd := exec.Command(age, "-d", "-i", "key.age", "-o", "records.db", "records.db.age")
	cmd.Dir = dir
	onTerminal(t, cmd, passphrase)
	out, err := exec.Command(sqlite, filepath.Join(dir, "records.db"), "PRAGMA integrity_check; SELECT count(*) FROM entries").CombinedOutput()
	if err != nil || string(out) != "ok\n5\n" {
		t.Errorf("%v: %s", err, out)
	}
}
