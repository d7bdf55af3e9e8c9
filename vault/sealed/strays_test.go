package sealed

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestStrays finds what programs leave beside a vault's files, and none of those.
func TestStrays(t *testing.T) {
	dir := newVault(t, 3, quick())
	db := reopen(t, dir, quick())
	b, err := db.PutBlob(ctx, strings.NewReader("a letter"))
	if err != nil {
		t.Fatal(err)
	}
	folder := blobFolder + "/" + b.Name[:2] + "/"
	want := map[string]StrayKind{
		"records (conflicted copy).db.age":                     StrayRecords,
		"records.db (1).age":                                   StrayRecords,
		"records.db (Ann's conflicted copy 2026-11-21).age":    StrayRecords,
		"records.db-LAPTOP.age":                                StrayRecords,
		"records.db 2.age":                                     StrayRecords,
		"records.db.sync-conflict-20261121-101500-AB12CD3.age": StrayRecords,
		".syncthing.records.db.age.tmp":                        StrayRecords,
		".records.db.age.Xy12Zw":                               StrayRecords,
		"records-0123456789abcdef0123456789abcdef (1).journal": StrayRecords,
		"records-0123456789abcdef0123456789abcdef.journal":     StrayRecords,
		"key.age.sync-conflict-20261121-101500-AB12CD3":        StrayKey,
		"key (1).age":                StrayKey,
		folder + b.Name + " (1).age": StrayBlob,
		folder + b.Name + ".sync-conflict-20261121-101500-AB12CD3.age":  StrayBlob,
		setAside + "1/records.db.age":                                   StrayAside,
		setAside + "1/records-0123456789abcdef0123456789abcdef.journal": StrayAside,
		setAside + "2/records.db.age.age":                               StrayAside,
		"Turkey notes.age":                                              "",
		"letter.docx":                                                   "",
		"records.xlsx":                                                  "",
		"README (1).txt":                                                "",
		folder + "notes.txt":                                            "",
		blobFolder + "/notes.txt":                                       "",
		blobFolder + "/" + strings.Repeat("ab", 16) + unfinished:        "",
		holders + "/executor.age":                                       "",
		baseFile + unfinished:                                           "",
		"records-0123456789abcdef0123456789abcdef.journal" + unfinished: "",
	}
	at := time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC)
	for name := range want {
		path := filepath.Join(dir, filepath.FromSlash(name))
		err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(name), 0o600), os.Chtimes(path, at, at))
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(dir, baseFile), filepath.Join(dir, "records.db (2).age")); err != nil {
		t.Log(err)
	}
	got, err := db.Strays(ctx)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]StrayKind{}
	for _, s := range got {
		found[s.Name] = s.Kind
		if s.Size != int64(len(s.Name)) || !s.Modified.Equal(at) {
			t.Errorf("%+v", s)
		}
	}
	for name, kind := range want {
		if found[name] != kind {
			t.Errorf("%s: %q, not %q", name, found[name], kind)
		}
		delete(found, name)
	}
	if len(found) > 0 {
		t.Errorf("also %v", found)
	}

	gone, err := db.RemoveStrays(ctx, got)
	if err != nil || !slices.Equal(gone, got) {
		t.Errorf("%d of %d are gone, %v", len(gone), len(got), err)
	}
	if left, err := db.Strays(ctx); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	for name, kind := range want {
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name))); (err == nil) != (kind == "") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, setAside+"1")); err == nil {
		t.Error("an empty folder stays")
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	wantSound(t, reopen(t, dir, quick()), 3)
}

// TestRemoveOnlyWhatWasLookedAt leaves a file that is another one by now, and every
// file that is none of the strays.
func TestRemoveOnlyWhatWasLookedAt(t *testing.T) {
	dir := newVault(t, 3, quick())
	db := reopen(t, dir, quick())
	copied := filepath.Join(dir, "records.db (1).age")
	if err := os.WriteFile(copied, []byte("one"), 0o600); err != nil {
		t.Fatal(err)
	}
	seen, err := db.Strays(ctx)
	if err != nil || len(seen) != 1 {
		t.Fatalf("%v, %v", seen, err)
	}
	if err := os.WriteFile(copied, []byte("another"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, s := range []Stray{seen[0], {Name: baseFile, Kind: StrayRecords}, {Name: "../elsewhere", Kind: StrayRecords}} {
		if gone, err := db.RemoveStrays(ctx, []Stray{s}); !errors.Is(err, ErrStrayChanged) || len(gone) > 0 {
			t.Errorf("%s: %v, %v", s.Name, gone, err)
		}
	}
	wantSound(t, db, 3)
	if content, err := os.ReadFile(copied); err != nil || string(content) != "another" {
		t.Errorf("the copy: %q, %v", content, err)
	}
}

// TestOwnInCapitals: where case does not count, the vault's own files are no strays
// under a name that something wrote in capitals. A second name of a file stands for
// such a file system.
func TestOwnInCapitals(t *testing.T) {
	dir := newVault(t, 3, quick())
	db := reopen(t, dir, quick())
	b, err := db.PutBlob(ctx, strings.NewReader("a letter"))
	if err != nil {
		t.Fatal(err)
	}
	blob := blobFolder + "/" + b.Name[:2] + "/" + b.Name
	for own, named := range map[string]string{
		baseFile: "Records.db.age", keyFile: "KEY.AGE", db.journal.name: strings.ToUpper(db.journal.name), blob + blobTail: blob + ".AGE",
	} {
		if err := os.Link(filepath.Join(dir, filepath.FromSlash(own)), filepath.Join(dir, filepath.FromSlash(named))); err != nil {
			t.Skip("this file system has no second names:", err)
		}
	}
	other := "RECORDS.db.age" // a copy, where case counts
	if err := os.WriteFile(filepath.Join(dir, other), []byte("a copy"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := db.Strays(ctx); err != nil || len(got) != 1 || got[0].Name != other {
		t.Errorf("%v, %v", got, err)
	}
}
