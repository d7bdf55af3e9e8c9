package backup

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// sealedFiles counts the files in a folder of the backups, whatever lies below.
func (p *practice) files(t *testing.T, rel string) (n int) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(p.folder, rel), func(_ string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestPrune(t *testing.T) {
	p := newPractice(t, 2000)
	for range 10 {
		p.take(t)
		p.add(t, 1)
	}
	set := p.set(t)
	removed, err := set.Prune(ctx, Rule{Last: 1, Daily: 2}, time.UTC, nil)
	if err != nil || len(removed) != 8 || !slices.IsSorted(removed) {
		t.Fatalf("removed %v: %v", removed, err)
	}
	wantGenerations(t, set, 2009, 2008)
	if err := nothingWrong(set); err != nil {
		t.Error(err)
	}
	if n := p.files(t, packs); n > 6 { // a full one and two others, with their sums
		t.Errorf("%d files are left in packs", n)
	}
	if removed, err := set.Prune(ctx, Rule{}, time.UTC, nil); err != nil || removed != nil {
		t.Errorf("the zero rule removed %v: %v", removed, err)
	}
	p.take(t)
	wantGenerations(t, set, 2010, 2009, 2008)
}

// TestPruneKeepsTheNewestWhole damages all but an old one.
func TestPruneKeepsTheNewestWhole(t *testing.T) {
	p := newPractice(t, 10)
	var taken []Written
	for range 4 {
		taken = append(taken, p.take(t))
		p.add(t, 1)
	}
	set := p.set(t)
	flipFile(t, filepath.Join(p.folder, generations, taken[3].Generation.Name+sealedTail))
	m, err := set.find(ctx, taken[2].Generation.Name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(p.folder, packs, m.Packs[len(m.Packs)-1].Name)); err != nil {
		t.Fatal(err)
	}
	removed, err := set.Prune(ctx, Rule{Last: 1}, time.UTC, nil)
	if err != nil || !slices.Equal(removed, []string{taken[0].Generation.Name}) {
		t.Errorf("removed %v: %v", removed, err)
	}
	if n, err := loads(set, taken[1].Generation); err != nil || n != 11 {
		t.Errorf("the newest whole one: %d %v", n, err)
	}
	p.take(t)
	if _, err := set.Prune(ctx, Rule{Last: 1}, time.UTC, nil); err != nil {
		t.Fatal(err)
	}
	wantGenerations(t, set, 14) // the damaged ones took no place and are gone
	if err := nothingWrong(set); err != nil {
		t.Error(err)
	}
}

// TestPruneProperties prunes by random rules beside backups: what is left loads,
// the newest is there, and nothing is left over.
func TestPruneProperties(t *testing.T) {
	p := newPractice(t, 400)
	random := rand.New(rand.NewPCG(9, 10))
	for range 12 {
		for range 1 + random.IntN(4) {
			p.add(t, random.IntN(30))
			if random.IntN(2) == 0 {
				p.attach(t, fmt.Sprint("picture ", random.Int()))
			}
			p.take(t)
		}
		set := p.set(t)
		rule := Rule{Last: 1 + random.IntN(2), Daily: random.IntN(4), Weekly: random.IntN(2)}
		if _, err := set.Prune(ctx, rule, time.UTC, nil); err != nil {
			t.Fatal(err)
		}
		all, err := set.Generations(ctx)
		if err != nil || len(all) == 0 || !all[0].At.Equal(p.clock) || len(all) > rule.Last+rule.Daily+rule.Weekly {
			t.Fatalf("%+v leaves %v: %v", rule, all, err)
		}
		for _, g := range all {
			if _, err := loads(set, g); err != nil {
				t.Fatal(err)
			}
		}
		if err := nothingWrong(set); err != nil {
			t.Fatal(err)
		}
	}
}

// TestGoneAttachments follows an attachment that the vault drops until no backup
// needs it.
func TestGoneAttachments(t *testing.T) {
	p := newPractice(t, 5)
	stays, passing := p.attach(t, "a picture"), p.attach(t, "a passing picture")
	p.take(t)
	p.detach(t, passing)
	p.take(t)
	p.take(t)
	set := p.set(t)
	count := func(when string, want int) {
		t.Helper()
		if n := p.files(t, attachments); n != want {
			t.Errorf("%s: %d attachments", when, n)
		}
	}
	count("while a backup refers to it", 2)
	if _, err := set.Prune(ctx, Rule{Last: 2}, nil, nil); err != nil {
		t.Fatal(err)
	}
	count("once none does", 1)
	wantGenerations(t, set, 5, 5)
	if err := set.DropAttachments(ctx, []string{stays}); err != nil {
		t.Fatal(err)
	}
	count("after it was dropped", 0)
	all, err := set.Generations(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := set.Verify(ctx, all[0].Name, []string{stays}, nil); err != nil || len(c.Problems) != 1 || c.Problems[0].File != blobPath(stays) {
		t.Errorf("verifying: %+v %v", c, err)
	}
	if w := p.take(t); w.Attachments != 1 {
		t.Errorf("the next backup copied %d", w.Attachments)
	}
	wantWhole(t, set)
}

// TestGoneWithTheClockPutBack drops an attachment after the clock went back: the
// backup that refers to it is the later one by name.
func TestGoneWithTheClockPutBack(t *testing.T) {
	p := newPractice(t, 5)
	passing := p.attach(t, "a passing picture")
	p.take(t)
	p.detach(t, passing)
	p.clock = p.clock.AddDate(0, -1, 0)
	p.take(t)
	p.take(t)
	wantGenerations(t, p.set(t), 5, 5, 5)
	wantWhole(t, p.set(t))
}
