package vault

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// stray puts a copy of the base beside it, as a program that syncs files would.
func (h *house) stray() record.StrayCopy {
	h.t.Helper()
	base := must(h.t, of(os.ReadFile(filepath.Join(h.dir, "records.db.age"))))
	h.do(os.WriteFile(filepath.Join(h.dir, "records.db (1).age"), base, 0o600))
	all := must(h.t, of(h.StrayCopies(context.Background())))
	if len(all) != 1 || all[0].Bytes != int64(len(base)) {
		h.t.Fatalf("%+v", all)
	}
	return all[0]
}

// Copies go with a record only once it is destroyed for good, and the trail tells of
// each.
func TestRemoveStrayCopies(t *testing.T) {
	h := newHouse(t, "v")
	ctx := context.Background()
	c := h.doomed()
	one := h.stray()
	if err := h.RemoveStrayCopies(ctx, 1, []record.StrayCopy{one}); err == nil {
		t.Error("copies were removed for no destruction")
	}
	d := must(t, of(h.Destroy(ctx, c.ID, "rule", nil)))
	if left := must(t, of(h.StrayCopies(ctx))); !slices.Equal(left, []record.StrayCopy{one}) {
		t.Fatalf("destroying leaves %+v", left)
	}
	other := one
	other.Bytes++
	err := h.RemoveStrayCopies(ctx, d.ID, []record.StrayCopy{other, one})
	if !errors.Is(err, sealed.ErrStrayChanged) || !strings.Contains(err.Error(), one.Name) {
		t.Errorf("a copy that is another one by now: %v", err)
	}
	if left := must(t, of(h.StrayCopies(ctx))); len(left) > 0 {
		t.Errorf("left: %+v", left)
	}
	if n := must(t, of(h.CopiesRemoved(ctx, d))); n != 1 {
		t.Errorf("%d copies are said to be removed", n)
	}
	var said []string
	for _, e := range must(t, of(h.Audit(ctx, c.ID, 2))) {
		said = append(said, e.Action+" "+e.Detail)
	}
	if want := []string{"copy.removed certificate " + d.Certificate, "copies.removing certificate " + d.Certificate + ": 2 copies"}; !slices.Equal(said, want) {
		t.Errorf("the trail says %q", said)
	}
	h.whole()
}
