//go:build (tour || shots) && !headless

package main

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// realWindow is the program in a real window, on the display that DISPLAY names.
// It is driven and looked at from outside, as by a person.
type realWindow struct {
	t       *testing.T
	home    string
	program *exec.Cmd
	ended   chan error
	id      string // its X11 number
	output  bytes.Buffer
}

// patience is how long the window may take for anything. A passphrase is
// stretched on purpose, and the machine may be busy.
const patience = 90 * time.Second

// buildProgram builds the program as a user gets it.
func buildProgram(t *testing.T) string {
	t.Helper()
	if os.Getenv("DISPLAY") == "" {
		t.Fatal("DISPLAY is not set: run go run ./cmd/dev test, which makes a screen")
	}
	file := filepath.Join(t.TempDir(), "casekeep")
	build := exec.Command("go", "build", "-tags", "sqlite_fts5,x11", "-o", file, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the program: %v\n%s", err, out)
	}
	return file
}

// homeFolder makes a user's home, with nothing in it.
func homeFolder(t *testing.T) string {
	t.Helper()
	home := filepath.Join(t.TempDir(), "home")
	if err := os.MkdirAll(filepath.Join(home, "tmp"), 0o700); err != nil {
		t.Fatal(err)
	}
	return home
}

// environment is that of somebody who has nothing but that home.
func environment(home string) []string {
	return []string{
		"HOME=" + home, "XDG_CACHE_HOME=" + filepath.Join(home, ".cache"), "TMPDIR=" + filepath.Join(home, "tmp"), "TZ=America/Chicago", "PATH=" + os.Getenv("PATH"),
		"DISPLAY=" + os.Getenv("DISPLAY"), "XAUTHORITY=" + os.Getenv("XAUTHORITY"), "LIBGL_ALWAYS_SOFTWARE=1",
	}
}

// launch is how the program is started.
type launch struct {
	program, home string
	args          []string
	env           []string // beside the environment
	before        []string // a command that runs the program, in the same process
	as            *syscall.SysProcAttr
}

// start starts the program and waits until its window is there and still.
func start(t *testing.T, program, home string, args ...string) *realWindow {
	t.Helper()
	return launch{program: program, home: home, args: args}.start(t)
}

func (l launch) start(t *testing.T) *realWindow {
	t.Helper()
	s := &realWindow{t: t, home: l.home, ended: make(chan error, 1)}
	line := slices.Concat(l.before, []string{l.program}, l.args)
	s.program = exec.Command(line[0], line[1:]...)
	s.program.Env = append(environment(l.home), l.env...)
	s.program.SysProcAttr = l.as
	s.program.Stdout, s.program.Stderr = &s.output, &s.output
	if err := s.program.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { s.ended <- s.program.Wait() }()
	t.Cleanup(s.close)
	s.opens()
	return s
}

// opens waits until the program shows a window.
func (s *realWindow) opens() {
	s.t.Helper()
	s.until("the window opens", s.finds)
	s.xdotool("windowactivate", "--sync", s.id)
	s.still()
}

// finds looks for the program's window.
func (s *realWindow) finds() bool {
	out, err := exec.Command("xdotool", "search", "--onlyvisible", "--pid", fmt.Sprint(s.program.Process.Pid)).Output()
	s.id = strings.TrimSpace(string(out))
	return err == nil && s.id != ""
}

// locks does something that locks the vault, and waits for the locked window,
// which is a new one: the program has replaced itself.
func (s *realWindow) locks(do func()) {
	s.t.Helper()
	do()
	s.until("the vault is locked", func() bool {
		if !s.finds() {
			return false
		}
		title, err := exec.Command("xdotool", "getwindowname", s.id).Output()
		return err == nil && strings.TrimSpace(string(title)) == "Casekeep"
	})
	s.opens()
	began, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", s.program.Process.Pid))
	if err != nil || !bytes.Contains(began, []byte("CASEKEEP_HANDOVER=")) {
		s.t.Errorf("the program was locked in place: %v", err)
	}
}

// close ends the program if the test did not, and leaves a picture of the
// window where the test failed.
func (s *realWindow) close() {
	if s.t.Failed() {
		s.leavePicture()
	}
	select {
	case err := <-s.ended:
		s.ended <- err
	default:
		_ = s.program.Process.Kill()
	}
	if out := s.output.String(); s.t.Failed() && out != "" {
		s.t.Logf("the program said:\n%s", out)
	}
}

func (s *realWindow) leavePicture() {
	file := filepath.Join("..", "..", "build", s.t.Name()+"-failed.png")
	if os.MkdirAll(filepath.Dir(file), 0o755) != nil {
		return
	}
	if exec.Command("import", "-window", "root", file).Run() == nil {
		s.t.Logf("what the screen showed is in build/%s", filepath.Base(file))
	}
}

func (s *realWindow) xdotool(args ...string) string {
	s.t.Helper()
	out, err := exec.Command("xdotool", args...).CombinedOutput()
	if err != nil {
		s.t.Fatalf("xdotool %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// text types.
func (s *realWindow) text(text string) {
	s.t.Helper()
	s.xdotool("type", "--delay", "12", text)
}

// keys presses keys, one after the other.
func (s *realWindow) keys(keys ...string) {
	s.t.Helper()
	s.xdotool(append([]string{"key", "--delay", "40"}, keys...)...)
}

// tab goes on n fields.
func (s *realWindow) tab(n int) {
	s.t.Helper()
	for range n {
		s.keys("Tab")
	}
}

func (s *realWindow) title() string {
	s.t.Helper()
	return s.xdotool("getwindowname", s.id)
}

// until waits for something.
func (s *realWindow) until(what string, so func() bool) {
	s.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if so() {
			return
		}
		select {
		case err := <-s.ended:
			s.ended <- err
			s.t.Fatalf("the program ended (%v) before %s", err, what)
		default:
		}
	}
	s.t.Fatalf("it never happens that %s", what)
}

// picture is what the window shows.
func (s *realWindow) picture() image.Image {
	s.t.Helper()
	out, err := exec.Command("import", "-window", s.id, "png:-").Output()
	if err != nil {
		s.t.Fatalf("taking a picture of the window: %v", err)
	}
	img, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		s.t.Fatal(err)
	}
	return img
}

// still waits until the window changes no more, and gives what it shows.
func (s *realWindow) still() image.Image { return s.quiet(0) }

// quiet waits until the window has not changed for so long, as where something
// is looked up while one types.
func (s *realWindow) quiet(long time.Duration) image.Image {
	s.t.Helper()
	last, since := s.picture(), time.Now()
	s.until("the window is still", func() bool {
		next := s.picture()
		if !alike(last, next) {
			last, since = next, time.Now()
			return false
		}
		return time.Since(since) >= long
	})
	return last
}

// changes does something and waits until the window has changed by it and is
// still again.
func (s *realWindow) changes(do func()) image.Image {
	s.t.Helper()
	before := s.still()
	do()
	s.until("the window changes", func() bool { return !alike(before, s.picture()) })
	return s.still()
}

// alike compares two pictures. A cursor that blinks and a clock that counts
// are no change, and neither is what comes and goes by itself: the strip above
// the foot in which the window says what was done.
func alike(a, b image.Image) bool {
	if a.Bounds() != b.Bounds() {
		return false
	}
	const (
		most   = 250 // pixels
		top    = 100 // of the strip, from below
		bottom = 28
	)
	height := a.Bounds().Max.Y
	different := 0
	for y := a.Bounds().Min.Y; y < height; y++ {
		if y > height-top && y < height-bottom {
			continue
		}
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				different++
			}
		}
	}
	return different <= most
}
