package vault_test

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"casekeep/vault/record"
)

// While an import runs, or after it was cut off in a vault that nothing can be
// written in, its contacts are not counted yet: no trouble.
func TestContactsOfAnImportThatRunsAreNoTrouble(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	v.log(c, start, "logged")
	im, err := v.BeginImport(ctx, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := im.OpenSource(ctx, "sms.xml", "texts"); err != nil {
		t.Fatal(err)
	}
	const n = 1500 // more than one transaction carries
	for i := range n {
		if _, err := im.Add(ctx, message(i, fmt.Sprint("m", i))); err != nil {
			t.Fatal(err)
		}
	}
	v.whole()
	err = im.CloseSource(ctx, record.Source{Format: "texts", Parser: "test/1", Size: 5, SHA256: sha256.Sum256([]byte("file")), Declared: n})
	if err != nil {
		t.Fatal(err)
	}
	v.whole()
	if _, err := im.Finish(ctx, record.Batch{Found: n}); err != nil {
		t.Fatal(err)
	}
	v.whole()
}
