package folders

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestShortAndWhole(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	for _, c := range []struct{ whole, short string }{
		{home, "~"},
		{filepath.Join(home, "Documents", "My Practice.casekeep"), filepath.Join("~", "Documents", "My Practice.casekeep")},
		{home + "2", home + "2"},
		{filepath.Dir(home), filepath.Dir(home)},
	} {
		if got := Short(c.whole); got != c.short {
			t.Errorf("Short(%q) = %q, not %q", c.whole, got, c.short)
		}
		if got := Whole(" " + c.short + " "); got != c.whole {
			t.Errorf("Whole(%q) = %q, not %q", c.short, got, c.whole)
		}
	}
	if got := Whole(""); got != home {
		t.Errorf("Whole of nothing is %q, not the home folder", got)
	}
	if got := Whole("~other"); got == filepath.Join(home, "other") || !filepath.IsAbs(got) {
		t.Errorf("another user's home was read as %q", got)
	}
}

func TestExistingAndDocuments(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	if got := Documents(); got != home {
		t.Errorf("without Documents: %q", got)
	}
	documents := filepath.Join(home, "Documents")
	if err := os.Mkdir(documents, 0o700); err != nil {
		t.Fatal(err)
	}
	if got := Documents(); got != documents {
		t.Errorf("with Documents: %q", got)
	}
	if got := Existing(filepath.Join(documents, "a", "b")); got != documents {
		t.Errorf("the nearest folder is %q, not %q", got, documents)
	}
	file := filepath.Join(documents, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := Existing(file); got != documents {
		t.Errorf("of a file the nearest folder is %q, not %q", got, documents)
	}
}

func TestNamesOfFiles(t *testing.T) {
	long := strings.Repeat("é", 90)
	for name, want := range map[string]string{"": "Paper", "a/b:c": "a b c", "..": "Paper", long: long[:120]} {
		if got := FileName(name, "Paper"); got != want {
			t.Errorf("%q became %q", name, got)
		}
	}
}
