package backups

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/vault/record"
)

// open shows the page of a vault with one client, an entry and a letter.
func open(t *testing.T) (*desktest.Desk, *page) {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	d := desktest.New(t)
	ada := d.Client("Ada Quill")
	log(t, d, ada, "hello")
	p := New(d, func(app.Backups) {}, func(string) {}).(*page)
	d.Open(p, 1004, 700, desk.Place{Page: desk.Backups})
	return d, p
}

func log(t *testing.T, d *desktest.Desk, c record.Client, body string) {
	t.Helper()
	letter := app.Upload{Name: "letter.txt", Type: "text/plain", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("the letter")), nil
	}}
	_, err := d.Practice().Log(context.Background(), record.Entry{Client: c.ID, Channel: record.Text, Direction: record.In, At: desktest.Now, Body: body}, letter)
	if err != nil {
		t.Fatal(err)
	}
}

// drive makes a folder and lets it be chosen as one for backups.
func drive(t *testing.T, d *desktest.Desk) string {
	t.Helper()
	folder := t.TempDir()
	d.Tap("Add a folder")
	d.Type("/" + folder + "/")
	d.Tap("Back up here")
	return folder
}

func TestTheFirstFolder(t *testing.T) {
	d, _ := open(t)
	d.Sees("No backup folder yet", "every record in this vault is gone", "another drive")
	folder := drive(t, d)
	if len(d.Ran) != 1 || d.Ran[0] != "Backing up" || len(d.Toasts) != 1 || !strings.Contains(d.Toasts[0], "written and read back") {
		t.Errorf("ran %q, said %q", d.Ran, d.Toasts)
	}
	d.Sees("Last backup just now, no restore proven yet.", filepath.Base(folder), "1 backup · the last one just now", "1 client, 1 entry, 1 attachment",
		"No backup was proven to restore yet.", "All backups lie on the same disk as the vault")
	d.SeesNot("No backup folder yet")
	d.Tap("I know")
	d.SeesNot("All backups lie on the same disk")
	d.Tap("Run the drill")
	d.Sees("The backup restores", "Every one of its 1 entry and 1 attachment is as in the vault.")
	d.Keys(fyne.KeyEscape)
	d.Sees("last proven restore today.")
	d.Fine()
}

