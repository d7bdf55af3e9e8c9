//go:build !linux

package place

import (
	"path/filepath"
	"strings"
)

// SameDisk reports whether two folders lie on one disk, as far as their names
// tell: on Windows the volume. known is false where they do not.
func SameDisk(a, b string) (same, known bool) {
	first, second := filepath.VolumeName(a), filepath.VolumeName(b)
	if first == "" || second == "" {
		return false, false
	}
	return strings.EqualFold(first, second), true
}
