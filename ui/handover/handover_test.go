package handover

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// blank is a page with nothing on it.
type blank struct{ fyne.CanvasObject }

func (b blank) Content() fyne.CanvasObject { return b.CanvasObject }
func (blank) Show(desk.Place)              {}
func (blank) Refresh(record.ClientID)      {}
func (blank) Key(string) bool              { return false }

const secret = "walrus ladder ochre canyon"

func window(t *testing.T) *desktest.Desk {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	d := desktest.New(t)
	d.Open(blank{kit.Space()}, 1004, 704, desk.Place{})
	return d
}

// fill types texts into the fields in sight, in their order.
func fill(t *testing.T, d *desktest.Desk, texts ...string) {
	t.Helper()
	fields := d.Fields()
	if len(fields) < len(texts) {
		t.Fatalf("%d fields are in sight, not %d", len(fields), len(texts))
	}
	for i, text := range texts {
		fields[i].SetText(text)
	}
}

// A record that one vault sends another takes in.
func TestARecordGoesToAnotherCasekeep(t *testing.T) {
	from := window(t)
	ada := from.Client("Ada Quill")
	_, err := from.Practice().Log(context.Background(), record.Entry{Client: ada.ID, Channel: record.Text, Direction: record.In, At: desktest.Now, Body: "hello"})
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "ada")
	if _, err := from.Practice().PlaceHold(context.Background(), record.Hold{Client: ada.ID, Matter: "Quill v. Fenn"}); err != nil {
		t.Fatal(err)
	}
	Send(from, ada.ID, ada.Name)
	from.Sees("Send Ada Quill’s record", "Its disclosure is noted", "Legal hold: Quill v. Fenn. What goes out is a copy")
	from.Tap("Write the file")
	from.Sees("A disclosure names who receives it.")
	fill(t, from, "Ruth Okada", "the client moved", out, secret, "walrus")
	from.Tap("Write the file")
	from.Sees("This is not the same passphrase")
	fill(t, from, "Ruth Okada", "the client moved", out, secret, secret)
	from.Tap("Write the file")
	from.Sees("Ada Quill’s record is written", "1 entry and 0 attachments", "The disclosure to Ruth Okada")
	prints(t, from, "Print a receipt")
	from.Fine()

	to := window(t)
	open(to, out+ending)
	to.Type("walrus")
	to.Tap("Take it in")
	to.Sees("Open the package")
	fill(t, to, secret)
	to.Tap("Take it in")
	to.Sees("The package is taken in", "Ada Quill, record", "1 entry and 0 attachments added, from Quill Street Practice.")
	prints(t, to, "Print a receipt")
	to.Tap("Go to the record")
	open(to, out+ending)
	fill(t, to, secret)
	to.Tap("Take it in")
	to.Sees("This package was taken in before, on", "as record 2026-001")
	to.Keys(fyne.KeyEscape)
	if list, err := to.Practice().Clients(context.Background()); err != nil || len(list) != 1 || len(to.Places) != 1 || to.Places[0].Client != list[0].ID {
		t.Errorf("clients %+v, %v; went to %+v", list, err, to.Places)
	}
	to.Fine()
}

// prints taps a link that prints a paper, and prints it where it is offered.
func prints(t *testing.T, d *desktest.Desk, link string) {
	t.Helper()
	d.Tap(link)
	path := filepath.Join(t.TempDir(), "paper.pdf")
	d.Fields()[0].SetText(path)
	d.Keys(fyne.KeyReturn)
	d.SeesNot("The paper is written into it")
	if content, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(content), "%PDF-") {
		t.Errorf("no paper in %s: %v", path, err)
	}
}

func TestTheWholeVaultInOneFile(t *testing.T) {
	d := window(t)
	d.Client("Ada Quill")
	Export(d)
	out := filepath.Join(t.TempDir(), "all.tar.age")
	d.Fields()[0].SetText(out)
	d.Choose("With a passphrase", 1)
	d.Tap("Export")
	d.Sees("Paste a public key")
	d.Fields()[1].SetText("age1nonsense")
	d.Tap("Export")
	d.Sees("That public key has a mistake in it")
	d.Choose("With a passphrase", 0)
	fill(t, d, out, secret, secret)
	d.Tap("Export")
	d.Sees("The vault is exported", "1 client, 0 entries and 0 attachments", "SHA-256")
	r, err := app.RestoreExport(context.Background(), out, app.Secret{Passphrase: secret}, filepath.Join(t.TempDir(), "x.casekeep"), secret, app.Config{WorkFactor: 10, StateDir: t.TempDir()}, nil)
	if err != nil || r.Backup.Clients != 1 {
		t.Errorf("restored %+v, %v", r, err)
	}
	d.Fine()
}

func TestSecretAsksForOneOrTheOther(t *testing.T) {
	d := window(t)
	s := NewSecret("Passphrase", choosing(d))
	d.Window().SetContent(s.Content())
	if _, ok := s.Value(); ok || s.Passphrase.Error() == "" {
		t.Error("nothing is taken for a secret")
	}
	d.Tap("Use a key instead")
	if _, ok := s.Value(); ok || s.key.typed.Error() == "" {
		t.Error("no key is taken for a secret")
	}
	s.key.typed.SetText(" nevk vakt\n3vup ")
	if got, ok := s.Value(); !ok || got.Typed != "nevk vakt\n3vup" || got.Passphrase != "" {
		t.Errorf("the secret is %+v", got)
	}
	d.Tap("It is in a key file")
	if _, ok := s.Value(); ok {
		t.Error("no file is taken for a secret")
	}
	s.key.file.SetText("~/key.txt")
	if got, ok := s.Value(); !ok || !strings.HasSuffix(got.KeyFile, "key.txt") || got.Typed != "" {
		t.Errorf("the secret is %+v", got)
	}
	s.Clear()
	if s.keyed() || s.key.file.Visible() || s.key.file.Text() != "" || s.key.typed.Text() != "" {
		t.Error("the key file still stands there")
	}
}
