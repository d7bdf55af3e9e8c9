package disk

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

const holderEnv = "DISK_TEST_HOLDER"

// TestMain lets the test binary hold a lock for another process to meet.
func TestMain(m *testing.M) {
	if path := os.Getenv(holderEnv); path != "" {
		if _, err := OS().Lock(path, []byte("the child's")); err != nil {
			os.Exit(1)
		}
		os.Stdout.WriteString("held\n")
		time.Sleep(time.Minute)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	files := OS()
	first, err := files.Lock(path, []byte("a rather long note"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = files.Lock(path, []byte("second"))
	var held *HeldError
	if !errors.As(err, &held) || string(held.Note) != "a rather long note" {
		t.Errorf("within the process: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := files.Lock(path, []byte("short"))
	if err != nil {
		t.Fatal(err)
	}
	if note, err := os.ReadFile(path); err != nil || string(note) != "short" {
		t.Errorf("the note is %q: %v", note, err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
}

// A link in the place of a lock costs what it leads to nothing.
func TestLockFollowsNoLink(t *testing.T) {
	dir := t.TempDir()
	precious, path := filepath.Join(dir, "precious"), filepath.Join(dir, "lock")
	if err := os.WriteFile(precious, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(precious, path); err != nil {
		t.Skip(err)
	}
	lock, err := OS().Lock(path, []byte("a note"))
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	if content, err := os.ReadFile(precious); err != nil || string(content) != "kept" {
		t.Errorf("it holds %q, %v", content, err)
	}
	var held *HeldError
	if _, err := OS().Lock(path, nil); !errors.As(err, &held) {
		t.Errorf("a second lock: %v", err)
	}
}

// A lock that has another name too keeps its content under that, and locks like any
// other.
func TestLockWritesIntoNoFileOfTwoNames(t *testing.T) {
	dir := t.TempDir()
	precious, path := filepath.Join(dir, "precious"), filepath.Join(dir, "lock")
	if err := os.WriteFile(precious, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(precious, path); err != nil {
		t.Skip(err)
	}
	if runtime.GOOS == "windows" {
		t.Skip("what is open cannot be removed there: the lock holds without its note")
	}
	other, err := OS().Lock(precious, nil) // as through a copy of the folder that is made of links
	var held *HeldError
	if err != nil {
		t.Fatal(err)
	}
	if content, err := os.ReadFile(precious); err != nil || len(content) > 0 {
		t.Fatalf("a file of its own now: %q, %v", content, err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "kept" {
		t.Errorf("the other name: %q, %v", content, err)
	}

	first, err := OS().Lock(path, []byte("first"))
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	also := filepath.Join(dir, "also")
	if err := os.Link(path, also); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, also} {
		if _, err := OS().Lock(name, []byte("second")); !errors.As(err, &held) || string(held.Note) != "first" {
			t.Errorf("a second lock, as %s: %v", filepath.Base(name), err)
		}
	}
}

// TestLockEndsWithItsProcess kills a holder.
func TestLockEndsWithItsProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), holderEnv+"="+path)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	said := make([]byte, 5)
	if _, err := out.Read(said); err != nil {
		t.Fatal(err)
	}
	_, err = OS().Lock(path, nil)
	var held *HeldError
	if !errors.As(err, &held) || string(held.Note) != "the child's" {
		t.Errorf("while the child holds it: %v", err)
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // killed
	lock, err := OS().Lock(path, nil)
	if err != nil {
		t.Fatalf("after the child was killed: %v", err)
	}
	lock.Close()
}

func TestCreateDoesNotReplace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	f, err := OS().Create(path)
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	if _, err := OS().Create(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v", err)
	}
}

func TestFolders(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "d")
	files := OS()
	if err := errors.Join(files.Mkdir(dir), files.SyncDir(dir)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"b", "a"} {
		f, err := files.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	names, err := files.List(dir)
	if err != nil || strings.Join(names, " ") != "a b" {
		t.Errorf("%v %v", names, err)
	}
	if _, err := files.List(filepath.Join(dir, "a")); !IsNotFolder(err) {
		t.Errorf("a file as a folder: %v", err)
	}
	if _, err := files.Open(filepath.Join(dir, "c")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

func TestStamp(t *testing.T) {
	dir, files := t.TempDir(), OS()
	path := filepath.Join(dir, "a")
	stamp := func() Stamp {
		t.Helper()
		s, err := files.Stamp(path)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if _, err := files.Stamp(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing there: %v", err)
	}
	f, err := files.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	first := stamp()
	if own, err := f.Stamp(); own != first || err != nil {
		t.Errorf("the file's own stamp is %v, its name's %v: %v", own, first, err)
	}
	if _, err := f.WriteAt([]byte("x"), 0); err != nil {
		t.Fatal(err)
	}
	if written := stamp(); written == first || written.File != first.File || written.Size != 1 {
		t.Errorf("written to: %v, then %v", first, written)
	}
	if runtime.GOOS == "windows" {
		return // a file that is open keeps its name there
	}
	if err := errors.Join(WriteNew(files, path+".new", []byte("x")), files.Rename(path+".new", path)); err != nil {
		t.Fatal(err)
	}
	own, err := f.Stamp()
	if replaced := stamp(); err != nil || replaced.File == own.File || own.File != first.File {
		t.Errorf("replaced: %v, the file's own %v, %v", replaced, own, err)
	}
}
