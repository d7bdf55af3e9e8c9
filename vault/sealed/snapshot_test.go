package sealed

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// whole reads an image.
func whole(t testing.TB, image Image) []byte {
	t.Helper()
	b := make([]byte, image.Size())
	if n, err := image.ReadAt(b, 0); n != len(b) || err != nil && err != io.EOF {
		t.Fatalf("%d of %d bytes: %v", n, len(b), err)
	}
	return b
}

// TestSnapshotStandsStill commits, removes and asks for a checkpoint while an
// image is read: it stays what the note saw, and all of that takes place.
func TestSnapshotStandsStill(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 40, quick())
	b, err := db.PutBlob(ctx, textReader(1))
	if err != nil {
		t.Fatal(err)
	}
	sealed := filepath.Join(dir, blobPath(b.Name))
	var copied *DB
	noted := 0
	checkpointed := make(chan error, 1)
	err = db.Snapshot(ctx, func(tx *sql.Tx) error {
		return tx.QueryRow("SELECT count(*) FROM entries").Scan(&noted)
	}, func(image Image) error {
		before := whole(t, image)
		go func() { checkpointed <- db.Checkpoint(ctx) }()
		for n := 41; n <= 80; n++ {
			if err := insert(db, n); err != nil {
				return err
			}
		}
		if err := db.RemoveBlob(b.Name); err != nil {
			return err
		}
		if _, err := os.Stat(sealed); err != nil {
			t.Errorf("the attachment was removed at once: %v", err)
		}
		if _, err := db.OpenBlob(b.Name); !errors.Is(err, ErrNoBlob) {
			t.Errorf("a removed attachment opens: %v", err)
		}
		if names, err := db.Blobs(); err != nil || len(names) > 0 {
			t.Errorf("a removed attachment is listed: %v %v", names, err)
		}
		if !bytes.Equal(whole(t, image), before) {
			t.Error("the image changed")
		}
		odd := make([]byte, 9001)
		if _, err := image.ReadAt(odd, 4099); err != nil || !bytes.Equal(odd, before[4099:4099+9001]) {
			t.Errorf("a part is not that of the whole: %v", err)
		}
		if len(checkpointed) > 0 {
			t.Error("a checkpoint did not wait")
		}
		copied, err = Detach(ctx, db.Key(), image, dir, quick())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	if noted != 40 {
		t.Errorf("the note saw %d entries", noted)
	}
	wantSound(t, copied, 40)
	wantSound(t, db, 80)
	if err := <-checkpointed; err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(sealed); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the attachment was not removed in the end: %v", err)
	}
}

// TestSnapshotEndsWithItsFunctions lets both of a snapshot's functions fail,
// after which all goes on as before.
func TestSnapshotEndsWithItsFunctions(t *testing.T) {
	db := openNew(t, filepath.Join(t.TempDir(), "vault"), 5, quick())
	no := errors.New("no")
	none := func(Image) error { return nil }
	if err := db.Snapshot(ctx, func(*sql.Tx) error { return no }, none); err != no {
		t.Errorf("a note that fails: %v", err)
	}
	if err := db.Snapshot(ctx, nil, func(Image) error { return no }); err != no {
		t.Errorf("a reader that fails: %v", err)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if err := db.Snapshot(gone, nil, none); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that has ended: %v", err)
	}
	if err := insert(db, 6); err != nil {
		t.Fatal(err)
	}
	if err := db.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	if err := db.Snapshot(ctx, nil, none); err != nil {
		t.Fatal(err)
	}
	wantSound(t, db, 6)
}

// TestDetached works with a database that lives in memory alone.
func TestDetached(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 10, quick())
	b, err := db.PutBlob(ctx, textReader(3))
	if err != nil {
		t.Fatal(err)
	}
	var copied *DB
	if err := db.Snapshot(ctx, nil, func(image Image) (err error) {
		copied, err = Detach(ctx, db.Key(), image, dir, quick())
		return err
	}); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := insert(copied, 11); err != nil {
		t.Fatal(err)
	}
	if err := copied.Maintain(ctx, func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, "VACUUM")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	wantSound(t, copied, 11)
	wantSound(t, db, 10)
	r, err := copied.OpenBlob(b.Name)
	if err != nil {
		t.Fatal(err)
	}
	if content, err := io.ReadAll(r); err != nil || string(content) != text(3) {
		t.Errorf("the attachment holds %.20q: %v", content, err)
	}
	r.Close()
	if _, err := copied.PutBlob(ctx, textReader(1)); err != ErrDetached {
		t.Errorf("putting: %v", err)
	}
	if err := copied.RemoveBlob(b.Name); err != ErrDetached {
		t.Errorf("removing: %v", err)
	}
	if err := copied.Checkpoint(ctx); err != nil {
		t.Errorf("a checkpoint: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	wantSound(t, copied, 11) // the other's end is not its own
	if err := copied.Close(); err != nil {
		t.Fatal(err)
	}
	if after, err := os.ReadDir(dir); err != nil || len(after) > len(before) {
		t.Errorf("it left files: %v %v", after, err)
	}
}

func TestDetachedFromNothing(t *testing.T) {
	k := openNew(t, filepath.Join(t.TempDir(), "vault"), 0, quick()).Key()
	db, err := Detach(ctx, k, nil, "", quick())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := migrate(db); err != nil {
		t.Fatal(err)
	}
	if err := insert(db, 1); err != nil {
		t.Fatal(err)
	}
	wantSound(t, db, 1)
	if names, err := db.Blobs(); err != nil || names != nil {
		t.Errorf("attachments: %v %v", names, err)
	}
	if _, err := db.OpenBlob("0123456789abcdef0123456789abcdef"); err != ErrNoBlob {
		t.Errorf("got %v", err)
	}
	if _, err := Detach(ctx, k, bytesImage("this is no database, whatever it says"), "", quick()); !errors.Is(err, ErrDamaged) {
		t.Errorf("an image of nothing: %v", err)
	}
}

// bytesImage is an image in a string.
type bytesImage string

func (b bytesImage) Size() int64 { return int64(len(b)) }
func (b bytesImage) ReadAt(p []byte, at int64) (int, error) {
	return bytes.NewReader([]byte(b)).ReadAt(p, at)
}
