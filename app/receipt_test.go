package app_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"casekeep/app"
)

// Both sides of a transfer print a receipt that names the same file by its
// digest, and the trail of each record says so.
func TestReceipts(t *testing.T) {
	from, to := newWorld(t), newWorld(t)
	ada := addClient(t, from.Practice, "Ada Quill")
	from.log(ada, "hello")
	dir := t.TempDir()
	sent, err := from.Transfer(ctx, app.TransferRequest{Client: ada.ID, To: "Dr. Osei", Purpose: "transfer of care", Out: filepath.Join(dir, "ada.age"), Sealed: app.Sealing{Passphrase: "for dr osei"}}, nil)
	from.must(err)
	got, err := to.Receive(ctx, sent.File, app.Secret{Passphrase: "for dr osei"}, nil)
	to.must(err)
	_, err = from.SentReceipt(ctx, sent, app.PaperFile{Path: filepath.Join(dir, "sent.pdf")})
	from.must(err)
	_, err = to.ReceivedReceipt(ctx, got[0], app.PaperFile{Path: filepath.Join(dir, "received.pdf")})
	to.must(err)
	for name, says := range map[string][]string{
		"sent.pdf":     {"Ada Quill", "1 entry and 1 attachment", "ada.age", "To Dr. Osei", "transfer of care", sent.SHA256.String()[:20]},
		"received.pdf": {"Ada Quill", "1 entry and 1 attachment", "From Quill Street Practice", sent.SHA256.String()[:20]},
	} {
		text, err := exec.Command("pdftotext", "-layout", filepath.Join(dir, name), "-").Output()
		if err != nil {
			t.Skip("pdftotext is not installed")
		}
		plain := strings.Join(strings.Fields(string(text)), " ")
		for _, want := range says {
			if !strings.Contains(plain, want) {
				t.Errorf("%s does not say %q:\n%s", name, want, text)
			}
		}
	}
	if audited(t, from.Practice, ada.ID, "paper.receipt") != 1 || audited(t, to.Practice, got[0].Client.ID, "paper.receipt") != 1 {
		t.Error("a trail does not tell of the receipt")
	}
}
