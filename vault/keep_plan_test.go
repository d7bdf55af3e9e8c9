package vault

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"casekeep/vault/record"
)

// Until when records are kept is found without reading all entries: in a large
// vault that takes seconds.
func TestKeepingReadsNotEveryEntry(t *testing.T) {
	ctx := context.Background()
	v, err := Create(ctx, filepath.Join(t.TempDir(), "v"), "ladder ochre", record.Practice{Name: "P"}, Options{WorkFactor: 10})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for _, view := range []string{"keep_life", "keep_person", "keep_place", "keep_event", "keep_step", "keep_reason", "keep_blocker"} {
		for _, which := range []string{"client >= -1", "client = 7"} {
			err := v.db.Read(ctx, func(tx *sql.Tx) error {
				return each(ctx, tx, `EXPLAIN QUERY PLAN SELECT * FROM `+view+` WHERE `+which, func(rows *sql.Rows) error {
					var id, parent, unused int
					var step string
					err := rows.Scan(&id, &parent, &unused, &step)
					for _, table := range []string{"e", "x", "n", "a"} { // as the views name entry
						all := strings.HasPrefix(step, "SCAN "+table+" ") || step == "SCAN "+table
						if all || strings.HasPrefix(step, "SEARCH "+table+" USING") && strings.Contains(step, "INDEX entry_client (client>?)") {
							t.Errorf("%s where %s: %s", view, which, step)
						}
					}
					return err
				})
			})
			if err != nil {
				t.Error(err)
			}
		}
	}
}
