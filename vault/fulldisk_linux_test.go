package vault

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"casekeep/vault/record"
	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk/crash"
)

// fullActs are what a disk can get full under.
var fullActs = []struct {
	what    string
	entries int // more, once it went through
	do      func(v *Vault, client record.ClientID) error
}{
	{"logging", 1, func(v *Vault, client record.ClientID) error {
		_, err := v.Log(context.Background(), record.Entry{Client: client, Channel: record.Text, Direction: record.In,
			Body: strings.Repeat("word of a long letter ", 2000)}, file("a.txt", strings.Repeat("attached ", 10_000)))
		return err
	}},
	{"importing", 40, func(v *Vault, client record.ClientID) error { return importLong(v, client, 40) }},
	{"changing the passphrase", 0, func(v *Vault, client record.ClientID) error {
		return v.db.ChangePassphrase(context.Background(), "ladder ochre") // the same one, for the test's sake
	}},
	{"sealing", 0, func(v *Vault, client record.ClientID) error { return v.Checkpoint(context.Background()) }},
}

// importLong imports messages of some length.
func importLong(v *Vault, client record.ClientID, n int) error {
	ctx := context.Background()
	im, err := v.BeginImport(ctx, client)
	if err != nil {
		return err
	}
	if err := im.OpenSource(ctx, "sms.xml", "texts"); err != nil {
		return errors.Join(err, im.Cancel(ctx))
	}
	for i := range n {
		sum := sha256.Sum256([]byte{byte(i), 1})
		e := record.Entry{Channel: record.Text, Direction: record.In, At: day0.Add(time.Duration(-i) * time.Hour), Zone: "America/Chicago",
			ZoneBasis: record.ZoneFile, Body: fmt.Sprint("imported ", i, strings.Repeat(fmt.Sprint(" word", i), 500)),
			Provenance: &record.Provenance{Locator: fmt.Sprint(i), Raw: sum}}
		if _, err := im.Add(ctx, Message{Entry: e, Dedupe: sum, Content: sum}); err != nil {
			return err
		}
	}
	if err := im.CloseSource(ctx, record.Source{Format: "texts", Parser: "t/1", Size: 7, SHA256: record.Hash{7}, Declared: n}); err != nil {
		return err
	}
	_, err = im.Finish(ctx, record.Batch{Found: n})
	return err
}

// Whatever a full disk cuts off: the error says that the disk is full, and the
// record is what it was, or what it was to become.
func TestReallyFullDisk(t *testing.T) {
	h := newHouse(t, "v")
	client := h.record("Ada Quill").ID
	was := must(t, of(h.Verify(context.Background(), nil)))
	h.do(h.Close())
	im := must(t, of(crash.ReadImage(h.dir)))
	step := int64(crash.Scale(24, 1)) * crash.Page
	crash.OnSmallDisk(t, func(d *crash.SmallDisk) {
		for _, act := range fullActs {
			states := d.Fill(t, step, func(free int64) (bool, error) {
				dir := d.Path("vault")
				if err := errors.Join(d.Begin(crash.Image{}), im.Write(dir)); err != nil {
					return false, err
				}
				failed, err := h.fullUnder(d, dir, free, func(v *Vault) error { return act.do(v, client) })
				if err == nil {
					err = h.fullHolds(d, dir, was, act.entries, failed)
				}
				if err != nil {
					err = fmt.Errorf("%s: %w", act.what, err)
				}
				return failed == nil, err
			})
			crash.Tally(t, "a full disk", states)
		}
	})
}

// fullUnder unlocks a vault, leaves some room, does one thing and locks it.
func (h *house) fullUnder(d *crash.SmallDisk, dir string, free int64, do func(*Vault) error) (failed, err error) {
	opt := h.options()
	v, err := Open(context.Background(), dir, "ladder ochre", opt)
	if err != nil {
		return nil, err
	}
	if err := d.Leave(free); err != nil {
		return nil, err
	}
	failed = do(v)
	return failed, errors.Join(saysFull(failed), saysFull(v.Close()))
}

func saysFull(err error) error {
	if err == nil || errors.Is(err, sealed.ErrDiskFull) && strings.Contains(err.Error(), sealed.ErrDiskFull.Error()) ||
		errors.Is(err, sealed.ErrReadOnly) && strings.HasPrefix(err.Error(), "the disk is full") {
		return nil
	}
	return fmt.Errorf("not a sentence about a full disk: %w", err)
}

// fullHolds unlocks the vault with the disk still full, to read, and with room
// again, and looks for everything.
func (h *house) fullHolds(d *crash.SmallDisk, dir string, was Check, more int, failed error) error {
	for _, room := range []int64{0, 64 << 20} {
		if room > 0 {
			if err := d.Leave(room); err != nil {
				return err
			}
		}
		v, err := Open(context.Background(), dir, "ladder ochre", h.options())
		if err != nil {
			return fmt.Errorf("opening it with %d bytes free: %w", room, err)
		}
		if err := v.TakenBack(context.Background()); err != nil {
			return err
		}
		found, err := v.Verify(context.Background(), nil)
		if err := errors.Join(err, saysFull(v.Close())); err != nil {
			return err
		}
		entries := found.Entries - was.Entries
		whole := entries == 0 || entries == more || room == 0 && entries < more // an import is taken back once there is room
		if len(found.Problems) > 0 || !found.AuditOK || !whole || failed == nil && entries != more || found.Clients != was.Clients {
			return fmt.Errorf("after %v, with %d bytes free: %+v", failed, room, found)
		}
	}
	return nil
}

// A migration that has no room leaves the old vault, which opens once there is.
func TestMigrationOnAFullDisk(t *testing.T) {
	step := int64(crash.Scale(24, 1)) * crash.Page
	crash.OnSmallDisk(t, func(d *crash.SmallDisk) {
		for _, o := range oldVaults(t) {
			states := d.Fill(t, step, func(free int64) (bool, error) {
				if err := errors.Join(d.Begin(o.image), d.Leave(free)); err != nil {
					return false, err
				}
				now := func() time.Time { return day0.AddDate(1, 0, 0) }
				v, failed := Open(context.Background(), d.Path("v"), "ladder ochre Venice 42", Options{Now: now})
				if failed == nil {
					failed = v.Close()
				}
				if err := errors.Join(saysFull(failed), d.Leave(64<<20)); err != nil {
					return false, err
				}
				left, err := crash.ReadImage(d.Path("v"))
				if err == nil {
					err = o.migrates(inFolder(left, "v"))
				}
				return failed == nil, err
			})
			crash.Tally(t, "a full disk", states)
		}
	})
}
