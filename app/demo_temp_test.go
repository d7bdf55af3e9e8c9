package app

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// looksOld makes everything in a temporary sample look as if it lay there for long.
func looksOld(t *testing.T, dir string) {
	t.Helper()
	long := time.Now().Add(-time.Hour)
	for _, path := range []string{filepath.Dir(dir), filepath.Join(filepath.Dir(dir), "in-use")} {
		if err := os.Chtimes(path, long, long); err != nil {
			t.Fatal(err)
		}
	}
}

// What a killed program left is gone with the next start; what another one
// shows, made or hands over stays.
func TestLeftSamplesAreSwept(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	c := Config{StateDir: t.TempDir()}
	var dirs []string
	for range 3 {
		f, err := TempDemo(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		dirs = append(dirs, f.Dir())
		if len(dirs) != 1 { // the first window stays open
			if err := f.held.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	held, killed, young := dirs[0], dirs[1], dirs[2]
	looksOld(t, held)
	looksOld(t, killed)
	stranger := filepath.Join(os.TempDir(), "casekeep-demo-stranger")
	if err := os.Symlink(t.TempDir(), stranger); err != nil {
		t.Fatal(err)
	}
	last, err := TempDemo(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	for dir, stays := range map[string]bool{held: true, killed: false, young: true, last.Dir(): true} {
		if IsVault(dir) != stays {
			t.Errorf("%s stays: %v, not %v", dir, IsVault(dir), stays)
		}
	}
	if _, err := os.Lstat(stranger); err != nil {
		t.Errorf("a link that was no sample is gone: %v", err)
	}
}

func TestSampleIsHandedOver(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	c := Config{StateDir: t.TempDir()}
	first, err := TempDemo(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	looksOld(t, first.Dir())
	first.HandOver()
	if err := first.held.Close(); err != nil { // the process is replaced
		t.Fatal(err)
	}
	if _, err := TempDemo(t.Context(), c); err != nil || !IsVault(first.Dir()) {
		t.Fatalf("another start removed a sample that was being handed over: %v", err)
	}
	second, err := TakeDemo(first.Dir(), c)
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Remove(); err != nil || IsVault(first.Dir()) {
		t.Errorf("the sample is still there: %v", err)
	}
}

// Only a sample in its temporary folder is ever taken over, and so removed.
func TestOnlySamplesAreTakenOver(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	c := Config{StateDir: t.TempDir()}
	f, err := TempDemo(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(t.TempDir(), filepath.Base(f.Dir()))
	inside := filepath.Join(os.TempDir(), "casekeep-demo-x", "Other.casekeep")
	for _, dir := range []string{elsewhere, inside} {
		if err := os.CopyFS(dir, os.DirFS(f.Dir())); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{"", "/", os.TempDir(), elsewhere, inside, filepath.Join(f.Dir(), ".."), f.Dir() + "x"} {
		if _, err := TakeDemo(dir, c); !errors.Is(err, ErrNotVault) {
			t.Errorf("%q was taken over: %v", dir, err)
		}
	}
}
