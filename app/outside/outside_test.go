package outside

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const text = "Intake call, Ada"

func shelfIn(t *testing.T, dir string) *shelf {
	t.Helper()
	s := &shelf{places: func() places { return places{memory: []string{dir}} }}
	t.Cleanup(func() { _ = s.sweep() })
	return s
}

func put(t *testing.T, s *shelf, name string) string {
	t.Helper()
	path, err := s.copy(t.Context(), name, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func entriesOf(t *testing.T, dir string) []fs.DirEntry {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestACopyIsTheUsersAloneAndGoesAtTheSweep(t *testing.T) {
	dir := t.TempDir()
	s := shelfIn(t, dir)
	one, two := put(t, s, "letter.pdf"), put(t, s, "letter.pdf")
	if one == two {
		t.Error("two files of one name lie in one place")
	}
	if content, err := os.ReadFile(one); err != nil || string(content) != text {
		t.Errorf("the copy holds %q (%v)", content, err)
	}
	if runtime.GOOS != "windows" {
		for path, want := range map[string]fs.FileMode{one: 0o400, filepath.Dir(one): 0o700, s.path: 0o700} {
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s has %v, want %v (%v)", filepath.Base(path), info.Mode().Perm(), want, err)
			}
		}
	}
	if err := s.sweep(); err != nil {
		t.Fatal(err)
	}
	if left := entriesOf(t, dir); len(left) > 0 {
		t.Errorf("after the sweep %v is left", left)
	}
	put(t, s, "again.pdf") // the next unlock opens files as well
}

// A folder that a cleaner of the system took away is made anew.
func TestAFolderThatIsGoneIsMadeAnew(t *testing.T) {
	dir := t.TempDir()
	s := shelfIn(t, dir)
	put(t, s, "letter.pdf")
	if err := os.RemoveAll(s.path); err != nil {
		t.Fatal(err)
	}
	if path := put(t, s, "again.pdf"); !isThere(path) || len(entriesOf(t, dir)) != 1 {
		t.Errorf("%s is not alone there", path)
	}
	if err := shelfIn(t, dir).sweep(); err != nil || len(entriesOf(t, dir)) != 1 {
		t.Errorf("another's sweep takes the new folder (%v)", err)
	}
}

func TestASweepLeavesWhatOthersUse(t *testing.T) {
	dir := t.TempDir()
	theirs := put(t, shelfIn(t, dir), "theirs.pdf")
	mine := put(t, shelfIn(t, dir), "mine.pdf")
	stranger := filepath.Join(dir, "casekeep-notes")
	outside := filepath.Join(t.TempDir(), "precious")
	for _, path := range []string{stranger, outside} {
		if err := os.MkdirAll(filepath.Join(path, "in"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(dir, prefix+"link")); err != nil {
		t.Fatal(err)
	}
	if err := shelfIn(t, dir).sweep(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{theirs, mine, stranger, filepath.Join(outside, "in")} {
		if !isThere(path) {
			t.Errorf("the sweep took %s", path)
		}
	}
}

// TestWhatACrashLeftIsSwept kills a process that has a copy open, and sweeps as
// the next start does.
func TestWhatACrashLeftIsSwept(t *testing.T) {
	if dir := os.Getenv("CASEKEEP_TEST_COPY_IN"); dir != "" {
		own = &shelf{places: func() places { return places{disk: dir} }} // held as long as the process lives
		path := put(t, own, "left.pdf")
		os.Stdout.WriteString(path + "\n")
		select {}
	}
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0], "-test.run=^TestWhatACrashLeftIsSwept$")
	cmd.Env = append(os.Environ(), "CASEKEEP_TEST_COPY_IN="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	path := strings.TrimSpace(line)
	next := &shelf{places: func() places { return places{disk: dir} }}
	if err := next.sweep(); err != nil || !isThere(path) {
		t.Errorf("while the process lives its copy goes (%v)", err)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if err != nil || !isThere(path) {
		t.Fatalf("the process left nothing at %q (%v)", path, err)
	}
	if err := next.sweep(); err != nil {
		t.Fatal(err)
	}
	if left := entriesOf(t, dir); len(left) > 0 {
		t.Errorf("the next start leaves %v", left)
	}
}

func TestARemovalThatWasCutOffIsFinished(t *testing.T) {
	dir := t.TempDir()
	left := filepath.Join(dir, prefix+"123", "456", "left.pdf")
	if err := os.MkdirAll(filepath.Dir(left), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(left, []byte(text), 0o400); err != nil {
		t.Fatal(err)
	}
	if err := shelfIn(t, dir).sweep(); err != nil {
		t.Fatal(err)
	}
	if len(entriesOf(t, dir)) > 0 {
		t.Error("a copy without its lock is left for ever")
	}
}

type failing struct{ after *strings.Reader }

var errDamaged = errors.New("it is damaged")

func (f failing) Read(p []byte) (int, error) {
	if f.after.Len() == 0 {
		return 0, errDamaged
	}
	return f.after.Read(p)
}

func TestACopyThatFailsLeavesNothing(t *testing.T) {
	s := shelfIn(t, t.TempDir())
	if _, err := s.copy(t.Context(), "a.pdf", failing{strings.NewReader(text)}); !errors.Is(err, errDamaged) {
		t.Errorf("a damaged file gives %v", err)
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.copy(canceled, "a.pdf", strings.NewReader(text)); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled it gives %v", err)
	}
	if left := entriesOf(t, s.path); len(left) != 1 || left[0].Name() != inUse {
		t.Errorf("what failed left %v", left)
	}
}

func TestSafeName(t *testing.T) {
	long := strings.Repeat("ü", 200)
	for _, test := range []struct{ name, kind, want string }{
		{"letter.pdf", "application/pdf", "letter.pdf"},
		{"Überweisung 📄.PDF", "", "Überweisung 📄.pdf"},
		{"photo", "image/jpeg; name=x", "photo.jpg"},
		{"No. 5", "text/plain", "No. 5.txt"},
		{"../../etc/passwd", "text/plain", "_.._etc_passwd.txt"},
		{`..\..\a.txt`, "", "_.._a.txt"},
		{".bashrc", "", "bashrc"},
		{"-rf.txt", "", "rf.txt"},
		{"bank\u202efdp.exe", "application/pdf", "bankfdp.exe"},
		{"a\x00b\nc.txt", "", "a_b_c.txt"},
		{"CON.txt", "", "_CON.txt"},
		{"lpt1.tar.gz", "", "_lpt1.tar.gz"},
		{"trailing. . ", "application/pdf", "trailing.pdf"},
		{"", "application/pdf", "attachment.pdf"},
		{"...", "", "attachment"},
		{"صورة.png", "image/png", "صورة.png"},
		{"照片.png", "image/png", "照片.png"},
		{long + ".pdf", "", strings.Repeat("ü", 58) + ".pdf"},
		{"\xff\xfe.txt", "", "_.txt"},
	} {
		got := SafeName(test.name, test.kind)
		if got != test.want {
			t.Errorf("%q (%s) becomes %q, want %q", test.name, test.kind, got, test.want)
		}
		if again := SafeName(got, test.kind); again != got {
			t.Errorf("%q becomes %q the second time", got, again)
		}
	}
}

func TestJudge(t *testing.T) {
	for _, test := range []struct {
		name, kind, head string
		want             Care
	}{
		{"letter.pdf", "application/pdf", "%PDF-1.7", Plain},
		{"photo", "image/jpeg", "\xff\xd8\xff", Plain},
		{"notes.txt", "text/plain", "MZ said that", Plain},
		{"letter.docx", "", "PK\x03\x04", Plain},
		{"letter.docm", "", "PK\x03\x04", Careful},
		{"page.html", "text/html", "<p>", Careful},
		{"drawing.svg", "image/svg+xml", "<?xml", Careful},
		{"notes.txt", "text/plain", "\n<HTML><script>", Careful},
		{"all.zip", "application/zip", "PK\x03\x04", Careful},
		{"unknown", "application/octet-stream", "abc", Careful},
		{"photo.jpg.exe", "image/jpeg", "", Refused},
		{"photo\u202egpj.EXE", "image/jpeg", "", Refused},
		{"photo.exe ", "image/jpeg", "", Refused},
		{"photo.exe.", "image/jpeg", "", Refused},
		{"photo.jpg", "image/jpeg", "MZ\x90\x00\x03", Refused},
		{"letter.pdf", "application/pdf", "\x7fELF\x02", Refused},
		{"run", "application/x-sh", "", Refused},
		{"readme.txt", "text/plain", "#!/bin/sh\n", Refused},
		{"App.desktop", "application/x-desktop", "[Desktop Entry]", Refused},
		{"link.url", "", "[InternetShortcut]", Refused},
		{"macro.js", "text/javascript", "", Refused},
	} {
		if got := Judge(test.name, test.kind, []byte(test.head)); got != test.want {
			t.Errorf("%q (%s, %q) is judged %d, want %d", test.name, test.kind, test.head, got, test.want)
		}
	}
}

// FuzzSafeName: whatever a file was called elsewhere, its name stays in its
// folder, can be made, and is as safe the second time.
func FuzzSafeName(f *testing.F) {
	for _, name := range []string{"a.pdf", "../x", "CON", "a\u202e.exe", "\xff", " . ", "a.b.c.d", "%SYSTEMROOT%"} {
		f.Add(name, "application/pdf")
	}
	f.Fuzz(func(t *testing.T, name, kind string) {
		got := SafeName(name, kind)
		if got == "" || len(got) > 255 || filepath.Base(got) != got || strings.HasPrefix(got, ".") || strings.HasPrefix(got, "-") ||
			strings.ContainsAny(got, "/\\\x00\u202e%") || strings.HasSuffix(got, ".") || strings.HasSuffix(got, " ") {
			t.Fatalf("%q becomes %q", name, got)
		}
		if again := SafeName(got, kind); again != got {
			t.Fatalf("%q becomes %q, then %q", name, got, again)
		}
	})
}
