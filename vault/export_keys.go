package vault

import (
	"bytes"
	"context"
	"database/sql"
	"strings"

	"casekeep/vault/sealed"
)

// keyWithheld stands in an export where the vault has one of its own keys, and
// fills the rest of its length with dots.
const keyWithheld = "left out of the export"

// secretKeys gives the keys that the database holds: those that a re-key retired,
// and while one is not finished the present one. They open backups and the vault
// itself, which whoever gets an export has no business with.
func secretKeys(ctx context.Context, tx *sql.Tx) (keys [][]byte, err error) {
	err = each(ctx, tx, `SELECT identity FROM retired_key`, func(rows *sql.Rows) error {
		var identity string
		err := rows.Scan(&identity)
		keys = append(keys, []byte(identity))
		return err
	})
	return keys, err
}

// database writes the image, without the keys in it. A row with a key is shorter
// than what SQLite spreads over pages, so none lies across two of them.
func (x *exporter) database(image sealed.Image) error {
	pages := make([]byte, 64<<10)
	defer clear(pages)
	for at := int64(0); at < image.Size(); at += int64(len(pages)) {
		part := pages[:min(int64(len(pages)), image.Size()-at)]
		if n, err := image.ReadAt(part, at); n < len(part) {
			return err
		}
		for _, key := range x.what.keys {
			mask := []byte(keyWithheld + strings.Repeat(".", len(key)))[:len(key)]
			for rest := part; ; {
				i := bytes.Index(rest, key)
				if i < 0 {
					break
				}
				rest = rest[i+copy(rest[i:], mask):]
			}
		}
		if _, err := x.Write(part); err != nil {
			return err
		}
	}
	return nil
}
