package app

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"casekeep/vault/sealed"
)

// Windows that note something of their vaults at the same moment lose nothing of
// each other's.
func TestTwoProgramsRememberAtOnce(t *testing.T) {
	dir := t.TempDir()
	const programs, notes = 8, 10
	var all sync.WaitGroup
	for i := range programs {
		all.Go(func() {
			for n := range notes {
				var id sealed.VaultID
				id[0], id[1] = byte(i), byte(n)
				openSeen(dir).remember(sealed.Status{VaultID: id}, filepath.Join(dir, fmt.Sprint(i, "-", n)), "key")
				Config{StateDir: dir}.tries().change(fmt.Sprint(i), func(t *triedVault) { t.Wrong++ })
			}
		})
	}
	all.Wait()
	if got := len(openSeen(dir).load()); got != programs*notes {
		t.Errorf("%d vaults are remembered of %d", got, programs*notes)
	}
	for folder, v := range (Config{StateDir: dir}).tries().load() {
		if v.Wrong != notes {
			t.Errorf("of %d wrong passphrases %d are remembered for %s", notes, v.Wrong, folder)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, ".new-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("there is %s left (%v)", strings.Join(left, ", "), err)
	}
}
