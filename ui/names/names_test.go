package names_test

import (
	"strings"
	"testing"

	"casekeep/ui/lines"
	"casekeep/ui/names"
)

func TestNames(t *testing.T) {
	if names.In("Ada Quill") != "Ada Quill" || names.Of("Ada Quill") != "Ada Quill’s" {
		t.Error("a left-to-right name was changed")
	}
	for _, name := range []string{"נועה לוי Noa Levi", "محمد"} {
		shown := lines.Shown("Into " + names.Of(name) + " record, +1 601 555 0142")
		if !strings.HasPrefix(shown, "Into ") || !strings.Contains(shown, "’s record, +1 601 555 0142") {
			t.Errorf("%q is drawn as %q", name, shown)
		}
		alone := lines.Shown(names.In(name) + " +1 601 555 0142")
		if !strings.HasSuffix(alone, " +1 601 555 0142") {
			t.Errorf("a number after %q is drawn as %q", name, alone)
		}
	}
}
