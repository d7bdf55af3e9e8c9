package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"casekeep/app"
	"casekeep/vault/record"
)

// now is the moment at which the scripts run.
var now = time.Date(2026, 11, 21, 14, 40, 0, 0, record.LoadZone("America/Chicago"))

// moment gives the clock's time: another one where CASEKEEP_TEST_NOW says so.
func moment() time.Time {
	if at, err := time.Parse(time.RFC3339, os.Getenv("CASEKEEP_TEST_NOW")); err == nil {
		return at
	}
	return now
}

// In the scripts casekeep is this very program, but for its clock, which
// stands, and for passphrases that are stretched less: making and opening a
// vault takes milliseconds.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"casekeep": func() {
		program := &Main{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Ask: askTerminal,
			Config: app.Config{WorkFactor: 10, Now: moment}}
		os.Exit(program.Run(context.Background(), os.Args[1:]))
	}})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(env *testscript.Env) error {
			home := filepath.Join(env.WorkDir, "home")
			env.Setenv("HOME", home)
			env.Setenv("TZ", "America/Chicago")
			// No display, so that the window's build says so instead of opening one.
			env.Setenv("DISPLAY", "")
			pass := filepath.Join(env.WorkDir, "pass")
			env.Setenv("PASS", "--passphrase-file="+pass)
			return errors.Join(os.Mkdir(home, 0o700), os.WriteFile(filepath.Join(env.WorkDir, "crlf"), []byte("ladder ochre Venice 42\r\nmore\r\n"), 0o600), os.WriteFile(pass, []byte("ladder ochre Venice 42\n"), 0o600))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "oneline": oneLine, "json": jsonValue, "inorder": inOrder, "nowhere": nowhere, "flip": flip, "cut": cut,
			"generate": generate, "readme": readme, "blob": blob, "sheet": keySheet,
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "root":
				return os.Geteuid() == 0, nil
			case "age":
				return newAge(), nil
			}
			return false, fmt.Errorf("there is no condition %q", cond)
		},
	})
}

// newAge tells whether there is an age that knows post-quantum keys.
func newAge() bool {
	out, err := exec.Command("age", "--version").Output()
	var major, minor int
	_, scan := fmt.Sscanf(strings.TrimPrefix(string(out), "v"), "%d.%d", &major, &minor)
	return err == nil && scan == nil && (major > 1 || minor >= 3)
}

// exits N PROGRAM... runs a program that must end with exit code N.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARGUMENT...]")
	}
	code := "0"
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		code = strconv.Itoa(exit.ExitCode())
	} else if err != nil {
		ts.Fatalf("%s: %v", args[1], err)
	}
	if code != args[0] {
		ts.Fatalf("%s ended with exit code %s, not %s", args[1], code, args[0])
	}
}

// oneline says that the last program wrote nothing to standard output and to
// standard error one line, that begins with "casekeep: ".
func oneLine(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: oneline")
	}
	out, line := ts.ReadFile("stdout"), ts.ReadFile("stderr")
	if out != "" || !strings.HasPrefix(line, "casekeep: ") || strings.Count(line, "\n") != 1 || !strings.HasSuffix(line, "\n") {
		ts.Fatalf("not one line on standard error alone:\n%s%s", out, line)
	}
}

// json FILE PATH WANT looks into a JSON document. The path's steps are names
// and indexes with dots between, "length" counts a list. WANT is the value's text,
// or * for any. json -set VARIABLE FILE PATH keeps the value.
func jsonValue(ts *testscript.TestScript, neg bool, args []string) {
	keep := ""
	if len(args) == 4 && args[0] == "-set" {
		keep, args = args[1], append(args[2:], "*")
	}
	if len(args) != 3 {
		ts.Fatalf("usage: json [-set VARIABLE] FILE PATH [WANT]")
	}
	decoder := json.NewDecoder(strings.NewReader(ts.ReadFile(args[0])))
	decoder.UseNumber()
	var document any
	ts.Check(decoder.Decode(&document))
	if decoder.More() {
		ts.Fatalf("%s holds more than one JSON document", args[0])
	}
	got, err := follow(document, args[1])
	if neg {
		if err == nil && (args[2] == "*" || got == args[2]) {
			ts.Fatalf("%s is %s", args[1], got)
		}
		return
	}
	ts.Check(err)
	if args[2] != "*" && got != args[2] {
		ts.Fatalf("%s is %s, not %s", args[1], got, args[2])
	}
	if keep != "" {
		ts.Setenv(keep, got)
	}
}

