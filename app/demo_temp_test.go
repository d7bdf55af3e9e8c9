package app

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// sampleFolder makes a temporary folder that looks as if a sample lay in it.
func sampleFolder(t *testing.T, c Config) *DemoFolder {
	t.Helper()
	above, err := os.MkdirTemp("", demoFolder)
	if err != nil {
		t.Fatal(err)
	}
	f := &DemoFolder{above: above, config: c}
	if err := errors.Join(f.hold(), os.Mkdir(f.Dir(), 0o700), os.WriteFile(filepath.Join(f.Dir(), "key.age"), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { runtime.KeepAlive(f) })
	return f
}

// end is what becomes of a folder when its program is killed or replaced.
func (f *DemoFolder) end(t *testing.T) {
	t.Helper()
	if err := f.held.Close(); err != nil {
		t.Fatal(err)
	}
}

// looksOld makes it look as if it lay there for long.
func (f *DemoFolder) looksOld(t *testing.T) {
	t.Helper()
	long := time.Now().Add(-time.Hour)
	if err := errors.Join(os.Chtimes(f.above, long, long), os.Chtimes(filepath.Join(f.above, demoHeld), long, long)); err != nil {
		t.Fatal(err)
	}
}

// What a killed program left is gone with the next start; what another one
// shows, makes or hands over stays.
func TestLeftSamplesAreSwept(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	c := Config{StateDir: t.TempDir()}
	held, killed, young, handed := sampleFolder(t, c), sampleFolder(t, c), sampleFolder(t, c), sampleFolder(t, c)
	for _, f := range []*DemoFolder{held, killed, handed} {
		f.looksOld(t)
	}
	handed.HandOver()
	for _, f := range []*DemoFolder{killed, young} {
		f.end(t)
	}
	stranger := filepath.Join(os.TempDir(), "casekeep-demo-stranger")
	if err := os.Symlink(held.above, stranger); err != nil {
		t.Fatal(err)
	}
	sweepDemos(c)
	for f, stays := range map[*DemoFolder]bool{held: true, killed: false, young: true, handed: true} {
		if IsVault(f.Dir()) != stays {
			t.Errorf("%s stays: %v, not %v", f.Dir(), IsVault(f.Dir()), stays)
		}
	}
	if _, err := os.Lstat(stranger); err != nil {
		t.Errorf("a link that is no sample is gone: %v", err)
	}
	next, err := TakeDemo(handed.Dir(), c)
	if err != nil {
		t.Fatal(err)
	}
	if err := next.Remove(); err != nil || IsVault(handed.Dir()) {
		t.Errorf("the sample that was handed over is still there: %v", err)
	}
}

// Only a sample in its temporary folder is ever taken over, and so removed.
func TestOnlySamplesAreTakenOver(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	c := Config{StateDir: t.TempDir()}
	f := sampleFolder(t, c)
	f.end(t)
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

// The sample practice is one whose last session was closed as it should be.
func TestTheSampleIsBackedUpWhole(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	c := Config{StateDir: t.TempDir()}
	f, err := TempDemo(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Remove()
	p, err := Unlock(t.Context(), f.Dir(), DemoPassphrase, c)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Lock()
	b, err := p.Backups(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if p.behind(b.Last) || b.Drilled.IsZero() {
		t.Errorf("last backup %s, last use %s, drilled %s", b.Last, p.v.LastUsed(), b.Drilled)
	}
}
