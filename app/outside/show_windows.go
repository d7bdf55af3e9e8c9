package outside

import (
	"context"

	"golang.org/x/sys/windows"
)

// Show opens a copy with the program that the system has for it.
func Show(_ context.Context, path string) error {
	file, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	verb, err := windows.UTF16PtrFromString("open")
	if err != nil {
		return err
	}
	if windows.ShellExecute(0, verb, file, nil, nil, windows.SW_SHOWNORMAL) != nil {
		return errNoProgram
	}
	return nil
}
