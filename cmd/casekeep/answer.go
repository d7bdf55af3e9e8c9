package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"casekeep/app"
)

// answer is what a command found out or did.
type answer struct {
	data any               // for --json
	text func(w io.Writer) // for people
}

// within unlocks a vault, does the work and locks it again. The answer is
// shown once the vault is sealed, so that a reader that goes away cannot cut
// the sealing off.
func (m *Main) within(ctx context.Context, dir string, c common, work func(*app.Practice) (answer, error)) error {
	return m.withinBy(ctx, dir, c, func(p *app.Practice, _ string) (answer, error) { return work(p) })
}

// withinBy is within for work that needs the passphrase once more.
func (m *Main) withinBy(ctx context.Context, dir string, c common, work func(p *app.Practice, passphrase string) (answer, error)) error {
	if err := checkFolder(dir); err != nil {
		return err
	}
	if err := m.wait(ctx, dir, c); err != nil {
		return err
	}
	passphrase, err := m.passphrase(ctx, c)
	if err != nil {
		return err
	}
	p, err := app.Unlock(ctx, dir, passphrase, m.Config)
	if err != nil {
		return err
	}
	return m.finish(ctx, p, c, func(p *app.Practice) (answer, error) { return work(p, passphrase) })
}

// checkFolder refuses what cannot be a vault, before it asks for a passphrase.
func checkFolder(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("there is no folder %s: give the folder of a vault, or make one with casekeep create", dir)
	case err != nil:
		return fmt.Errorf("the folder %s cannot be read: %w", dir, err)
	case !info.IsDir():
		return fmt.Errorf("%s is a file: give the folder of a vault", dir)
	case !app.IsVault(dir):
		return app.ErrNotVault
	}
	return nil
}

// finish does the work in an unlocked vault, locks it, and shows the answer. It
// begins once an import that was cut off is taken back. One that cannot be keeps
// nobody from a backup: what reads for others asks for itself.
func (m *Main) finish(ctx context.Context, p *app.Practice, c common, work func(*app.Practice) (answer, error)) error {
	var a answer
	if err := p.TakenBack(ctx); err != nil {
		fmt.Fprintf(m.Stderr, "casekeep: note: an import that was cut off is not taken back: %s\n", clause(err))
	}
	err := ctx.Err()
	if err == nil {
		a, err = work(p)
	}
	locking := p.Lock()
	if err != nil {
		return errors.Join(err, locking)
	}
	for _, warning := range p.Warnings() {
		fmt.Fprintf(m.Stderr, "casekeep: note: %s\n", steerless(warning))
	}
	if locking != nil {
		locking = fmt.Errorf("it is done and saved, but the vault was not sealed anew: %w", locking)
	}
	return errors.Join(m.show(c, a), locking)
}

func (m *Main) show(c common, a answer) error {
	w := bufio.NewWriter(&steerlessWriter{to: m.Stdout, json: c.json})
	if c.json {
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(a.data); err != nil {
			return err
		}
	} else {
		a.text(w)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("it is done, but the answer could not be written: %w", err)
	}
	return nil
}
