package main

import (
	"context"
	"fmt"
	"time"

	"casekeep/app"
)

// wait keeps a passphrase of the vault in a folder from being tried for a while
// after several wrong ones. Somebody at the terminal waits; where the passphrase
// is in a file nobody does, and the command ends.
func (m *Main) wait(ctx context.Context, dir string, c common) error {
	waiting := m.Config.Waiting(dir)
	switch {
	case waiting == nil:
		return nil
	case c.passphraseFile != "":
		return waiting
	}
	fmt.Fprintf(m.Stderr, "casekeep: note: %s\n", waiting)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(waiting.Left):
		return nil
	}
}

// noteWeak says that a new passphrase is easy to guess. It is the user's to decide.
func (m *Main) noteWeak(passphrase string, hints ...string) {
	if s := app.PassphraseStrength(passphrase, hints...); s.Score < 2 {
		fmt.Fprintf(m.Stderr, "casekeep: note: the passphrase is easy to guess (%s)\n", s.Words)
	}
}
