package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A passphrase is what a person can type again: what an editor adds to its
// file is no part of it, and what nobody could type is refused.
func TestPassphraseFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "passphrase")
	for content, want := range map[string]string{
		"ladder ochre\n":                 "ladder ochre",
		"ladder ochre":                   "ladder ochre",
		"ladder ochre\r\nmore\r\n":       "ladder ochre",
		"\xef\xbb\xbfladder ochre\n":     "ladder ochre",
		" two  spaces \n":                " two  spaces ",
		"":                               "",
		"\nsecond line":                  "",
		"caf\xe9\n":                      "",
		"l\x00a\x00\n":                   "",
		strings.Repeat("x", maxSecret+1): "",
	} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := firstLine(path, "passphrase")
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%.20q gives %q, %v", content, got, err)
		}
	}
}
