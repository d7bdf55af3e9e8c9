//go:build shots && !headless

package main

import (
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

const (
	shotsPassphrase = "sample practice"
	shotsDrive      = "Backup drive"
)

// pages are what is pictured, in the order in which they are reached, and how.
var pages = []struct {
	name string
	show func(s *shots)
}{
	{"unlock", func(*shots) {}},
	{"today", func(s *shots) {
		s.text(shotsPassphrase)
		s.keys("Return")
		s.until("the vault is open", func() bool { return s.title() != "Casekeep" })
	}},
	{"clients", func(s *shots) { s.keys("ctrl+2") }},
	{"client", func(s *shots) { s.keys("Down", "Return") }},
	{"compose", func(s *shots) {
		s.keys("ctrl+n")
		s.text("Called back at 2:40. We moved Thursday to 3 pm; she will bring the housing letter.")
		s.keys("alt+3", "alt+t")
	}},
	{"acknowledgment", func(s *shots) { s.keys("ctrl+shift+a") }},
	{"search-note", func(s *shots) { s.keys("Escape", "ctrl+shift+s") }},
	{"emergency-card", func(s *shots) { s.keys("Escape", "ctrl+shift+e") }},
	{"hold", func(s *shots) { s.keys("Escape", "ctrl+shift+h") }},
	{"find", func(s *shots) {
		s.keys("Escape")
		s.keys("ctrl+k")
		s.text("thursday")
	}},
	{"entry", func(s *shots) {
		s.keys("Return")
		s.still()
		s.keys("Return")
	}},
	{"add-client", func(s *shots) { s.keys("Escape", "ctrl+shift+n") }},
	{"produce", func(s *shots) { s.keys("Escape", "ctrl+p") }},
	{"inbox", func(s *shots) { s.keys("ctrl+3") }},
	{"choose-export", func(s *shots) { s.keys("ctrl+i") }},
	{"import", func(s *shots) {
		s.text("sms-20250312.xml")
		s.keys("Return")
	}},
	{"requests", func(s *shots) { s.keys("Escape", "ctrl+4") }},
	{"retention", func(s *shots) { s.keys("ctrl+5") }},
	{"retention-review", func(s *shots) { s.keys("Return") }},
	{"retention-destroy", func(s *shots) { s.keys("Tab", "Tab", "Tab", "Tab", "Tab", "Return") }},
	{"retention-rules", func(s *shots) { s.keys("Escape", "Escape", "shift+Tab", "shift+Tab", "shift+Tab", "Down", "Down") }},
	{"retention-rule", func(s *shots) { s.keys("Tab", "Tab", "Return") }},
	{"retention-holds", func(s *shots) { s.keys("Escape", "shift+Tab", "shift+Tab", "Down") }},
	{"retention-closing", func(s *shots) { s.keys("Down", "Down", "Down") }},
	{"policies", func(s *shots) { s.keys("ctrl+6") }},
	{"backups-empty", func(s *shots) { s.keys("ctrl+7") }},
	{"backups", func(s *shots) {
		s.keys("Return")
		s.text("~/" + shotsDrive + "/")
		s.keys("Return")
	}},
	{"practice", func(s *shots) { s.keys("ctrl+8") }},
	{"hidden", func(s *shots) { s.keys("ctrl+2", "ctrl+h") }},
}

// shots takes pictures of one look.
type shots struct {
	*realWindow
	folder string
	look   string
}

// TestShots writes a picture of every page, at both window sizes, light and
// dark, into the folder that CASEKEEP_SHOTS names.
func TestShots(t *testing.T) {
	folder := os.Getenv("CASEKEEP_SHOTS")
	if folder == "" {
		t.Fatal("CASEKEEP_SHOTS names no folder: run go run ./cmd/dev shots")
	}
	program := buildProgram(t)
	for _, look := range []string{"light", "dark"} {
		for _, size := range []struct{ width, height int }{{1180, 760}, {1024, 700}} {
			t.Run(fmt.Sprintf("%s-%d", look, size.width), func(t *testing.T) {
				home := homeFolder(t)
				setLook(t, home, look)
				s := &shots{folder: folder, look: fmt.Sprintf("%d-%s", size.width, look)}

				s.realWindow = start(t, program, home)
				s.resize(size.width, size.height)
				s.take("first-run")
				s.quit()

				s.realWindow = start(t, program, home, samplePractice(t, program, home))
				s.resize(size.width, size.height)
				for _, page := range pages {
					page.show(s)
					s.take(page.name)
				}
				s.quit()
			})
		}
	}
}

// setLook makes a computer remember how the window is to look.
func setLook(t *testing.T, home, look string) {
	t.Helper()
	dir := filepath.Join(home, ".config", "casekeep")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "desktop.json"), fmt.Appendf(nil, `{"look": %q}`, look), 0o600); err != nil {
		t.Fatal(err)
	}
}

// samplePractice writes the sample practice, and exports to look at, into the
// home folder.
func samplePractice(t *testing.T, program, home string) string {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "desktop_tour.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files[:2] { // the exports
		if err := os.WriteFile(filepath.Join(home, f.Name), f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(home, shotsDrive), 0o700); err != nil {
		t.Fatal(err)
	}
	pass := filepath.Join(t.TempDir(), "passphrase")
	if err := os.WriteFile(pass, []byte(shotsPassphrase+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	vault := filepath.Join(home, "Quill Street Practice.casekeep")
	demo := exec.Command(program, "demo", "--keep", vault, "--passphrase-file", pass)
	demo.Env = environment(home)
	if out, err := demo.CombinedOutput(); err != nil {
		t.Fatalf("writing the sample practice: %v\n%s", err, out)
	}
	return vault
}

func (s *shots) resize(width, height int) {
	s.xdotool("windowsize", "--sync", s.id, fmt.Sprint(width), fmt.Sprint(height))
}

// take writes what the window shows once it is still.
func (s *shots) take(page string) {
	s.t.Helper()
	const lookup = 1500 * time.Millisecond // while one types
	f, err := os.Create(filepath.Join(s.folder, page+"-"+s.look+".png"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, s.quiet(lookup)); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shots) quit() {
	s.keys("Escape", "ctrl+q")
	<-s.ended
	s.ended <- nil
}
