package backup

import (
	"encoding/hex"
	"encoding/json"
	"testing"
	"time"

	"casekeep/vault/sealed"
)

// FuzzManifest reads manifests of any content under the right MAC: what is taken
// leads every page somewhere, and can be unfolded and folded up again.
func FuzzManifest(f *testing.F) {
	k, err := sealed.NewKey()
	if err != nil {
		f.Fatal(err)
	}
	m := manifest{Format: manifestFormat, Name: generationName(time.Unix(1, 0)), Key: k.Name(), Size: 3 * pageSize, Packs: []packRef{{"p", 1}}}
	m.VaultHex = m.Vault.String()
	for _, pages := range [][]run{{{0, 0, 3}}, {{0, 7, 1}, {0, 0, 2}}, {{0, 0, 1 << 62}, {0, 0, 1 << 62}, {0, 0, 1 << 62}, {0, 0, 1 << 62}, {0, 0, 3}}, {{0, 1 << 62, 3}}, {{1, 0, 3}}, {{0, 0, -1}}} {
		m.Pages = pages
		text, err := json.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		sealed := append(text[:len(text):len(text)], hex.EncodeToString(macOf(k, manifestInfo, text))...)
		m, err := parseManifest(sealed, k)
		if err != nil {
			return
		}
		if m.Size > 1<<30 {
			return
		}
		all := places(m.Pages)
		if int64(len(all)) != pagesOf(m.Size) {
			t.Fatalf("%d pages of %d bytes", len(all), m.Size)
		}
		for _, p := range all {
			if int(p.pack) >= len(m.Packs) || p.pack < 0 || p.at < 0 {
				t.Fatalf("a page at %+v", p)
			}
		}
		if again := places(runsOf(all)); len(again) != len(all) {
			t.Fatalf("%d pages became %d", len(all), len(again))
		}
	})
}