func TestDamageIsNamed(t *testing.T) {
	d, _ := open(t)
	folder := drive(t, d)
	d.Tap("Check every byte")
	d.Sees("Every backup is whole")
	d.Keys(fyne.KeyEscape)
	d.Sees("whole")
	attachments, err := filepath.Glob(filepath.Join(folder, "*", "attachments", "*", "*"))
	if err != nil || len(attachments) == 0 {
		t.Fatalf("no attachment in the backup: %v", err)
	}
	if err := os.WriteFile(attachments[0], []byte("gone"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.Tap("Check every byte")
	d.Sees("Some backups are damaged", "but without what lies in the damaged files", filepath.Base(attachments[0])[:8], "The newest one that restores is that of")
	d.Keys(fyne.KeyEscape)
	d.Sees("restores")
	d.Tap("Run the restore drill")
	d.Sees("The backup is not as the vault is")
	d.Keys(fyne.KeyEscape)
	d.Sees("The last backup into")
	d.Fine()
}

func TestAFolderIsPausedAndTakenOff(t *testing.T) {
	d, p := open(t)
	folder := drive(t, d)
	target := func() app.BackupTarget { return p.state.Targets[0] }
	menu := func(label string) {
		t.Helper()
		for _, i := range p.folderMenu(target()) {
			if i.Label == label {
				i.Action()
				return
			}
		}
		t.Fatalf("the menu has no %q", label)
	}
	menu("Pause")
	d.Sees("paused", "This vault is not backed up")
	menu("Take up again")
	d.SeesNot("paused")
	if err := os.Rename(folder, folder+".away"); err != nil {
		t.Fatal(err)
	}
	d.Changed(0)
	d.Sees("not there")
	d.Tap("Back up now")
	d.Sees("Nothing was backed up", "connect the drive")
	d.Keys(fyne.KeyEscape)
	menu("Take off the list")
	d.Keys(fyne.KeyReturn)
	d.Sees("No backup folder yet")
	d.Fine()
}

func TestThePlan(t *testing.T) {
	d, p := open(t)
	drive(t, d)
	d.Sees("Kept are the last 3 backups and the newest of each of 7 days, 5 weeks and 12 months.")
	p.plan.numbers[4].SetText("x")
	if !p.Key(desk.KeySave) || p.plan.numbers[4].Error() == "" {
		t.Error("a number that is none is taken")
	}
	p.plan.numbers[4].SetText("2")
	p.plan.every.Choose(1)
	p.plan.edited()
	d.Tap("Save the plan")
	d.Sees("5 weeks, 12 months and 2 years")
	plan, err := d.Practice().BackupPlan(context.Background())
	if err != nil || plan.Keep.Yearly != 2 || plan.Every != 30 || plan.Drill != 7 || len(plan.Targets) != 1 {
		t.Errorf("the plan is %+v, %v", plan, err)
	}
	p.plan.numbers[0].SetText("0")
	p.Key(desk.KeySave)
	if len(d.Failures) != 1 || !strings.Contains(d.Failures[0].Error(), "at least the last") {
		t.Errorf("it says %v", d.Failures)
	}
}

func TestLookAndRestore(t *testing.T) {
	d, p := open(t)
	left := ""
	p.leave = func(dir string) { left = dir }
	drive(t, d)
	d.Tap("Look into it")
	d.Sees("It holds 1 client, 1 entry, 1 attachment; the last entry is of", "Ada Quill", "Bring this record back")
	d.Tap("Restore it")
	d.Sees("Restore the backup of", "A second vault is made beside this one")
	into := d.Fields()[len(d.Fields())-1]
	dir := filepath.Join(t.TempDir(), "again"+app.Suffix)
	into.SetText(d.Practice().Dir())
	d.Keys(fyne.KeyReturn)
	d.Sees("There is a vault in")
	into.SetText(dir)
	d.Keys(fyne.KeyReturn)
	d.Sees("The vault is restored", "It holds 1 client, 1 entry, 1 attachment")
	if !app.IsVault(dir) {
		t.Error("there is no vault")
	}
	d.Keys(fyne.KeyReturn)
	if left != dir {
		t.Errorf("it leaves for %q, not for the restored vault", left)
	}
	d.Fine()
}

// A vault that was restored under another name has no backups of its own yet.
func TestATargetWithoutBackupsOfThisVault(t *testing.T) {
	d, p := open(t)
	if err := d.Practice().AddBackupTarget(t.Context(), t.TempDir()); err != nil {
		t.Fatal(err)
	}
	p.load()
	d.Sees("No backup of this vault in it yet.")
	d.SeesNot("This folder holds no backups")
	d.Fine()
}

func TestOneRecordComesBack(t *testing.T) {
	d, p := open(t)
	drive(t, d)
	d.Tap("Look into it")
	d.Tap("Bring this record back")
	d.Sees("Bring Ada Quill’s record back?")
	d.Keys(fyne.KeyReturn)
	d.Sees("0 entries and 0 attachments added, 1 entry was there already.")
	d.Keys(fyne.KeyEscape)
	p.Key(desk.KeyHide)
	d.Tap("Look into it")
	d.Sees("Names are hidden")
	d.SeesNot("Ada Quill")
	d.Fine()
}

func TestCanceledBackup(t *testing.T) {
	d, _ := open(t)
	d.Cancel = true
	drive(t, d)
	d.Sees("No backup was made yet")
	if len(d.Failures) != 1 {
		t.Errorf("it says %v", d.Failures)
	}
}
