package sealed

import (
	"bytes"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"casekeep/vault/sealed/disk/crash"
)

// TestVerifyFindsDamage checks that the report names the damaged file, whole
// vaults pass, and nothing is changed.
func TestVerifyFindsDamage(t *testing.T) {
	im, blob := aVault(t, 400, 3)
	journal := onlyJournal(t, im)
	flip := func(name string, at int) crash.Image {
		content := bytes.Clone(im.Files[name])
		content[at] ^= 1
		return withFile(im, name, content)
	}
	for _, c := range []struct {
		what  string
		image crash.Image
		files []string
	}{
		{"whole", im, nil},
		{"base", flip(baseFile, len(im.Files[baseFile])/2), []string{baseFile}},
		{"base header", flip(baseFile, 40), []string{baseFile}},
		{"no base", withFile(im, baseFile, nil), []string{baseFile}},
		{"journal", flip(journal, 200), []string{journal}},
		{"no journal", withFile(im, journal, nil), []string{journal}},
		{"attachment", flip(blobPath(blob), len(im.Files[blobPath(blob)])-3), []string{blobPath(blob)}},
		{"key", flip(keyFile, 200), []string{keyFile}},
		{"two", withFile(flip(baseFile, 70000), journal, nil), []string{journal, baseFile}},
	} {
		dir := filepath.Join(t.TempDir(), "vault")
		if err := c.image.Write(dir); err != nil {
			t.Fatal(err)
		}
		report, err := Verify(ctx, dir, passphrase, quick())
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
		}
		var files []string
		for _, p := range report.Problems {
			files = append(files, p.File)
		}
		if fmt.Sprint(files) != fmt.Sprint(c.files) {
			t.Errorf("%s: found %v", c.what, report.Problems)
		}
		if c.files == nil && (report.JournalRecords != 3 || report.Blobs != 1 || report.Size == 0 || report.BlobBytes != int64(len(text(1)))) {
			t.Errorf("%s: %+v", c.what, report)
		}
		after, err := crash.ReadImage(dir)
		if err != nil {
			t.Fatal(err)
		}
		if withFile(after, lockFile, nil).Sum() != withFile(c.image, lockFile, nil).Sum() {
			t.Errorf("%s: verifying changed the vault", c.what)
		}
	}
}

// TestVerifyAsksSQLite breaks the database itself, well sealed.
func TestVerifyAsksSQLite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 50, quick())
	err := db.Maintain(ctx, func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, "CREATE INDEX by_text ON entries(text)")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	page := db.pages.size - pageSize
	if err := db.pages.write([]byte("not a page of any tree"), page); err != nil {
		t.Fatal(err)
	}
	if code := (*committer)(db).sync(); code != sqliteOK {
		t.Fatal(code)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	report, err := Verify(ctx, dir, passphrase, quick())
	if err != nil || len(report.Problems) == 0 || !strings.HasPrefix(report.Problems[0].Reason, "SQLite: ") {
		t.Errorf("found %v, %v", report.Problems, err)
	}
}
