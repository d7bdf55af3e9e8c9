package crash

import (
	"errors"
	"os"
	"syscall"
	"testing"
)

func TestSmallDisk(t *testing.T) {
	OnSmallDisk(t, func(d *SmallDisk) {
		must(t, d.Begin(Image{Files: map[string][]byte{"a": make([]byte, 3*Page)}}))
		for _, free := range []int{0, 1, 5} {
			must(t, os.RemoveAll(d.Path("b")), d.Leave(int64(free*Page)))
			err := os.WriteFile(d.Path("b"), make([]byte, free*Page+1), 0o600)
			if !errors.Is(err, syscall.ENOSPC) {
				t.Errorf("%d pages hold one more: %v", free, err)
			}
			must(t, os.Remove(d.Path("b")), os.WriteFile(d.Path("b"), make([]byte, free*Page), 0o600))
		}
		tried := d.Fill(t, Page, func(free int64) (bool, error) { return free >= 3*Page, nil })
		if tried != 4 {
			t.Errorf("%d tries", tried)
		}
		must(t, d.Begin(Image{}))
		if left, err := os.ReadDir(d.dir); err != nil || len(left) > 0 {
			t.Errorf("left: %v, %v", left, err)
		}
	})
}
