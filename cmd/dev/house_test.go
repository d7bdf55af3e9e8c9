package main

import (
	"bytes"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The files of every operating system and build tag are read, so no import can
// hide behind one.
func TestImportsRunOneWay(t *testing.T) {
	read := 0
	for _, file := range trackedFiles(t) {
		if filepath.Ext(file) != ".go" || inTestdata(file) {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(houseRoot(t), file), nil, parser.ImportsOnly)
		if err != nil {
			t.Error(err)
			continue
		}
		read++
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if broken := brokenRule(file, imported); broken != "" {
				t.Error(broken)
			}
		}
	}
	if read == 0 {
		t.Error("no Go file was read")
	}
}

func TestRulesOfTheHouse(t *testing.T) {
	for _, edge := range []struct {
		file, imported string
		allowed        bool
	}{
		{"cmd/casekeep/desktop.go", "casekeep/ui", true},
		{"cmd/casekeep/log.go", "casekeep/app", true},
		{"ui/today.go", "casekeep/app", true},
		{"ui/today.go", "casekeep/ui/widgets", true},
		{"ui/today.go", "casekeep/vault/record", true},
		{"ui/today_test.go", "casekeep/vault", true},
		{"ui/today.go", "fyne.io/fyne/v2/widget", true},
		{"app/practice.go", "casekeep/vault", true},
		{"app/practice.go", "casekeep/app/intake", true},
		{"app/intake/mbox.go", "casekeep/vault/record", true},
		{"app/release/pdf.go", "casekeep/assets", true},
		{"vault/clients.go", "casekeep/vault/sealed", true},
		{"vault/clients.go", "casekeep/vault/backup", true},
		{"vault/backup/take.go", "casekeep/vault/sealed/disk", true},
		{"vault/clients.go", "database/sql", true},
		{"vault/sealed/vfs.go", "C", true},
		{"vault/sealed/replay_test.go", "casekeep/vault/sealed/faults", true},
		{"cmd/casekeep/desktop_linux.go", "fyne.io/fyne/v2/app", true},
		{"cmd/dev/script_test.go", "github.com/rogpeppe/go-internal/testscript", true},
		{"app/intake/eml.go", "net/mail", true},

		{"ui/today.go", "casekeep/vault", false},
		{"ui/today.go", "casekeep/vault/sealed", false},
		{"vault/backup/take.go", "casekeep/vault/record", false},
		{"vault/sealed/db.go", "casekeep/vault/backup", false},
		{"ui/widgets/chip.go", "casekeep/vault", false},
		{"ui/today.go", "casekeep/cmd/casekeep", false},
		{"ui/today.go", "fyne.io/fyne/v2/app", false},
		{"ui/today_test.go", "fyne.io/fyne/v2/app", false},
		{"cmd/casekeep/log.go", "fyne.io/fyne/v2/app", false},
		{"ui/today.go", "database/sql", false},
		{"vault/bench_test.go", "github.com/mattn/go-sqlite3", true},
		{"app/release/pdf.go", "github.com/mattn/go-sqlite3", false},
		{"app/practice.go", "casekeep/ui", false},
		{"app/practice_test.go", "casekeep/ui", false},
		{"app/practice.go", "fyne.io/fyne/v2", false},
		{"app/practice.go", "fyne.io/fyne/v2/theme", false},
		{"app/practice.go", "database/sql", false},
		{"app/intake/mbox.go", "casekeep/app", false},
		{"app/intake/mbox.go", "casekeep/vault", false},
		{"app/intake/mbox_test.go", "casekeep/vault", false},
		{"app/release/fhir/bundle.go", "casekeep/app", false},
		{"vault/clients.go", "casekeep/app", false},
		{"vault/clients_test.go", "casekeep/app/release", false},
		{"vault/record/client.go", "casekeep/assets", false},
		{"vault/record/client.go", "casekeep/vault", false},
		{"vault/sealed/vfs.go", "casekeep/vault/record", false},
		{"vault/sealed/vfs.go", "casekeep/vault", false},
		{"assets/assets.go", "casekeep/vault/record", false},
		{"cmd/dev/main.go", "casekeep/vault/record", false},
		{"cmd/dev/main.go", "C", false},
		{"cmd/dev/main.go", "golang.org/x/sys/unix", false},
		{"cmd/dev/main_test.go", "casekeep/app", false},
		{"vault/clients.go", "net", false},
		{"app/intake/mbox.go", "net/http", false},
		{"app/intake/mbox.go", "net/smtp", false},
		{"app/intake/mbox.go", "golang.org/x/net/http2", false},
		{"app/intake/mbox.go", "golang.org/x/net/html", true},
		{"app/intake/mbox.go", "github.com/godbus/dbus/v5", false},
		{"app/intake/mbox.go", "crypto/tls", false},
		{"app/intake/mbox.go", "crypto/sha256", true},
		{"ui/away/bus_dbus.go", "github.com/godbus/dbus/v5", true},
		{"ui/idle/idle_x11.go", "github.com/jezek/xgb/xproto", true},
		{"ui/today.go", "github.com/jezek/xgb", false},
		{"internal/util.go", "strings", false},
		{"ui/today.go", "casekeep/internal", false},
	} {
		broken := brokenRule(edge.file, edge.imported)
		if (broken == "") != edge.allowed {
			t.Errorf("%s importing %s: %q", edge.file, edge.imported, broken)
		}
	}
}

