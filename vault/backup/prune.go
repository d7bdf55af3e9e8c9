package backup

import (
	"context"
	"slices"
	"time"
)

// Prune removes the generations that the rule does not keep, and then what
// nobody refers to any more. It gives their names, oldest first. The newest
// generation that is whole stays under every rule.
//
// A generation of which the manifest cannot be read takes no other's place, and
// goes when the rule would not keep it among all.
func (s *Set) Prune(ctx context.Context, rule Rule, zone *time.Location) (removed []string, err error) {
	end, err := s.store.lock()
	if err != nil {
		return nil, doing("removing old backups", err)
	}
	defer end()
	v, err := s.survey(ctx)
	if err != nil {
		return nil, doing("removing old backups", err)
	}
	expired, err := s.expired(v, rule, zone)
	if err == nil {
		removed, err = s.removeGenerations(v, expired)
	}
	return removed, doing("removing old backups", err)
}

// expired gives the generations that go, oldest first.
func (s *Set) expired(v *view, rule Rule, zone *time.Location) (names []string, err error) {
	var read []time.Time
	newestWhole := ""
	for _, m := range v.manifests {
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
		if m := v.manifests[i]; !keep && m.Name != newestWhole {
			names = append(names, m.Name)
		}
	}
	all := v.times()
	for i, keep := range Keep(rule, all, zone) {
		if name := generationName(all[i]); !keep && v.unread[name] != nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
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
