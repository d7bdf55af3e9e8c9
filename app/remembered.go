package app

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"casekeep/vault/sealed/disk"
)

// rememberedWait bounds how long one program waits for another that is writing
// down what this computer remembers.
const rememberedWait = 2 * time.Second

// inTurn changes a file of what this computer remembers while no other program
// does: two windows, each with a vault of its own, must not lose what the other
// has just noted. Where the folder takes no lock it goes on without one.
func inTurn(path string, change func()) {
	if path == "" || os.MkdirAll(filepath.Dir(path), 0o700) != nil {
		return
	}
	var held *disk.HeldError
	for begun := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		lock, err := disk.OS().Lock(path+".lock", nil)
		if err == nil {
			defer lock.Close()
			break
		}
		if !errors.As(err, &held) || time.Since(begun) > rememberedWait {
			break
		}
	}
	change()
}

// maxRemembered is far more than a computer remembers of all its vaults, in bytes.
const maxRemembered = 8 << 20

// readRemembered reads a file of what this computer remembers. It neither waits for
// a pipe that somebody put in its place nor reads one without an end, since an
// unlock must not hang on it.
func readRemembered(path string) ([]byte, error) {
	return disk.ReadFile(disk.OS(), path, maxRemembered)
}

// replaceFile writes a small file whole or not at all, so that a power loss
// leaves the one before or this one.
func replaceFile(path string, content []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(content)
	if err == nil {
		err = temp.Sync()
	}
	if closing := temp.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}
