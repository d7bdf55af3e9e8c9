package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// What is linked in has its license in the program, under the version that is.
func TestLicensesAreThoseOfWhatIsLinked(t *testing.T) {
	p := &project{root: houseRoot(t), env: append(os.Environ(), "CGO_ENABLED=1"), stdout: os.Stdout, stderr: os.Stderr}
	want, err := p.licenses(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(p.path("assets", "licenses.txt"))
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("assets/licenses.txt is not what is linked in (%v): run go run ./cmd/dev licenses", err)
	}
	for _, name := range []string{"Go, its standard library", "PDFium", "filippo.io/age v", "fyne.io/fyne/v2 v", "SIL OPEN FONT LICENSE", "go-sqlite3 v"} {
		if !strings.Contains(string(want), name) {
			t.Errorf("%s is not among them", name)
		}
	}
}
