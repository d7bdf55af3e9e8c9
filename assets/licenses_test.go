package assets

import (
	"slices"
	"strings"
	"testing"
)

func TestEachLicense(t *testing.T) {
	about, all := EachLicense()
	if !strings.Contains(about, "public domain") || strings.Contains(about, "\n") || len(all) < 40 {
		t.Fatalf("%q, %d licenses", about, len(all))
	}
	for _, l := range all {
		if len(l.Text) < 100 && !strings.HasPrefix(l.Of[0], "github.com/tetratelabs/wazero") || slices.Contains(l.Of, "") || strings.Contains(l.Text, licenseRule) {
			t.Errorf("the license of %q is %d bytes long", l.Of, len(l.Text))
		}
	}
}
