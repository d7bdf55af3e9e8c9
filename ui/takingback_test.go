package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/vault/record"
)

// cutImport is the folder of a vault in which a crash cut off an import of texts
// of Ada Quill.
func (r *room) cutImport() string {
	r.t.Helper()
	const texts = 6000
	var b strings.Builder
	fmt.Fprintf(&b, "<?xml version='1.0' encoding='UTF-8'?><smses count=\"%d\">\n", texts)
	for n := range texts {
		fmt.Fprintf(&b, `<sms address="+16015550142" date="%d" type="1" body="see you, no. %d" />`+"\n", 1767280020000+int64(n)*60_000, n)
	}
	file, dir := filepath.Join(r.t.TempDir(), "sms.xml"), filepath.Join(r.t.TempDir(), "Cut"+app.Suffix)
	if err := os.WriteFile(file, []byte(b.String()+"</smses>"), 0o600); err != nil {
		r.t.Fatal(err)
	}
	p, err := app.Create(r.t.Context(), r.dir, passphrase, record.Practice{Name: "Quill Street Practice"}, r.config)
	if err != nil {
		r.t.Fatal(err)
	}
	ada, err := p.AddClient(r.t.Context(), record.Client{Name: "Ada Quill", Contacts: []record.ContactPoint{{System: record.Phone, Value: "(601) 555-0142"}}})
	if err != nil {
		r.t.Fatal(err)
	}
	_, err = p.Import(r.t.Context(), app.ImportRequest{Files: []string{file}, Client: ada.ID}, func(_, _ int64, filed int) {
		if _, there := os.Stat(dir); filed > texts*3/4 && there != nil {
			if err := os.CopyFS(dir, os.DirFS(r.dir)); err != nil {
				r.t.Error(err)
			}
		}
	})
	if _, there := os.Stat(dir); err != nil || there != nil {
		r.t.Fatal(err, there)
	}
	if err := p.Lock(); err != nil {
		r.t.Fatal(err)
	}
	return dir
}

// Nobody waits at the unlock for an import that was cut off; what it had filed is
// told of, and once it is gone every page reads anew.
func TestPagesReadAnewOnceAnImportIsTakenBack(t *testing.T) {
	r := newRoom(t)
	p, err := app.Unlock(t.Context(), r.cutImport(), passphrase, r.config)
	if err != nil {
		t.Fatal(err)
	}
	told := sentences(p.Warnings())
	r.shell.open(p)
	if p.TakingBack() { // else it was quicker than the window
		if !r.says("An import was cut off and is being taken back, after which it can be made again.") {
			t.Errorf("it is told: %q", told)
		}
		r.until("the pages read anew", func() bool { return r.pages[desk.Clients].fresh > 0 })
	}
	if err := p.TakenBack(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, err := p.Timeline(t.Context(), 1, app.Page{Limit: 5})
	if err != nil || len(list) != 0 {
		t.Errorf("then there are %d entries, %v", len(list), err)
	}
}

// Locking waits for none of it.
func TestLockingWhileAnImportIsTakenBack(t *testing.T) {
	r := newRoom(t)
	p, err := app.Unlock(t.Context(), r.cutImport(), passphrase, r.config)
	if err != nil {
		t.Fatal(err)
	}
	r.shell.open(p)
	r.shell.Lock()
	r.untilLocked()
}
