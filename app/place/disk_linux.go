package place

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"
)

// SameDisk reports whether two folders lie on one disk, as far as the system
// tells; known is false where it does not. Two partitions of a disk, and a
// volume that is encrypted on it, are the same disk: it breaks as a whole.
func SameDisk(a, b string) (same, known bool) {
	first, err1 := device(a)
	second, err2 := device(b)
	if err1 != nil || err2 != nil {
		return false, false
	}
	if first == second {
		return true, true
	}
	under, others := disks(first), disks(second)
	for _, d := range under {
		if slices.Contains(others, d) {
			return true, true
		}
	}
	return false, len(under) > 0 && len(others) > 0
}

// device gives a folder's device, or that of the nearest folder around it that
// exists.
func device(folder string) (uint64, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return 0, err
	}
	for {
		var info syscall.Stat_t
		err := syscall.Stat(folder, &info)
		if err == nil {
			return uint64(info.Dev), nil
		}
		up := filepath.Dir(folder)
		if up == folder {
			return 0, err
		}
		folder = up
	}
}

// disks gives the whole disks below a device (Linux
// Documentation/ABI/testing/sysfs-block): a partition's folder lies in that of
// its disk, and a mapped device names those below it.
func disks(device uint64) []string {
	major, minor := (device>>8)&0xfff|(device>>32)&^0xfff, device&0xff|(device>>12)&^0xff
	at, err := filepath.EvalSymlinks(fmt.Sprintf("/sys/dev/block/%d:%d", major, minor))
	if err != nil {
		return nil
	}
	return below(at)
}

func below(at string) []string {
	if _, err := os.Stat(filepath.Join(at, "partition")); err == nil {
		at = filepath.Dir(at)
	}
	slaves, err := os.ReadDir(filepath.Join(at, "slaves"))
	if err != nil || len(slaves) == 0 {
		return []string{at}
	}
	var all []string
	for _, s := range slaves {
		if real, err := filepath.EvalSymlinks(filepath.Join(at, "slaves", s.Name())); err == nil {
			all = append(all, below(real)...)
		}
	}
	return all
}
