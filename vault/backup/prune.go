package backup

import (
	"context"
	"errors"
	"slices"
	"time"

	"casekeep/vault/sealed"
)

// Prune removes the generations that the rule does not keep, and then what
// nobody refers to any more. It gives their names, oldest first. The newest
// generation that is whole stays under every rule.
//
// The rule is for the generations that own says yes of (nil: all). The others stay,
// and take no place, such as those of another copy of the vault.
//
// A generation of which the manifest cannot be read takes no other's place, and
// goes when the rule would not keep it among all; but where the folder has the
// wraps of a key that the set does not have, it may be sealed to that, and stays.
func (s *Set) Prune(ctx context.Context, rule Rule, zone *time.Location, own func(Generation) bool) (removed []string, err error) {
	end, err := s.store.lock()
	if err != nil {
		return nil, doing("removing old backups", err)
	}
	defer end()
	v, err := s.survey(ctx)
	if err != nil {
		return nil, doing("removing old backups", err)
	}
	expired, err := s.expired(v, rule, zone, own)
	if err == nil {
		removed, err = s.removeGenerations(v, expired)
	}
	return removed, doing("removing old backups", err)
}

// expired gives the generations that go, oldest first.
func (s *Set) expired(v *view, rule Rule, zone *time.Location, own func(Generation) bool) (names []string, err error) {
	var judged []*manifest
	var read []time.Time
	newestWhole := ""
	for _, m := range v.manifests {
		if own != nil && !own(m.generation()) {
			continue
		}
		judged = append(judged, m)
		read = append(read, m.at)
		whole, err := s.store.isWhole(m)
		if err != nil {
			return nil, err
		}
		if whole {
			newestWhole = m.Name
		}
	}
	for i, keep := range Keep(rule, read, zone) {
		if m := judged[i]; !keep && m.Name != newestWhole {
			names = append(names, m.Name)
		}
	}
	stranger, err := s.knowsNotAll()
	if err != nil {
		return nil, err
	}
	all := v.times()
	for i, keep := range Keep(rule, all, zone) {
		name := generationName(all[i])
		if problem := v.unread[name]; !keep && problem != nil && !(stranger && errors.Is(problem, errForeign)) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}

// knowsNotAll reports whether the folder has the wraps of an identity that the set
// was not opened with: that of a re-key since, or of one that is forgotten.
func (s *Set) knowsNotAll() (bool, error) {
	names, err := s.store.keyNames()
	return slices.ContainsFunc(names, func(name string) bool {
		return !slices.ContainsFunc(s.keys, func(k *sealed.Key) bool { return k.Name() == name })
	}), err
}

// removeGenerations removes manifests, and once that is durable what they alone
// referred to.
func (s *Set) removeGenerations(v *view, names []string) (removed []string, err error) {
	if len(names) > 0 {
		removed, err = s.removeManifests(v, names)
	}
	if err != nil {
		return removed, err
	}
	s.store.sweep(v)
	d, err := s.store.readDropped(s.keys)
	if err != nil {
		return removed, nil // of another identity, or damaged: noticed anew
	}
	return removed, s.store.dropExpired(d, v.times())
}

func (s *Set) removeManifests(v *view, names []string) (removed []string, err error) {
	for _, name := range names {
		if err := s.store.remove(generationPath(name)); err != nil {
			return removed, err
		}
		removed = append(removed, name)
		delete(v.unread, name)
		v.manifests = slices.DeleteFunc(v.manifests, func(m *manifest) bool { return m.Name == name })
		v.late = slices.DeleteFunc(v.late, func(l lateManifest) bool { return l.Name == name })
	}
	return removed, s.store.files.SyncDir(s.store.path(generations))
}

// DropAttachments removes attachments from the backups for good, such as those of
// a record that was destroyed, whichever generations refer to them.
func (s *Set) DropAttachments(ctx context.Context, names []string) error {
	end, err := s.store.lock()
	if err != nil {
		return doing("removing attachments from the backups", err)
	}
	defer end()
	if err := ctx.Err(); err != nil {
		return err
	}
	return doing("removing attachments from the backups", s.store.dropAttachments(names))
}
