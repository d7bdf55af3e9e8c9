package backup

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"
	"time"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk"
	"casekeep/vault/sealed/parallel"
)

// Set is the backups in a folder, opened. It holds no files open, and its
// methods may be called from any goroutine.
type Set struct {
	store *store
	keys  []*sealed.Key // of one identity each
}

// knowing adds the identities that keys know, each once.
func (s *Set) knowing(keys ...*sealed.Key) {
	for _, k := range keys {
		for _, one := range k.Each() {
			if !slices.ContainsFunc(s.keys, func(other *sealed.Key) bool { return other.Name() == one.Name() }) {
				s.keys = append(s.keys, one)
			}
		}
	}
}

// beside gives k with what the set's other keys open.
func (s *Set) beside(k *sealed.Key) *sealed.Key { return k.Beside(s.keys...) }

// mostKeys bounds the identities that a secret is tried on: with a passphrase each
// takes a desktop 0.8 s. A folder has one for each re-key of which it holds backups.
const mostKeys = 20

// Open opens a backup folder with the passphrase or the identities of a holder:
// every identity in it that they open, of the 20 whose wraps were written last.
// Where they open none the error is that of [sealed.OpenKey] for the last, or
// [ErrDamaged] where there are more.
func Open(folder string, secret sealed.Secret, opt Options) (*Set, error) {
	s := newStore(folder, opt)
	names, err := s.keyNames()
	if err != nil {
		return nil, doing("reading the backups", err)
	}
	s.newestFirst(names)
	set := &Set{store: s}
	var failed error = ErrNotBackup
	for i, name := range names[:min(len(names), mostKeys)] {
		k, err := sealed.OpenKey(s.path(keysFolder+"/"+name), secret, sealed.Options{Files: s.files})
		if err == nil {
			set.knowing(k)
		} else if i == 0 || errors.Is(err, sealed.ErrPassphrase) {
			failed = err
		}
	}
	switch {
	case set.keys == nil && len(names) > mostKeys:
		return nil, &DamagedError{File: keysFolder, Reason: fmt.Sprintf("it holds %d keys, where the backups of a vault have a few", len(names))}
	case set.keys == nil:
		return nil, failed
	}
	set.knowing(s.opt.identities()...)
	return set, nil
}

// newestFirst puts the identities in front whose wraps were written last.
func (s *store) newestFirst(names []string) {
	written := map[string]int64{}
	for _, name := range names {
		if stamp, err := s.files.Stamp(s.path(keysFolder + "/" + name + "/" + keyFile)); err == nil {
			written[name] = stamp.Modified
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(written[b], written[a]) })
}

// OpenKeyed opens a backup folder with an identity that is open already, such as
// that of an unlocked vault, and those that [Options].Retired has.
func OpenKeyed(folder string, k *sealed.Key, opt Options) (*Set, error) {
	set := &Set{store: newStore(folder, opt)}
	names, err := set.store.keyNames()
	if err != nil {
		return nil, doing("reading the backups", err)
	}
	set.knowing(append([]*sealed.Key{k}, opt.identities()...)...)
	known := func(one *sealed.Key) bool { return slices.Contains(names, one.Name()) }
	if !slices.ContainsFunc(set.keys, known) {
		return nil, ErrOtherKey
	}
	return set, nil
}

// keyNames gives the identities of which the folder holds wraps.
func (s *store) keyNames() ([]string, error) {
	names, err := s.files.List(s.dir)
	if errors.Is(err, fs.ErrNotExist) || disk.IsNotFolder(err) || err == nil && !isFolder(names) {
		return nil, ErrNotBackup
	}
	if err != nil {
		return nil, err
	}
	names, err = s.list(keysFolder, "")
	return slices.DeleteFunc(names, func(name string) bool { return !keyPattern.MatchString(name) }), err
}

// Generations gives what backups there are, the newest first. One of which the
// manifest cannot be read, or that came after its key, is among them, with its
// Problem.
func (s *Set) Generations(ctx context.Context) ([]Generation, error) {
	v, err := s.survey(ctx)
	if err != nil {
		return nil, doing("reading the backups", err)
	}
	var all []Generation
	for _, m := range v.manifests {
		all = append(all, m.generation())
	}
	for _, l := range v.late {
		all = append(all, Generation{Name: l.Name, At: l.at, Key: l.Key, Problem: l.problem})
	}
	for name, problem := range v.unread {
		at, _ := generationTime(name)
		all = append(all, Generation{Name: name, At: at, Problem: problem})
	}
	slices.SortFunc(all, func(a, b Generation) int { return b.At.Compare(a.At) })
	return all, nil
}

// view is what the manifests in a folder say.
type view struct {
	manifests []*manifest // oldest first
	late      []lateManifest
	unread    map[string]error
}

// survey reads every manifest. Where the keys open some, the rest is damaged or
// sealed to another identity.
func (s *Set) survey(ctx context.Context) (*view, error) {
	names, err := s.store.list(generations, sealedTail)
	if err != nil {
		return nil, err
	}
	v := &view{unread: map[string]error{}}
	var mu sync.Mutex
	err = parallel.Each(ctx, int64(len(names)), 1, func(i, _ int64) error {
		if _, ours := generationTime(names[i]); !ours {
			return nil
		}
		m, err := s.store.readManifest(names[i], s.keys)
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			v.unread[names[i]] = err
			return nil
		}
		v.manifests = append(v.manifests, m)
		return nil
	})
	slices.SortFunc(v.manifests, func(a, b *manifest) int { return a.at.Compare(b.at) })
	s.setApart(v)
	return v, err
}

// newest gives the newest generation that could be read, or nil.
func (v *view) newest() *manifest {
	if len(v.manifests) == 0 {
		return nil
	}
	return v.manifests[len(v.manifests)-1]
}

// times gives when every generation is of, read or not, but for those that came
// after their key.
func (v *view) times() (all []time.Time) {
	for _, m := range v.manifests {
		all = append(all, m.at)
	}
	return append(all, v.unreadTimes()...)
}

// allTimes gives every moment that a generation is named by.
func (v *view) allTimes() []time.Time {
	all := v.times()
	for _, l := range v.late {
		all = append(all, l.at)
	}
	return all
}

// everything gives the manifests that could be read, whatever they say.
func (v *view) everything() []*manifest {
	all := slices.Clone(v.manifests)
	for _, l := range v.late {
		all = append(all, l.manifest)
	}
	return all
}

func (v *view) unreadTimes() (all []time.Time) {
	for name := range v.unread {
		if at, ok := generationTime(name); ok {
			all = append(all, at)
		}
	}
	return all
}

// find reads the manifest of one generation.
func (s *Set) find(ctx context.Context, name string) (*manifest, error) {
	if _, ours := generationTime(name); !ours {
		return nil, ErrNoGeneration
	}
	m, err := s.store.readManifest(name, s.keys)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoGeneration
	}
	if err == nil {
		err = s.inTime(ctx, m)
	}
	return m, doing("reading the backup", err)
}
