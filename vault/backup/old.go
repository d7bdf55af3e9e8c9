package backup

import (
	"context"
	"errors"
	"slices"
)

// Old gives the names of the generations that are sealed to another identity than
// the one that the set was opened with, the oldest first: those from before the
// vault was re-keyed, and those that were written with their key later.
func (s *Set) Old(ctx context.Context) ([]string, error) {
	v, err := s.survey(ctx)
	if err != nil {
		return nil, doing("reading the backups", err)
	}
	return s.oldIn(v), nil
}

func (s *Set) oldIn(v *view) (names []string) {
	for _, m := range v.everything() {
		if m.Key != s.keys[0].Name() {
			names = append(names, m.Name)
		}
	}
	return names
}

// RemoveOld removes those generations, provided that the newest one is not among
// them and is whole, and then the wraps of their keys, among which are those of
// who was revoked; the wraps go too where the plan took the generations before. It
// gives the names of the generations.
func (s *Set) RemoveOld(ctx context.Context) (removed []string, err error) {
	end, err := s.store.lock()
	if err != nil {
		return nil, doing("removing old backups", err)
	}
	defer end()
	v, err := s.survey(ctx)
	if err != nil {
		return nil, doing("removing old backups", err)
	}
	old, newest := s.oldIn(v), v.newest()
	if newest == nil {
		return nil, nil
	}
	whole, err := s.store.isWhole(newest)
	switch {
	case err != nil:
		return nil, doing("removing old backups", err)
	case slices.Contains(old, newest.Name) || !whole:
		return nil, errors.New("there is no whole backup under the vault's present key yet: back up first")
	}
	if len(old) > 0 {
		removed, err = s.removeGenerations(v, old)
	}
	if err == nil {
		s.store.sweepKeys(v, s.keys[0].Name()) // the newest backup sealed all attachments to it
	}
	return removed, doing("removing old backups", err)
}
