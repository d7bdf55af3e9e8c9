//go:build !linux

package disk

// Uncache asks the system to forget what it holds of a file in memory, so that
// reading it reads the disk. Here there is no portable way to ask.
func Uncache(File) {}
