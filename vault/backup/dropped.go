package backup

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"time"

	"casekeep/vault/sealed"
)

const droppedInfo = "casekeep backup dropped attachments 1"

// dropped are attachments in the folder that the vault no longer refers to, each
// with a time from which on no generation does. As a file it is JSON and a MAC.
// Where it is lost they are noticed anew, and stay longer.
type dropped map[string]time.Time

func (d dropped) seal(k *sealed.Key) ([]byte, error) {
	text, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	return encrypt(k, append(text, macOf(k, droppedInfo, text)...))
}

// readDropped reads the file with whichever key it was written with.
func (s *store) readDropped(keys []*sealed.Key) (dropped, error) {
	text, k, err := s.decrypt(droppedFile, keys)
	if errors.Is(err, fs.ErrNotExist) {
		return dropped{}, nil
	}
	if err != nil {
		return nil, err
	}
	cut := len(text) - sha256.Size
	if cut < 0 || !hmac.Equal(text[cut:], macOf(k, droppedInfo, text[:cut])) {
		return nil, damaged(droppedFile, errNotOurs)
	}
	d := dropped{}
	return d, damaged(droppedFile, json.Unmarshal(text[:cut], &d))
}

// noteDropped brings the file up to what a backup has found, and removes the
// attachments of which the time has come. k is the vault's.
func (s *store) noteDropped(k *sealed.Key, now dropped, remaining []time.Time) error {
	if err := s.dropExpired(now, remaining); err != nil {
		return err
	}
	before, err := s.readDropped([]*sealed.Key{k})
	if err == nil && maps.EqualFunc(before, now, time.Time.Equal) {
		return nil
	}
	return s.putDropped(k, now)
}

func (s *store) putDropped(k *sealed.Key, d dropped) error {
	content, err := d.seal(k)
	if err != nil {
		return err
	}
	if err := s.put(droppedFile, content); err != nil {
		return err
	}
	return s.files.SyncDir(s.dir)
}

// noteExpired takes down attachments that are to go whatever generations there
// are, before anything else forgets them.
func (s *Set) noteExpired(ctx context.Context, names []string) error {
	if len(names) == 0 {
		return nil
	}
	d, err := s.store.readDropped(s.keys)
	if err != nil {
		d = dropped{} // of another identity, or damaged: noticed anew
	}
	for _, name := range names {
		d[name] = time.Time{}
	}
	k, err := s.newestKey(ctx, s.keys[0])
	if err != nil {
		return err
	}
	return s.store.putDropped(k, d)
}

// dropExpired removes the attachments that only generations referred to which
// are no longer there, from the folder and from d.
func (s *store) dropExpired(d dropped, remaining []time.Time) error {
	var expired []string
	for name, since := range d {
		needed := slices.ContainsFunc(remaining, func(at time.Time) bool { return at.Before(since) })
		if !needed && blobPattern.MatchString(name) {
			expired = append(expired, name)
		}
	}
	if err := s.dropAttachments(expired); err != nil {
		return err
	}
	for _, name := range expired {
		delete(d, name)
	}
	return nil
}
