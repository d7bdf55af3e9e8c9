//go:build !headless

package main

import "os"

func ownProgram() (string, error) { return os.Executable() }

// closeFilesOnExec has nothing to do: Go opens every file so.
func closeFilesOnExec() {}
