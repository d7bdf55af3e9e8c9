package app

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestComputerRemembersVaultsAndLook(t *testing.T) {
	c := Config{StateDir: filepath.Join(t.TempDir(), "deep", "state")}
	if k := c.Computer(); len(k.Vaults) > 0 || k.Look != "" {
		t.Fatalf("a new computer remembers %+v", k)
	}
	var dirs []string
	var k Computer
	for i := range vaultsKept + 2 {
		dir := filepath.Join(t.TempDir(), fmt.Sprintf("Practice %d%s", i, Suffix))
		makeFile(t, filepath.Join(dir, "key.age")) // what makes a folder look like a vault
		dirs = append(dirs, dir)
		k.Used(dir)
	}
	k.Used(dirs[3])
	k.Look = "dark"
	if err := c.Remember(k); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dirs[5]); err != nil {
		t.Fatal(err)
	}
	got := c.Computer()
	want := []string{dirs[3], dirs[7], dirs[6], dirs[4], dirs[2]}
	if got.Look != "dark" || !slices.Equal(got.Vaults, want) {
		t.Errorf("remembered %q and %q, want dark and %q", got.Look, got.Vaults, want)
	}
}

func makeFile(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
}
