package vault_test

import (
	"archive/tar"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
	_ "github.com/mattn/go-sqlite3"

	"casekeep/vault"
	"casekeep/vault/record"
)

// exported writes an export and gives what lies in it.
func exported(t *testing.T, v *bench) (vault.Exported, map[string][]byte) {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	var sealed bytes.Buffer
	what, err := v.Export(ctx, &sealed, []age.Recipient{key.Recipient()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := age.Decrypt(&sealed, key)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for archive := tar.NewReader(plain); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return what, files
		}
		if err != nil {
			t.Fatal(err)
		}
		if files[header.Name], err = io.ReadAll(archive); err != nil {
			t.Fatal(err)
		}
	}
}

func filled(t *testing.T) *bench {
	b := newVault(t)
	ada := b.client("Ada Quill")
	b.log(ada, start, "The landlord wrote back")
	_, err := b.Log(ctx, record.Entry{Client: ada.ID, Channel: record.Mail, Direction: record.In, At: start, Body: "see page 2"},
		vault.Upload{Name: "letter.pdf", Type: "application/pdf", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("page 2")), nil }})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// An export opens with age, tar and SQLite, and its manifest says what is in it.
func TestExport(t *testing.T) {
	b := filled(t)
	what, files := exported(t, b)
	var manifest vault.Exported
	if err := json.Unmarshal(files["manifest.json"], &manifest); err != nil {
		t.Fatal(err)
	}
	if manifest.Format != vault.ExportFormat || manifest.Clients != 1 || manifest.Entries != 2 || len(manifest.Attachments) != 1 || len(what.Damaged) > 0 {
		t.Errorf("manifest: %+v, damaged %v", manifest, what.Damaged)
	}
	one := manifest.Attachments[0]
	if string(files[one.File]) != "page 2" || one.Name != "letter.pdf" {
		t.Errorf("%s holds %q", one.File, files[one.File])
	}
	path := filepath.Join(t.TempDir(), "records.db")
	if err := os.WriteFile(path, files["records.db"], 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var name, sound string
	if err := db.QueryRow(`SELECT name FROM client WHERE id > 0`).Scan(&name); err != nil || name != "Ada Quill" {
		t.Errorf("the client is %q, %v", name, err)
	}
	if err := db.QueryRow(`PRAGMA integrity_check`).Scan(&sound); err != nil || sound != "ok" {
		t.Errorf("integrity: %q, %v", sound, err)
	}
}

// An export is for somebody else's eyes: no key of the vault is in it, neither one
// that was retired nor, after a revocation that failed, the present one. What
// is made of it backs itself up all the same.
func TestExportHoldsNoKeyOfTheVault(t *testing.T) {
	b := filled(t)
	for range 40 { // so that the keys do not all lie in one place
		canceled, cancel := context.WithCancel(ctx)
		_, err := b.Revoke(canceled, passphrase, vault.Revocation{}, func(_, _ int64) { cancel() })
		cancel()
		if err == nil || !b.Rekeying() {
			t.Fatalf("a re-key that was canceled: %v", err)
		}
		if err := b.FinishRekey(ctx, passphrase, nil); err != nil {
			t.Fatal(err)
		}
	}
	canceled, cancel := context.WithCancel(ctx)
	_, err := b.Revoke(canceled, passphrase, vault.Revocation{}, func(_, _ int64) { cancel() })
	if cancel(); err == nil {
		t.Fatal("it was not canceled")
	}
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	var sealed bytes.Buffer
	if _, err := b.Export(ctx, &sealed, []age.Recipient{key.Recipient()}, nil); err != nil {
		t.Fatal(err)
	}
	content := bytes.NewReader(sealed.Bytes())
	plain, err := age.Decrypt(bytes.NewReader(sealed.Bytes()), key)
	if err != nil {
		t.Fatal(err)
	}
	archive, err := io.ReadAll(plain)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(archive, []byte("AGE-SECRET-KEY-")); n > 0 {
		t.Errorf("%d secret keys of the vault are in the export", n)
	}
	v, _, err := vault.OpenExport(ctx, content, content.Size(), []age.Identity{key}, vault.Options{Now: b.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if check, err := v.Verify(ctx, nil); err != nil || len(check.Problems) > 0 {
		t.Errorf("the export: %+v, %v", check, err)
	}
	dir := filepath.Join(t.TempDir(), "planted")
	if damaged, err := vault.PlantExport(ctx, v, dir, passphrase, b.options(), nil); err != nil || len(damaged) > 0 {
		t.Fatal(damaged, err)
	}
	planted, err := vault.Open(ctx, dir, passphrase, b.options())
	if err != nil {
		t.Fatal(err)
	}
	defer planted.Close()
	if _, err := planted.Backup(ctx, t.TempDir(), nil); err != nil {
		t.Error(err)
	}
}

// A damaged attachment does not keep the rest from being exported, and is named.
func TestExportOfADamagedAttachment(t *testing.T) {
	b := filled(t)
	blobs, err := filepath.Glob(filepath.Join(b.dir, "attachments", "*", "*.age"))
	if err != nil || len(blobs) != 1 {
		t.Fatal(blobs, err)
	}
	content, err := os.ReadFile(blobs[0])
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)-1] ^= 1
	if err := os.WriteFile(blobs[0], content, 0o600); err != nil {
		t.Fatal(err)
	}
	what, files := exported(t, b)
	if len(what.Damaged) != 1 || !strings.Contains(what.Damaged[0], "letter.pdf") || !bytes.Contains(files["DAMAGED.txt"], []byte("letter.pdf")) {
		t.Errorf("damaged: %q, DAMAGED.txt %q", what.Damaged, files["DAMAGED.txt"])
	}
	if file := files[what.Attachments[0].File]; !slices.Equal(file, make([]byte, 6)) {
		t.Errorf("what cannot be read is %q", file)
	}
}

// An export is a vault again, that can be read and checked to the last byte.
func TestOpenExport(t *testing.T) {
	b := filled(t)
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	other, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	var sealed bytes.Buffer
	if _, err := b.Export(ctx, &sealed, []age.Recipient{key.Recipient()}, nil); err != nil {
		t.Fatal(err)
	}
	content := bytes.NewReader(sealed.Bytes())
	v, what, err := vault.OpenExport(ctx, content, content.Size(), []age.Identity{key}, vault.Options{Now: b.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	check, err := v.Verify(ctx, nil)
	if err != nil || len(check.Problems) > 0 || check.Entries != what.Entries || check.Attachments != 1 {
		t.Errorf("check: %+v, %v", check, err)
	}
	if _, _, err := vault.OpenExport(ctx, content, content.Size(), []age.Identity{other}, vault.Options{}); err == nil || !strings.Contains(err.Error(), "neither") {
		t.Errorf("with another key: %v", err)
	}
	for cut := int64(0); cut < content.Size(); cut += content.Size()/50 + 1 {
		if v, _, err := vault.OpenExport(ctx, content, cut, []age.Identity{key}, vault.Options{}); err == nil {
			t.Errorf("an export of which %d bytes are there opens", cut)
			v.Close()
		}
	}
}