// Readers of other people's files are fuzzed fast because nothing that they stand
// on is C.
func TestIntakeNeedsNoCompiler(t *testing.T) {
	list := exec.Command("go", "list", "-tags", "sqlite_fts5,headless", "-deps",
		"-f", "{{if and .CgoFiles (not .Standard)}}{{.ImportPath}}{{end}}", "./app/intake/...")
	list.Dir = houseRoot(t)
	list.Env = append(os.Environ(), "CGO_ENABLED=1")
	list.Stderr = os.Stderr
	output, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Fields(string(output)) {
		t.Errorf("app/intake stands on %s, which is C", name)
	}
}

// Beside the rooms only these, and dot-files, are at the top.
func TestNothingElseAtTheTop(t *testing.T) {
	house := []string{"cmd", "app", "vault", "ui", "assets", "go.mod", "go.sum", "FyneApp.toml", "README.md", "LICENSE"}
	for _, file := range trackedFiles(t) {
		top, _, _ := strings.Cut(file, "/")
		if !strings.HasPrefix(top, ".") && !slices.Contains(house, top) {
			t.Errorf("%s is at the top of the house: %s", top, file)
		}
	}
}

// What people write, as against samples and what assets holds for the program,
// stays short enough to read in one sitting.
func TestFilesAreShort(t *testing.T) {
	const most = 700
	written := []string{".go", ".c", ".h", ".sql", ".md", ".sh"}
	for _, file := range trackedFiles(t) {
		if inTestdata(file) || !slices.Contains(written, filepath.Ext(file)) {
			continue
		}
		if lines := bytes.Count(readTracked(t, file), []byte("\n")); lines > most {
			t.Errorf("%s has %d lines, more than %d", file, lines, most)
		}
	}
}

// A folder of the machine that a file was written on is on no other machine, and
// what is still to be done is not said in the code.
func TestNoPlaceOfOneMachineAndNoToDo(t *testing.T) {
	patterns := []*regexp.Regexp{
		regexp.MustCompile(`(^|[^\w.~-])/(work|root)/\w`),
		regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME)\b`),
	}
	for _, file := range trackedFiles(t) {
		content := readTracked(t, file)
		if bytes.IndexByte(content, 0) >= 0 { // pictures and archives
			continue
		}
		for _, pattern := range patterns {
			if found := pattern.Find(content); found != nil {
				t.Errorf("%s holds %q", file, found)
			}
		}
	}
}

func inTestdata(file string) bool { return slices.Contains(strings.Split(file, "/"), "testdata") }

func houseRoot(t *testing.T) string {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	root, err := findRoot(here)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// trackedFiles are those that git keeps, without what a developer has just
// removed.
func trackedFiles(t *testing.T) []string {
	t.Helper()
	list := exec.Command("git", "ls-files", "-z")
	list.Dir = houseRoot(t)
	output, err := list.Output()
	if err != nil {
		t.Fatalf("git ls-files: %v", err)
	}
	var files []string
	for file := range strings.SplitSeq(strings.TrimRight(string(output), "\x00"), "\x00") {
		if _, err := os.Lstat(filepath.Join(houseRoot(t), file)); err == nil {
			files = append(files, file)
		}
	}
	return files
}

func readTracked(t *testing.T, file string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(houseRoot(t), file))
	if err != nil {
		t.Fatal(err)
	}
	return content
}
