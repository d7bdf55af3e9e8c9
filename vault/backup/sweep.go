package backup

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// sweep removes what backups that were cut off have left: files that never got
// their name, and packs that no generation refers to. What cannot be removed
// does no harm, so errors are let go: it is tried again the next time.
func (s *store) sweep(v *view) {
	for _, rel := range []string{"", generations, packs} {
		s.sweepUnfinished(rel)
	}
	for _, above := range []string{attachments, keysFolder} {
		folders, _ := s.list(above, "")
		for _, folder := range folders {
			s.sweepUnfinished(above + "/" + folder)
			if above == keysFolder {
				s.sweepUnfinished(above + "/" + folder + "/" + holders)
			}
		}
	}
	_ = s.sweepPacks(v)
}

func (s *store) sweepUnfinished(rel string) {
	names, _ := s.list(rel, unfinished)
	for _, name := range names {
		_ = s.remove(strings.TrimPrefix(rel+"/"+name+unfinished, "/"))
	}
}

// sweepPacks removes packs that no generation refers to. One of which the
// manifest cannot be read may refer to any pack that is not younger.
func (s *store) sweepPacks(v *view) error {
	used := map[string]bool{}
	for _, m := range v.everything() {
		for _, p := range m.Packs {
			used[p.Name], used[sumsName(p.Name)] = true, true
		}
	}
	unread := v.unreadTimes()
	names, err := s.list(packs, "")
	if err != nil {
		return err
	}
	removed := false
	for _, name := range names {
		at, ours := packTime(name)
		needed := slices.ContainsFunc(unread, func(of time.Time) bool { return !of.Before(at) })
		if !ours || used[name] || needed {
			continue
		}
		if err := s.remove(packs + "/" + name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		removed = true
	}
	if removed {
		return s.files.SyncDir(s.path(packs))
	}
	return nil
}

// sweepKeys removes the wraps of identities that no generation is left of: among
// them are those of holders who were revoked. The present one's stay. It is for
// when a backup under that was made, so that no attachment is sealed to another.
func (s *store) sweepKeys(v *view, present string) {
	if len(v.unread) > 0 {
		return
	}
	names, _ := s.keyNames()
	for _, name := range names {
		uses := func(m *manifest) bool { return m.Key == name }
		if name == present || slices.ContainsFunc(v.everything(), uses) {
			continue
		}
		rel := keysFolder + "/" + name
		for _, folder := range []string{rel + "/" + holders, rel} {
			files, _ := s.list(folder, "")
			for _, file := range files {
				_ = s.remove(folder + "/" + file)
			}
			_ = s.remove(folder)
		}
	}
}
