//go:build unix && !headless

package main

import "syscall"

// replaceProgram runs the program anew in this very process. Nothing of its
// memory stays, and of its open files standard input, output and error alone.
func replaceProgram(args, env []string) error {
	path, err := ownProgram()
	if err != nil {
		return err
	}
	closeFilesOnExec()
	return syscall.Exec(path, args, env)
}
