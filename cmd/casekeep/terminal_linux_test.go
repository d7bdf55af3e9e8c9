package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminal opens a pseudo-terminal: what a person sees and types, and what a
// program is given.
func terminal(t *testing.T) (person, program *os.File) {
	t.Helper()
	fd, err := unix.Open("/dev/ptmx", unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	person = os.NewFile(uintptr(fd), "/dev/ptmx")
	t.Cleanup(func() { person.Close() })
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	program, err = os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { program.Close() })
	return person, program
}

// screen collects what a program shows on a terminal.
type screen struct {
	t     *testing.T
	shown strings.Builder
	in    chan byte
}

func watch(t *testing.T, person *os.File) *screen {
	s := &screen{t: t, in: make(chan byte, 1<<20)}
	go func() {
		defer close(s.in)
		one := make([]byte, 4096)
		for {
			n, err := person.Read(one)
			for _, b := range one[:n] {
				s.in <- b
			}
			if err != nil {
				return
			}
		}
	}()
	return s
}

// until waits for words, or for the end where there are none.
func (s *screen) until(words string) {
	s.t.Helper()
	for deadline := time.After(30 * time.Second); ; {
		if words != "" && strings.HasSuffix(s.shown.String(), words) {
			return
		}
		select {
		case b, open := <-s.in:
			if !open {
				if words != "" {
					s.t.Fatalf("the screen never shows %q:\n%s", words, s.shown.String())
				}
				return
			}
			s.shown.WriteByte(b)
		case <-deadline:
			s.t.Fatalf("the screen does not show %q:\n%s", words, s.shown.String())
		}
	}
}

// A passphrase that is typed at the prompt is not shown, and long work shows
// how far it has come.
func TestOnTheTerminal(t *testing.T) {
	p := newPractice(t)
	p.backup("sms.xml", 20_000)
	person, program := terminal(t)
	s := watch(t, person)
	cmd := p.command("import", p.dir, p.file("sms.xml"), "--client", "Dana")
	cmd.Args = cmd.Args[:len(cmd.Args)-2] // without --passphrase-file
	cmd.Stdin, cmd.Stdout, cmd.Stderr = program, program, program
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	program.Close()
	s.until("Passphrase: ")
	time.Sleep(100 * time.Millisecond) // a person is not faster
	if _, err := io.WriteString(person, "ladder ochre Venice 42\n"); err != nil {
		t.Fatal(err)
	}
	s.until("")
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, s.shown.String())
	}
	if strings.Contains(s.shown.String(), "ochre") {
		t.Errorf("the screen shows the passphrase:\n%s", s.shown.String())
	}
	for _, want := range []string{"% read, ", " messages filed", "Imported 20,000 messages into the record of Dana."} {
		if !strings.Contains(s.shown.String(), want) {
			t.Errorf("the screen does not show %q:\n%s", want, s.shown.String())
		}
	}
}

// Ctrl+C at the prompt ends the program, and leaves a terminal that shows again
// what is typed.
func TestInterruptedPrompt(t *testing.T) {
	p := newPractice(t)
	person, program := terminal(t)
	s := watch(t, person)
	cmd := p.command("clients", p.dir)
	cmd.Args = cmd.Args[:len(cmd.Args)-2]
	cmd.Stdin, cmd.Stdout, cmd.Stderr = program, program, program
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.until("Passphrase: ")
	time.Sleep(100 * time.Millisecond)
	if _, err := person.Write([]byte{3}); err != nil {
		t.Fatal(err)
	}
	s.until("casekeep: canceled: nothing was changed\r\n")
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitFailed {
		t.Errorf("ended with %v", err)
	}
	state, err := unix.IoctlGetTermios(int(program.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	if state.Lflag&unix.ECHO == 0 {
		t.Error("the terminal does not show what is typed")
	}
}
