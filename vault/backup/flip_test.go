package backup

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casekeep/vault/sealed/disk/crash"
)

// harmless are the files of which nothing that the program does depends: README
// is for people, the lock's note says who holds it.
var harmless = []string{readmeFile, lockFile}

// TestEveryByte flips bytes of a backup, in every file and close enough to meet
// every part of each, and looks for the file's name in what is found.
func TestEveryByte(t *testing.T) {
	p := newPractice(t, 3)
	p.attach(t, "a picture")
	p.take(t)
	p.add(t, 1)
	p.opt.FullAfter = 1000 * 24 * 3600e9
	p.take(t)
	set := p.set(t)
	wantWhole(t, set)
	image, err := crash.ReadImage(p.folder)
	if err != nil {
		t.Fatal(err)
	}
	flips := 0
	for rel, content := range image.Files {
		if slices.Contains(harmless, rel) {
			continue
		}
		path := filepath.Join(p.folder, filepath.FromSlash(rel))
		// A header has a part every few bytes; what follows is of one kind.
		for at := 0; at < len(content); at += 1 + crash.Scale(min(at/20, 197), min(at/200, 3)) {
			bad := bytes.Clone(content)
			bad[at] ^= 1 << (at % 8)
			if err := os.WriteFile(path, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			c, err := set.VerifyAll(ctx, nil)
			named := slices.ContainsFunc(c.Problems, func(d *DamagedError) bool {
				return d.File == rel || strings.HasPrefix(rel, keysFolder) && strings.HasPrefix(d.File, keysFolder)
			})
			if err != nil || !named {
				t.Errorf("byte %d of %s: %v %v", at, rel, c.Problems, err)
			}
			flips++
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	crash.Tally(t, "a flipped bit in a backup", flips)
	for _, rel := range harmless {
		if err := os.WriteFile(filepath.Join(p.folder, rel), []byte("?"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	wantGenerations(t, set, 4, 3)
}

// TestDamageNamesGenerations damages a pack and a manifest: what does not load for
// them is named, and the rest still loads.
func TestDamageNamesGenerations(t *testing.T) {
	p := newPractice(t, 2000)
	var all []Written
	for range 4 {
		all = append(all, p.take(t))
		p.add(t, 40)
	}
	set := p.set(t)
	parts, err := filepath.Glob(filepath.Join(p.folder, packs, "*-part-????????????????.age"))
	if err != nil || len(parts) != 3 {
		t.Fatalf("%v: %v", parts, err)
	}
	flipFile(t, parts[1])
	flipFile(t, filepath.Join(p.folder, generations, all[1].Generation.Name+sealedTail))
	c, err := set.VerifyAll(ctx, nil)
	want := []string{all[3].Generation.Name, all[2].Generation.Name, all[1].Generation.Name}
	if err != nil || !slices.Equal(c.Broken, want) || len(c.Problems) != 2 {
		t.Errorf("broken are %v: %v %v", c.Broken, c.Problems, err)
	}
	if c, err := set.Verify(ctx, all[2].Generation.Name, nil, nil); err != nil || len(c.Problems) != 1 || len(c.Broken) != 1 {
		t.Errorf("verifying one: %+v %v", c, err)
	}
	if _, err := set.Load(ctx, all[2].Generation.Name, nil); !errors.Is(err, ErrDamaged) {
		t.Errorf("loading it: %v", err)
	}
	if n, err := loads(set, all[0].Generation); err != nil || n != 2000 {
		t.Errorf("the first: %d %v", n, err)
	}
	p.take(t) // is full or builds on what is there: the vault can always be backed up
}

func flipFile(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestMovedManifests puts a manifest in another's place, and one by somebody who
// knows nothing but the vault's recipient.
func TestMovedManifests(t *testing.T) {
	p := newPractice(t, 3)
	a, b := p.take(t).Generation, p.take(t).Generation
	old, err := os.ReadFile(filepath.Join(p.folder, generations, a.Name+sealedTail))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(p.folder, generations, b.Name+sealedTail)
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := p.set(t).Load(ctx, b.Name, nil); !errors.Is(err, ErrDamaged) {
		t.Errorf("an older backup in the place of the newest: %v", err)
	}
	forged, err := encrypt(p.db.Key(), []byte(`{"format":"`+manifestFormat+`"}`+"\n"+strings.Repeat("0", 64)))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, forged, 0o600); err != nil {
		t.Fatal(err)
	}
	all, err := p.set(t).Generations(ctx)
	if err != nil || len(all) != 2 || all[0].Name != b.Name || !errors.Is(all[0].Problem, ErrDamaged) || all[1].Problem != nil {
		t.Errorf("a forged one: %+v %v", all, err)
	}
}

// TestReplacedPack puts another pack, sealed to the vault and of the same size, in
// a pack's place.
func TestReplacedPack(t *testing.T) {
	p := newPractice(t, 100)
	g := p.take(t).Generation
	found, err := filepath.Glob(filepath.Join(p.folder, packs, "*-full-????????????????.age"))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	other, err := encrypt(p.db.Key(), append([]byte("SQLite format 3\x00"), make([]byte, g.Size-16)...))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(found[0], other, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := p.set(t).Load(ctx, g.Name, nil); !errors.Is(err, ErrDamaged) {
		t.Errorf("loading it: %v", err)
	}
	if c, err := p.set(t).VerifyAll(ctx, nil); err != nil || len(c.Broken) != 1 {
		t.Errorf("verifying: %+v %v", c, err)
	}
}
