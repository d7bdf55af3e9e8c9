package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

// passphrase gives the passphrase of a vault that exists.
func (m *Main) passphrase(ctx context.Context, c common) (string, error) {
	return m.passphraseAs(ctx, c, "Passphrase: ")
}

// passphraseAs is passphrase with a prompt of its own.
func (m *Main) passphraseAs(ctx context.Context, c common, prompt string) (string, error) {
	if c.passphraseFile != "" {
		return firstLine(c.passphraseFile, "passphrase")
	}
	return m.Ask(ctx, prompt)
}

// newPassphrase gives the passphrase of a vault to be made. A typing error
// would lock its owner out, so it is asked twice.
func (m *Main) newPassphrase(ctx context.Context, c common) (string, error) {
	if c.passphraseFile != "" {
		return firstLine(c.passphraseFile, "passphrase")
	}
	return m.askTwice(ctx, "New passphrase: ")
}

// askTwice asks for a secret that is new.
func (m *Main) askTwice(ctx context.Context, prompt string) (string, error) {
	first, err := m.Ask(ctx, prompt)
	if err != nil {
		return "", err
	}
	again, err := m.Ask(ctx, "The same once more: ")
	if err != nil {
		return "", err
	}
	if first != again {
		return "", errors.New("the two passphrases differ: nothing was made, try again")
	}
	return first, nil
}

// maxSecret bounds the first line of a file with a secret, in bytes.
const maxSecret = 4096

// byteOrderMark is what some editors put before a text. It is no part of a
// secret: nobody could type it.
const byteOrderMark = "\ufeff"

// firstLine reads a secret from a file.
func firstLine(path, what string) (string, error) {
	hideProcess()
	f, err := os.Open(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return "", fmt.Errorf("there is no file %s to read the %s from", path, what)
	case err != nil:
		return "", fmt.Errorf("the %s cannot be read from %s: %w", what, path, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxSecret+1))
	if err != nil {
		return "", fmt.Errorf("the %s cannot be read from %s: %w", what, path, err)
	}
	line, _, ended := strings.Cut(string(text), "\n")
	line = strings.TrimSuffix(strings.TrimPrefix(line, byteOrderMark), "\r")
	switch {
	case line == "":
		return "", fmt.Errorf("the first line of %s is empty: write the %s there", path, what)
	case !ended && len(text) > maxSecret:
		return "", fmt.Errorf("the first line of %s is too long for a %s: %d bytes at most", path, what, maxSecret)
	case !utf8.ValidString(line) || strings.ContainsRune(line, 0):
		return "", fmt.Errorf("%s is not plain text: save it as UTF-8, with the %s on its first line", path, what)
	}
	return line, nil
}

// askTerminal asks on the terminal itself, so that standard input stays free.
// What is typed is not shown.
func askTerminal(ctx context.Context, prompt string) (string, error) {
	hideProcess()
	tty, screen, err := openTerminal()
	if err != nil {
		return "", errors.New("there is no terminal to ask for the passphrase on: give --passphrase-file FILE")
	}
	defer tty.Close()
	fd := int(tty.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", fmt.Errorf("the terminal cannot be read unseen: %w", err)
	}
	fmt.Fprint(screen, prompt)
	type typed struct {
		line []byte
		err  error
	}
	done := make(chan typed, 1)
	go func() {
		line, err := term.ReadPassword(fd)
		done <- typed{line, err}
	}()
	select {
	case <-ctx.Done():
		// The reader is left behind: only the end of the program frees it.
		fmt.Fprintln(screen)
		return "", errors.Join(ctx.Err(), term.Restore(fd, before))
	case t := <-done:
		fmt.Fprintln(screen)
		if t.err != nil {
			return "", fmt.Errorf("the passphrase was not read: %w", t.err)
		}
		return string(t.line), nil
	}
}

// openTerminal gives the terminal's keyboard and its screen. Windows has one
// name for each.
func openTerminal() (keyboard, screen *os.File, err error) {
	if runtime.GOOS == "windows" {
		keyboard, err = os.OpenFile("CONIN$", os.O_RDWR, 0)
		return keyboard, os.Stderr, err
	}
	keyboard, err = os.OpenFile("/dev/tty", os.O_RDWR, 0)
	return keyboard, keyboard, err
}
