package place

import "io/fs"

// Owned is true: Windows gives each user a folder of their own for what is asked
// about.
func Owned(fs.FileInfo) bool { return true }
