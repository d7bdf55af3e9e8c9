package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/vault/record"
)

// cutImport is the folder of a vault in which a crash cut off an import, and
// which holds one entry besides.
type cutImport struct {
	t      *testing.T
	dir    string
	file   string // that was being imported
	texts  int    // in it
	client record.Client
	config app.Config
}

func newCutImport(t *testing.T) *cutImport {
	t.Helper()
	c := &cutImport{t: t, texts: 8000, config: config(t)}
	c.file = writeBackup(t, c.texts)
	p := newPractice(t)
	c.client = addClient(t, p, "Ada Quill", "(601) 555-0142")
	_, err := p.Log(ctx, record.Entry{Client: c.client.ID, Channel: record.Text, Direction: record.In, Body: "typed by hand"})
	if err != nil {
		t.Fatal(err)
	}
	c.dir = filepath.Join(t.TempDir(), "Cut.casekeep")
	_, err = p.Import(ctx, app.ImportRequest{Files: []string{c.file}, Client: c.client.ID}, func(_, _ int64, filed int) {
		if _, there := os.Stat(c.dir); filed > c.texts*3/4 && there != nil {
			if err := os.CopyFS(c.dir, os.DirFS(p.Dir())); err != nil {
				t.Error(err)
			}
		}
	})
	if _, there := os.Stat(c.dir); err != nil || there != nil {
		t.Fatal(err, there)
	}
	return c
}

// unlock opens a copy of it.
func (c *cutImport) unlock() *app.Practice {
	c.t.Helper()
	dir := filepath.Join(c.t.TempDir(), "Cut.casekeep")
	if err := os.CopyFS(dir, os.DirFS(c.dir)); err != nil {
		c.t.Fatal(err)
	}
	p, err := app.Unlock(ctx, dir, passphrase, c.config)
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { _ = p.Lock() })
	return p
}

// Whatever reads for others, or leaves the vault, has nothing of an import that
// was cut off.
func TestNobodyElseSeesHalfAnImport(t *testing.T) {
	c := newCutImport(t)
	out := t.TempDir()
	sealing := app.Sealing{Passphrase: "gravel lantern Monday"}
	request := app.ImportRequest{Files: []string{c.file}, Client: c.client.ID}
	for _, act := range []struct {
		name string
		want int
		do   func(*app.Practice) (int, error)
	}{
		{"verify", 1, func(p *app.Practice) (int, error) {
			found, err := p.Verify(ctx, nil)
			return found.Entries, err
		}},
		{"produce", 1, func(p *app.Practice) (int, error) {
			made, err := p.Produce(ctx, app.ProduceRequest{Client: c.client.ID, To: "Court", Purpose: "order", Out: filepath.Join(out, "a.pdf")}, nil)
			return made.Entries, err
		}},
		{"transfer", 1, func(p *app.Practice) (int, error) {
			made, err := p.Transfer(ctx, app.TransferRequest{Client: c.client.ID, To: "Bo", Purpose: "order", Out: filepath.Join(out, "b.age"), Sealed: sealing}, nil)
			return made.Entries, err
		}},
		{"export", 1, func(p *app.Practice) (int, error) {
			made, err := p.ExportWhole(ctx, filepath.Join(out, "c.age"), sealing, nil)
			return made.Entries, err
		}},
		{"back up", 1, func(p *app.Practice) (int, error) {
			folder := t.TempDir()
			if _, err := p.BackUp(ctx, nil, folder); err != nil {
				return 0, err
			}
			list, err := p.Timeline(ctx, c.client.ID, app.Page{Limit: 5})
			return len(list), err
		}},
		{"import", c.texts, func(p *app.Practice) (int, error) {
			made, err := p.Import(ctx, request, nil)
			return made.Imported, err
		}},
		{"preview", c.texts, func(p *app.Practice) (int, error) {
			shown, err := p.Preview(ctx, request, nil)
			return shown.Report.Imported, err
		}},
		{"view", 1, func(p *app.Practice) (int, error) {
			if err := p.ViewAsExecutor(ctx, "Bo Larsen", time.Hour); err != nil {
				return 0, err
			}
			list, err := p.Timeline(ctx, c.client.ID, app.Page{Limit: 5})
			return len(list), err
		}},
	} {
		if n, err := act.do(c.unlock()); err != nil || n != act.want {
			t.Errorf("%s: %d, want %d; %v", act.name, n, act.want, err)
		}
	}
	found, err := app.Verify(ctx, c.dir, passphrase, c.config, nil)
	if err != nil || !found.OK || found.Entries != 1 || len(found.Warnings) > 0 {
		t.Errorf("verified from the disk: %+v, %v", found, err)
	}
}

// Whoever unlocks is told that what they see goes, for as long as it does.
func TestHalfAnImportIsToldOf(t *testing.T) {
	p := newCutImport(t).unlock()
	said := strings.Join(p.Warnings(), "; ")
	if p.TakingBack() && !strings.Contains(said, "is being taken back") {
		t.Errorf("at the unlock: %q", said)
	}
	if err := p.TakenBack(ctx); err != nil || p.TakingBack() || len(p.Warnings()) > 0 {
		t.Errorf("in the end: %q, %v", p.Warnings(), err)
	}
	whole(t, p)
}
