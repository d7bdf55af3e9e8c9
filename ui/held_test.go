package ui

import (
	"os"
	"path/filepath"
	"testing"

	"filippo.io/age"

	"casekeep/app"
	"casekeep/vault/record"
)

// Under whose key one works is said over every page, and the practitioner is told
// of it at the next unlock, once.
func TestAHoldersKeyIsSaid(t *testing.T) {
	r := openRoom(t)
	k, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "key.txt")
	if err := os.WriteFile(file, []byte(k.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	hers := record.Holder{Who: "Maria Osei", Kind: record.HolderCustodian, Recipient: k.Recipient().String()}
	if _, err := r.shell.session.practice.AddHolder(t.Context(), passphrase, hers); err != nil {
		t.Fatal(err)
	}
	const banner, told = "Open with the key of Maria Osei, record custodian.", "Maria Osei, record custodian opened the vault on "
	for _, c := range []struct {
		secret       app.Secret
		banner, told bool
	}{
		{app.Secret{KeyFile: file}, true, false},
		{app.Secret{Passphrase: passphrase}, false, true},
		{app.Secret{Passphrase: passphrase}, false, false},
	} {
		r.shell.Lock()
		r.untilLocked()
		p, err := app.UnlockWith(t.Context(), r.dir, c.secret, r.config)
		if err != nil {
			t.Fatal(err)
		}
		r.shell.open(p)
		if r.says(banner) != c.banner || r.overlaid(told) != c.told {
			t.Errorf("with %+v: the banner is shown: %v, told: %v", c.secret, r.says(banner), r.overlaid(told))
		}
		r.shell.closeOverlays()
	}
}