func follow(at any, path string) (string, error) {
	for _, step := range strings.Split(path, ".") {
		switch v := at.(type) {
		case map[string]any:
			next, found := v[step]
			if !found {
				return "", fmt.Errorf("%s: there is no %q", path, step)
			}
			at = next
		case []any:
			if step == "length" {
				return strconv.Itoa(len(v)), nil
			}
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(v) {
				return "", fmt.Errorf("%s: there is no element %q of %d", path, step, len(v))
			}
			at = v[i]
		default:
			return "", fmt.Errorf("%s: %q is in %v, which has no parts", path, step, at)
		}
	}
	if text, is := at.(string); is {
		return text, nil
	}
	text, err := json.Marshal(at)
	return string(text), err
}

// inorder FILE LINES: each line of the second file stands in the first one
// after the one before. How they are broken into lines does not matter.
func inOrder(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: inorder FILE LINES")
	}
	flat := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	rest := flat(ts.ReadFile(args[0]))
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		if line = flat(line); line == "" {
			continue
		}
		_, after, found := strings.Cut(rest, line)
		if !found {
			ts.Fatalf("%s lacks %q after what came before it:\n%s", args[0], line, ts.ReadFile(args[0]))
		}
		rest = after
	}
}

// nowhere TEXT FOLDER...: no file below the folders holds the text, nor does
// the name of one.
func nowhere(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: nowhere TEXT FOLDER...")
	}
	for _, folder := range args[1:] {
		err := filepath.WalkDir(ts.MkAbs(folder), func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			content, err := os.ReadFile(path)
			if err == nil && strings.Contains(path+"\n"+string(content), args[0]) {
				err = fmt.Errorf("%s holds %q", path, args[0])
			}
			return err
		})
		ts.Check(err)
	}
}

// flip FILE OFFSET changes a byte; a negative offset counts from the end.
func flip(ts *testscript.TestScript, neg bool, args []string) {
	path, content, at := byteOf(ts, neg, args)
	content[at] ^= 0x40
	ts.Check(os.WriteFile(path, content, 0o600))
}

// cut FILE OFFSET cuts a file off.
func cut(ts *testscript.TestScript, neg bool, args []string) {
	path, content, at := byteOf(ts, neg, args)
	ts.Check(os.WriteFile(path, content[:at], 0o600))
}

func byteOf(ts *testscript.TestScript, neg bool, args []string) (string, []byte, int) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: flip|cut FILE OFFSET")
	}
	matches, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(matches) != 1 {
		ts.Fatalf("%s fits %d files", args[0], len(matches))
	}
	content, err := os.ReadFile(matches[0])
	ts.Check(err)
	at, err := strconv.Atoi(args[1])
	ts.Check(err)
	if at < 0 {
		at += len(content)
	}
	if at < 0 || at >= len(content) {
		ts.Fatalf("%s has %d bytes", matches[0], len(content))
	}
	return matches[0], content, at
}

// readme COMMAND: the vault's README.txt in the current folder names it.
func readme(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: readme COMMAND")
	}
	if !strings.Contains(ts.ReadFile("README.txt"), args[0]) {
		ts.Fatalf("README.txt does not say %q:\n%s", args[0], ts.ReadFile("README.txt"))
	}
}

// blob stdout sets BLOB to the file of an attachment that the database names.
func blob(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: blob FILE")
	}
	ts.Setenv("BLOB", "attachments/"+strings.TrimSpace(ts.ReadFile(args[0])))
}

// sheet FILE.pdf reads a sheet with a key as somebody does: what stands in its
// frame goes on one line into the file key.txt, without spaces, and the commands
// into commands.sh.
func keySheet(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sheet FILE.pdf")
	}
	out, err := exec.Command("pdftotext", "-layout", ts.MkAbs(args[0]), "-").Output()
	ts.Check(err)
	frame := regexp.MustCompile(`(?s)(AGE-SECRET-KEY-PQ-1)(.*?)No group has`).FindStringSubmatch(string(out))
	if frame == nil {
		ts.Fatalf("there is no key on the sheet:\n%s", out)
	}
	key := frame[1]
	for line := range strings.Lines(frame[2]) {
		fields := strings.Fields(line)
		if len(fields) > 0 && len(fields[0]) < 3 { // a line's number
			fields = fields[1:]
		}
		key += strings.Join(fields, "")
	}
	var commands string
	for line := range strings.Lines(string(out)) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "age -d ") || strings.HasPrefix(line, "sqlite3 ") {
			commands += line + "\n"
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs("key.txt"), []byte(key+"\n"), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("commands.sh"), []byte(commands), 0o600))
}
