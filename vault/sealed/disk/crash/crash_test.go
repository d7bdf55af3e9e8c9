package crash

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"casekeep/vault/sealed/disk"
)

// recording gives a recorder of a new folder, and a function for its paths.
func recording(t *testing.T) (*Recorder, func(string) string) {
	t.Helper()
	root := t.TempDir()
	r, err := Record(disk.OS(), root)
	if err != nil {
		t.Fatal(err)
	}
	return r, func(name string) string { return filepath.Join(root, name) }
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func create(t *testing.T, r disk.Files, path, content string) disk.File {
	t.Helper()
	f, err := r.Create(path)
	must(t, err)
	_, err = f.WriteAt([]byte(content), 0)
	must(t, err)
	return f
}

// last gives what the disk may hold after everything.
func last(t *testing.T, r *Recorder) *Disk {
	t.Helper()
	var at *Disk
	must(t, r.EachPrefix(r.Len(), func(_ int, d *Disk) error { at = d; return nil }))
	return at
}

// show gives an image in a line.
func show(im Image) string {
	var parts []string
	for _, p := range im.paths() {
		if im.Dirs[p] {
			parts = append(parts, p+"/")
			continue
		}
		parts = append(parts, fmt.Sprintf("%s=%q", p, im.Files[p]))
	}
	return strings.Join(parts, " ")
}

func want(t *testing.T, what string, got Image, want string) {
	t.Helper()
	if s := show(got); s != want {
		t.Errorf("%s: the disk holds %s, not %s", what, s, want)
	}
}

var (
	kept  = Policy{}
	lost  = Policy{Name: never, Data: nothing}
	empty = Policy{Data: nothing}
)

func TestContentIsDurableOnceSynced(t *testing.T) {
	r, path := recording(t)
	f := create(t, r, path("a"), "one")
	must(t, r.SyncDir(path("")))
	want(t, "unsynced", last(t, r).Crash(lost), `a=""`)
	must(t, f.Sync())
	_, err := f.WriteAt([]byte("TWO"), 3)
	must(t, err)
	want(t, "lost", last(t, r).Crash(lost), `a="one"`)
	want(t, "kept", last(t, r).Crash(kept), `a="oneTWO"`)
	must(t, f.Truncate(1))
	want(t, "truncation lost", last(t, r).Crash(lost), `a="one"`)
	want(t, "truncation kept", last(t, r).Crash(kept), `a="o"`)
	must(t, f.Sync(), f.Close())
	want(t, "synced", last(t, r).Crash(lost), `a="o"`)
}

func TestNamesAreDurableOnceTheFolderIs(t *testing.T) {
	r, path := recording(t)
	f := create(t, r, path("new"), "content")
	must(t, f.Sync(), f.Close())
	want(t, "a new file", last(t, r).Crash(lost), "")
	must(t, r.SyncDir(path("")))
	must(t, r.Rename(path("new"), path("name")))
	want(t, "a lost rename", last(t, r).Crash(lost), `new="content"`)
	want(t, "a rename", last(t, r).Crash(kept), `name="content"`)
	must(t, r.SyncDir(path("")), r.Remove(path("name")))
	want(t, "a lost removal", last(t, r).Crash(lost), `name="content"`)
	must(t, r.SyncDir(path("")))
	want(t, "a removal", last(t, r).Crash(lost), "")
}

func TestRenameReplaces(t *testing.T) {
	r, path := recording(t)
	for _, name := range []string{"old", "new"} {
		f := create(t, r, path(name), name)
		must(t, f.Sync(), f.Close())
	}
	must(t, r.SyncDir(path("")), r.Rename(path("new"), path("old")))
	want(t, "lost", last(t, r).Crash(lost), `new="new" old="old"`)
	want(t, "kept", last(t, r).Crash(kept), `old="new"`)
}

func TestRenameBetweenFolders(t *testing.T) {
	r, path := recording(t)
	f := create(t, r, path("a"), "x")
	must(t, f.Sync(), f.Close(), r.Mkdir(path("sub")), r.SyncDir(path("")))
	must(t, r.Rename(path("a"), path("sub/b")), r.SyncDir(path("sub")))
	want(t, "one side durable", last(t, r).Crash(lost), `a="x" sub/ sub/b="x"`)
	must(t, r.SyncDir(path("")))
	want(t, "both", last(t, r).Crash(lost), `sub/ sub/b="x"`)
}

func TestLostFolderTakesItsFiles(t *testing.T) {
	r, path := recording(t)
	must(t, r.Mkdir(path("sub")))
	f := create(t, r, path("sub/a"), "x")
	must(t, f.Sync(), f.Close(), r.SyncDir(path("sub")))
	want(t, "its name was not synced", last(t, r).Crash(lost), "")
}

func TestWhatWasThereIsDurable(t *testing.T) {
	root := t.TempDir()
	must(t, Image{Dirs: map[string]bool{"d": true}, Files: map[string][]byte{"d/a": []byte("x"), "b": []byte("y")}}.Write(root))
	r, err := Record(disk.OS(), root)
	must(t, err)
	f, err := r.OpenWrite(filepath.Join(root, "b"))
	must(t, err)
	_, err = f.WriteAt([]byte("z"), 0)
	must(t, err, f.Close())
	want(t, "lost", last(t, r).Crash(lost), `b="y" d/ d/a="x"`)
	want(t, "kept", last(t, r).Crash(kept), `b="z" d/ d/a="x"`)
}

// TestFailedSyncIsNeverMadeGood is what Linux does: the pages count as clean
// after a failed sync, and the next one succeeds without them.
func TestFailedSyncIsNeverMadeGood(t *testing.T) {
	r, path := recording(t)
	f := create(t, r, path("a"), "one")
	must(t, r.SyncDir(path("")))
	r.Fail(Fault{At: 1, Err: syscall.EIO})
	if err := f.Sync(); !errors.Is(err, syscall.EIO) {
		t.Fatalf("got %v", err)
	}
	if r.Heal() == 0 {
		t.Error("the fault was not noticed")
	}
	_, err := f.WriteAt([]byte("two"), 3)
	must(t, err, f.Sync(), f.Close())
	want(t, "after another sync", last(t, r).Crash(empty), `a="\x00\x00\x00two"`)
	want(t, "with luck", last(t, r).Crash(kept), `a="onetwo"`)
}

func TestFaults(t *testing.T) {
	r, path := recording(t)
	f := create(t, r, path("a"), "")
	r.Fail(Fault{At: 2, Err: syscall.ENOSPC, Short: true})
	must(t, f.Sync(), f.Sync()) // takes no room
	if n, err := f.WriteAt([]byte("abcdef"), 0); !errors.Is(err, syscall.ENOSPC) || n != 3 {
		t.Errorf("a short write wrote %d: %v", n, err)
	}
	_, err := f.WriteAt([]byte("abcdef"), 0)
	must(t, err)
	if r.Heal() == 0 {
		t.Error("the fault was not noticed")
	}
	r.Fail(Fault{At: 1, Err: syscall.EIO, Done: true})
	if err := r.Rename(path("a"), path("b")); !errors.Is(err, syscall.EIO) {
		t.Errorf("got %v", err)
	}
	r.Heal()
	must(t, r.Rename(path("b"), path("c")))
	r.Fail(Fault{At: 1, Err: syscall.EROFS, Forever: true})
	for range 3 {
		if err := r.Remove(path("c")); !disk.IsReadOnly(err) {
			t.Errorf("got %v", err)
		}
	}
	if _, err := f.Size(); err != nil {
		t.Errorf("reading failed with the disk read-only: %v", err)
	}
	r.Heal()
	must(t, f.Close())
}

// TestPoliciesLeaveParts checks each policy against what it is named for, on one
// write of three sectors.
func TestPoliciesLeaveParts(t *testing.T) {
	r, path := recording(t)
	content := strings.Repeat("a", Sector) + strings.Repeat("b", Sector) + strings.Repeat("c", Sector)
	f := create(t, r, path("a"), content)
	must(t, r.SyncDir(path("")), f.Close())
	d := last(t, r)
	after := func(p Policy) string { return string(d.Crash(p).Files["a"]) }
	zeros := func(n int) string { return string(make([]byte, n)) }
	for _, p := range Classes() {
		expect := map[string]string{
			"all kept": content, "all lost": "", "names without data": "", "data without names": content,
			"sizes without data": zeros(len(content)), "the first sector lost": zeros(Sector) + content[Sector:],
			"all but the last byte": content[:len(content)-1],
		}[p.Name]
		if p.Name == "data without names" {
			continue // the name is durable here
		}
		if got := after(p.Policy); got != expect {
			t.Errorf("%s leaves %d bytes: %.20q", p.Name, len(got), got)
		}
	}
	random := rand.New(rand.NewPCG(1, 1))
	seen, anywhere := map[string]bool{}, map[int]bool{}
	for range 200 {
		torn := after(Torn(random).Policy)
		if len(torn)%Sector != 0 || !strings.HasPrefix(content, torn) {
			t.Fatalf("torn at byte %d", len(torn))
		}
		if cut := after(TornAnywhere(random).Policy); !strings.HasPrefix(content, cut) {
			t.Fatalf("torn anywhere leaves %.20q", cut)
		}
		shuffled := after(Shuffled(random).Policy)
		for i := range []byte(shuffled) {
			if shuffled[i] != 0 && shuffled[i] != content[i] {
				t.Fatalf("shuffled leaves %q at %d", shuffled[i], i)
			}
		}
		seen[shuffled] = true
		scattered := after(Scattered(random).Policy)
		for i := range []byte(scattered) {
			if scattered[i] != 0 && scattered[i] != content[i] {
				t.Fatalf("scattered leaves %q at %d", scattered[i], i)
			}
		}
		anywhere[len(scattered)] = true
	}
	if len(anywhere) < 10 {
		t.Errorf("scattering leaves only %d different lengths", len(anywhere))
	}
	if len(seen) < 10 {
		t.Errorf("shuffling leaves only %d different files", len(seen))
	}
}

func TestImageRoundTrip(t *testing.T) {
	im := Image{Dirs: map[string]bool{"d": true, "d/e": true}, Files: map[string][]byte{"d/e/f": []byte("x"), "g": {}}}
	dir := t.TempDir()
	must(t, im.Write(dir))
	back, err := ReadImage(dir)
	must(t, err)
	if back.Sum() != im.Sum() || !bytes.Equal(back.Files["d/e/f"], []byte("x")) {
		t.Errorf("came back as %s", show(back))
	}
	if gone, err := ReadImage(filepath.Join(dir, "missing")); err != nil || len(gone.Files) > 0 {
		t.Errorf("a missing folder: %v", err)
	}
}

// TestPowerLossTriesEverySubset loses each subset of two unsynced files.
func TestPowerLossTriesEverySubset(t *testing.T) {
	r, path := recording(t)
	a, b := create(t, r, path("a"), "one"), create(t, r, path("b"), "two")
	must(t, r.SyncDir(path("")), a.Close(), b.Close())
	var mu sync.Mutex
	found := map[string]bool{}
	states, err := r.PowerLoss(PowerLosses{From: r.Len(), To: r.Len(), States: 60}, func(s State) error {
		mu.Lock()
		defer mu.Unlock()
		found[show(s.Image)] = true
		return nil
	})
	must(t, err)
	for _, want := range []string{`a="" b=""`, `a="one" b=""`, `a="" b="two"`, `a="one" b="two"`, `a="on" b="tw"`} {
		if !found[want] {
			t.Errorf("%s was not tried", want)
		}
	}
	if states != len(found) || states < 55 {
		t.Errorf("%d states, %d different ones", states, len(found))
	}
	broken := errors.New("broken")
	if _, err := r.PowerLoss(PowerLosses{To: r.Len()}, func(s State) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("a failure: %v", err)
	}
}
