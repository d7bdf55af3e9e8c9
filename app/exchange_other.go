//go:build !linux

package app

import "errors"

// exchange lets two folders change their names in one step, where the system
// can.
func exchange(string, string) error { return errors.ErrUnsupported }
