package backup

import (
	"context"
	"crypto/hmac"
	"encoding/hex"
	"maps"
	"time"

	"casekeep/vault/sealed"
)

// Retired is an identity that the vault had before it was re-keyed: what was
// backed up then opens with it.
type Retired struct {
	*sealed.Key
	At time.Time // when it made way for another; zero: unknown
}

// clockLeeway is by how much the clocks of two computers that use one vault may
// differ.
const clockLeeway = 10 * time.Minute

// OldKeyError says of a generation that it states a time after its key had
// retired. Only who had that key can have written it: somebody who was revoked, or
// a copy of the vault from before. It is never the newest, nothing builds on it,
// and nothing is removed for it.
type OldKeyError struct {
	File    string // relative to the folder, with slashes
	Retired time.Time
}

func (e *OldKeyError) Error() string {
	return e.File + ": " + e.short()
}

// short says it without the file's name.
func (e *OldKeyError) short() string {
	return "it says that it was made after its key was revoked on " + e.Retired.UTC().Format("January 2, 2006") +
		", so it was made by somebody who had the old key, or in an old copy of the vault: it is never restored, and can be removed with the older backups"
}

const retiredInfo = "casekeep backup retired key 1"

// retirement is what a manifest says of an identity before its own, so that a
// folder alone tells too what was written with one after its time.
type retirement struct {
	Key   string    `json:"key"`
	At    time.Time `json:"at"`
	Proof string    `json:"proof"` // hexadecimal, that whoever wrote the manifest has both
}

// proofOf gives the MAC, by the identity that retired, over the one that says so
// and when that was. Who has the old identity alone can so say nothing of a later
// one.
func proofOf(old *sealed.Key, by string, at time.Time) []byte {
	return macOf(old, retiredInfo, []byte(by+" "+at.UTC().Format(time.RFC3339Nano)))
}

// retirements gives what a new manifest says.
func (o Options) retirements(by string) (all []retirement) {
	for _, r := range o.Retired {
		if r.At.IsZero() || r.Name() == by {
			continue
		}
		at := r.At.UTC()
		all = append(all, retirement{r.Name(), at, hex.EncodeToString(proofOf(r.Key, by, at))})
	}
	return all
}

// identities gives the keys alone.
func (o Options) identities() []*sealed.Key {
	all := make([]*sealed.Key, len(o.Retired))
	for i, r := range o.Retired {
		all[i] = r.Key
	}
	return all
}

// toldRetired gives when identities retired, by their names, as the caller knows it.
func (s *Set) toldRetired() map[string]time.Time {
	told := map[string]time.Time{}
	for _, r := range s.store.opt.Retired {
		if !r.At.IsZero() && r.Name() != s.keys[0].Name() {
			told[r.Name()] = r.At
		}
	}
	return told
}

// retiredAt adds what the manifests say, under an identity that did not retire
// itself. Of two moments the earlier one counts.
func (s *Set) retiredAt(manifests []*manifest) map[string]time.Time {
	all := s.toldRetired()
	told := maps.Clone(all)
	stated := map[string]map[string]time.Time{} // of which, by which
	for _, m := range manifests {
		for _, r := range m.Retired {
			if _, known := told[r.Key]; known || !s.proves(m, r) {
				continue
			}
			if stated[r.Key] == nil {
				stated[r.Key] = map[string]time.Time{}
			}
			if at, twice := stated[r.Key][m.Key]; !twice || r.At.Before(at) {
				stated[r.Key][m.Key] = r.At
			}
		}
	}
	for key, by := range stated {
		for name, at := range by {
			if _, itself := told[name]; itself || stated[name] != nil {
				continue
			}
			if before, twice := all[key]; !twice || at.Before(before) {
				all[key] = at
			}
		}
	}
	return all
}

// proves reports whether who wrote a manifest had the identity too of which it
// says that it retired.
func (s *Set) proves(m *manifest, r retirement) bool {
	proof, err := hex.DecodeString(r.Proof)
	if err != nil || r.Key == m.Key {
		return false
	}
	for _, k := range s.keys {
		if k.Name() == r.Key {
			return hmac.Equal(proof, proofOf(k, m.Key, r.At))
		}
	}
	return false
}

// lateManifest is one that was written with a key after that had retired.
type lateManifest struct {
	*manifest
	problem *OldKeyError
}

// cameLate says of a manifest that it came after its key; nil: it did not.
func cameLate(m *manifest, retired map[string]time.Time) *OldKeyError {
	at, old := retired[m.Key]
	if !old || !m.at.After(at.Add(clockLeeway)) {
		return nil
	}
	return &OldKeyError{generationPath(m.Name), at}
}

// setApart takes out of a view the generations that came after their key.
func (s *Set) setApart(v *view) {
	retired := s.retiredAt(v.manifests)
	var inTime []*manifest
	for _, m := range v.manifests {
		if late := cameLate(m, retired); late != nil {
			v.late = append(v.late, lateManifest{m, late})
		} else {
			inTime = append(inTime, m)
		}
	}
	v.manifests = inTime
}

// inTime refuses a generation that came after its key.
func (s *Set) inTime(ctx context.Context, m *manifest) error {
	retired := s.toldRetired()
	if retired[m.Key].IsZero() && len(s.keys) > 1 && (len(retired) == 0 || m.Key != s.keys[0].Name()) {
		v, err := s.survey(ctx)
		if err != nil {
			return err
		}
		retired = s.retiredAt(v.everything())
	}
	if late := cameLate(m, retired); late != nil {
		return late
	}
	return nil
}
