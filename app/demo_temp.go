package app

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"casekeep/app/place"
	"casekeep/vault/sealed/disk"
)

const (
	demoFolder = "casekeep-demo-*" // in the folder for temporary files
	demoHeld   = "in-use"          // is locked while a window shows the sample
	// demoYoung is for how long a folder is left alone that nobody holds yet, or
	// that one process hands over to the next.
	demoYoung = time.Minute
)

// DemoFolder is a temporary folder with the sample practice.
type DemoFolder struct {
	above  string
	config Config
	held   io.Closer
}

// TempDemo makes the sample practice in a temporary folder, locked, for a
// desktop that opens it with DemoPassphrase. It removes those that programs
// left behind which did not end by themselves.
func TempDemo(ctx context.Context, c Config) (*DemoFolder, error) {
	sweepDemos(c)
	above, err := os.MkdirTemp("", demoFolder)
	if err != nil {
		return nil, err
	}
	f := &DemoFolder{above: above, config: c}
	if err = f.hold(); err == nil {
		err = f.fill(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, f.Remove())
	}
	return f, nil
}

// TakeDemo takes the temporary folder over in which a vault lies, once the
// program that made it has handed it over.
func TakeDemo(dir string, c Config) (*DemoFolder, error) {
	f := &DemoFolder{above: filepath.Dir(filepath.Clean(dir)), config: c}
	own, err := filepath.Match(filepath.Join(filepath.Clean(os.TempDir()), demoFolder), f.above)
	if err != nil || !own || f.Dir() != filepath.Clean(dir) || !IsVault(dir) {
		return nil, ErrNotVault
	}
	if err := f.hold(); err != nil {
		return nil, err
	}
	return f, nil
}

// Dir gives the folder of the vault.
func (f *DemoFolder) Dir() string { return filepath.Join(f.above, demoPractice.Name+Suffix) }

// HandOver keeps the folder for the program that takes this one's place, and
// will hold it within demoYoung.
func (f *DemoFolder) HandOver() {
	now := time.Now()
	_ = os.Chtimes(filepath.Join(f.above, demoHeld), now, now)
}

// Remove takes the folder away, and this computer's memory of the vault.
func (f *DemoFolder) Remove() error {
	if f.held != nil {
		_ = f.held.Close() // Windows removes no open file
	}
	openSeen(f.config.StateDir).forget(f.Dir())
	return os.RemoveAll(f.above)
}

func (f *DemoFolder) hold() (err error) {
	f.held, err = disk.OS().Lock(filepath.Join(f.above, demoHeld), nil)
	return err
}

func (f *DemoFolder) fill(ctx context.Context) error {
	c := f.config
	c.WorkFactor = demoWorkFactor
	p, err := Demo(ctx, f.Dir(), DemoPassphrase, c, DemoSize{}, nil)
	if err != nil {
		return err
	}
	return errors.Join(p.backUpSample(ctx, filepath.Join(f.above, "Sample drive")), p.Lock())
}

// sweepDemos removes the folders that nobody holds. What cannot be removed
// stays: it is sealed, and its people are invented.
func sweepDemos(c Config) {
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), demoFolder))
	for _, above := range left {
		if f := (&DemoFolder{above: above, config: c}); f.old() && f.hold() == nil {
			_ = f.Remove()
		}
	}
}

// old reports whether the folder is this user's, and was neither made nor
// handed over just now.
func (f *DemoFolder) old() bool {
	for _, path := range []string{f.above, filepath.Join(f.above, demoHeld)} {
		info, err := os.Lstat(path)
		if err != nil || info.Mode()&os.ModeSymlink != 0 || !place.Owned(info) || time.Since(info.ModTime()) < demoYoung {
			return false
		}
	}
	return true
}
