package sealed_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"casekeep/vault/sealed"
)

// A vault is made, given a table, written to, and opened again.
func Example() {
	parent, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(parent)
	dir := filepath.Join(parent, "notes.vault")
	ctx := context.Background()

	// The work factor is for a quick example: leave it out for a real vault.
	db, err := sealed.Create(dir, "four words nobody guesses", sealed.Options{WorkFactor: 10})
	if err != nil {
		log.Fatal(err)
	}
	err = db.Maintain(ctx, func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, "CREATE TABLE note(id INTEGER PRIMARY KEY, text TEXT, picture TEXT)")
		return err
	})
	if err != nil {
		log.Fatal(err)
	}

	// An attachment first, then the row that names it: a crash between the two
	// leaves an attachment too many, never a row whose attachment is missing.
	picture, err := db.PutBlob(ctx, strings.NewReader("pixels"))
	if err != nil {
		log.Fatal(err)
	}
	err = db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec("INSERT INTO note(text, picture) VALUES('a heron at the weir', ?)", picture.Name)
		return err
	})
	if err != nil {
		log.Fatal(err)
	}
	if err := db.Close(); err != nil {
		log.Fatal(err)
	}

	db, err = sealed.Open(dir, "four words nobody guesses", sealed.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	var text, name string
	err = db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRow("SELECT text, picture FROM note").Scan(&text, &name)
	})
	if err != nil {
		log.Fatal(err)
	}
	r, err := db.OpenBlob(name)
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s, with %d bytes of %s\n", text, r.Size(), content)
	// Output: a heron at the weir, with 6 bytes of pixels
}
