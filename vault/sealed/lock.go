package sealed

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"casekeep/vault/sealed/disk"
)

// Free gives [ErrInUse] where a vault is open, so that its folder must stay as it
// is.
func Free(dir string, opt Options) error {
	opt = opt.withDefaults()
	lock, err := takeLock(opt.Files, dir, opt.Now())
	if err != nil {
		return err
	}
	return lock.Close()
}

// takeLock makes this process the vault's only user, or says who is.
func takeLock(files disk.Files, dir string, now time.Time) (io.Closer, error) {
	host, err := os.Hostname()
	if err != nil {
		host = "this computer"
	}
	note, err := json.Marshal(InUseError{PID: os.Getpid(), Host: host, Since: now.Truncate(time.Second)})
	if err != nil {
		return nil, err
	}
	lock, err := files.Lock(filepath.Join(dir, lockFile), note)
	var held *disk.HeldError
	if errors.As(err, &held) {
		holder := new(InUseError)
		if json.Unmarshal(held.Note, holder) != nil {
			return nil, new(InUseError) // between the holder's lock and its note
		}
		return nil, holder
	}
	if err != nil {
		return nil, &DiskError{Doing: "locking the vault", Cause: err}
	}
	return lock, nil
}
