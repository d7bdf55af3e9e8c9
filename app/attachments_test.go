package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casekeep/app"
	"casekeep/app/outside"
	"casekeep/vault/record"
)

// kept logs a contact with one file and gives that.
func kept(t *testing.T, p *app.Practice, name, content string) (record.Entry, record.Attachment) {
	t.Helper()
	ada := addClient(t, p, "Ada Quill")
	e, err := p.Log(ctx, record.Entry{Client: ada.ID, Channel: record.Letter, Direction: record.In, At: p.Now(), Body: "see the file"},
		app.FileUpload(write(t, name, content)))
	if err != nil || len(e.Attachments) != 1 {
		t.Fatalf("%d files are kept (%v)", len(e.Attachments), err)
	}
	return e, e.Attachments[0]
}

// handed gives the newest event of a client's audit trail.
func handed(t *testing.T, p *app.Practice, e record.Entry) record.AuditEvent {
	t.Helper()
	list, err := p.History(ctx, e.Client, 1)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d events (%v)", len(list), err)
	}
	return list[0]
}

// sweptAfter leaves no copies behind.
func sweptAfter(t *testing.T) {
	t.Helper()
	t.Cleanup(func() { _ = outside.Sweep() })
}

func TestCopyOutsideIsAuditedAndGoesAtTheSweep(t *testing.T) {
	sweptAfter(t)
	p := newPractice(t)
	e, a := kept(t, p, "letter.txt", "Dear Ms. Quill")
	path, err := p.CopyOutside(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "Dear Ms. Quill" {
		t.Errorf("the copy holds %q (%v)", content, err)
	}
	event := handed(t, p, e)
	if event.Action != "attachment.open-outside" || event.Entry != e.ID || strings.Contains(event.Detail, "letter") {
		t.Errorf("the audit trail says %+v", event)
	}
	if err := outside.Sweep(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("after the sweep the copy is there (%v)", err)
	}
	if list, err := p.Disclosures(ctx, e.Client); err != nil || len(list) > 0 {
		t.Errorf("it counts as a disclosure: %v (%v)", list, err)
	}
}

func TestWhatNoProgramOpensLeavesNoCopy(t *testing.T) {
	sweptAfter(t)
	t.Setenv("PATH", t.TempDir()) // the system's opener is not there
	p := newPractice(t)
	e, a := kept(t, p, "letter.txt", "Dear Ms. Quill")
	if err := p.OpenOutside(ctx, a.ID); err == nil || !strings.Contains(err.Error(), "knows no program") {
		t.Fatalf("it says %v", err)
	}
	if event := handed(t, p, e); event.Action != "attachment.not-opened" || event.Entry != e.ID {
		t.Errorf("the audit trail ends with %+v", event)
	}
	path, err := p.CopyOutside(ctx, a.ID) // shows where copies lie
	if err != nil {
		t.Fatal(err)
	}
	copies, err := filepath.Glob(filepath.Join(filepath.Dir(filepath.Dir(path)), "*", "letter.txt"))
	if err != nil || len(copies) != 1 {
		t.Errorf("there lie %q (%v)", copies, err)
	}
}

func TestAProgramIsNotCopiedOutside(t *testing.T) {
	sweptAfter(t)
	p := newPractice(t)
	e, a := kept(t, p, "photo.jpg", "MZ\x90\x00\x03 this program cannot be run in DOS mode")
	before := handed(t, p, e)
	if path, err := p.CopyOutside(ctx, a.ID); !errors.Is(err, outside.ErrProgram) {
		t.Errorf("a program is copied to %q (%v)", path, err)
	}
	if after := handed(t, p, e); after.Seq != before.Seq {
		t.Errorf("what was refused is audited: %+v", after)
	}
}

func TestADamagedFileIsNotHandedOut(t *testing.T) {
	sweptAfter(t)
	p := newPractice(t)
	e, a := kept(t, p, "letter.txt", strings.Repeat("Dear Ms. Quill. ", 20_000))
	blobs, err := filepath.Glob(filepath.Join(p.Dir(), "attachments", "*", "*.age"))
	if err != nil || len(blobs) != 1 {
		t.Fatalf("%v (%v)", blobs, err)
	}
	sealed, err := os.ReadFile(blobs[0])
	if err != nil {
		t.Fatal(err)
	}
	sealed[len(sealed)-100_000] ^= 1
	if err := os.WriteFile(blobs[0], sealed, 0o600); err != nil {
		t.Fatal(err)
	}
	before := handed(t, p, e)
	if path, err := p.CopyOutside(ctx, a.ID); !errors.Is(err, app.ErrDamaged) {
		t.Errorf("a damaged file is copied to %q (%v)", path, err)
	}
	out := filepath.Join(t.TempDir(), "letter.txt")
	if err := p.SaveAttachment(ctx, a.ID, out); !errors.Is(err, app.ErrDamaged) {
		t.Errorf("a damaged file is saved (%v)", err)
	}
	if _, err := os.Lstat(out); !errors.Is(err, os.ErrNotExist) {
		t.Error("a half of a damaged file is left")
	}
	if after := handed(t, p, e); after.Seq != before.Seq {
		t.Errorf("what was not handed out is audited: %+v", after)
	}
}

func TestASavedCopyIsAudited(t *testing.T) {
	p := newPractice(t)
	e, a := kept(t, p, "letter.txt", "Dear Ms. Quill")
	if err := p.SaveAttachment(ctx, a.ID, filepath.Join(t.TempDir(), "letter.txt")); err != nil {
		t.Fatal(err)
	}
	if event := handed(t, p, e); event.Action != "attachment.save" || event.Entry != e.ID {
		t.Errorf("the audit trail says %+v", event)
	}
}
