//go:build !headless

package main

import (
	"os"
	"os/exec"
)

// replaceProgram starts the program anew and ends this one: Windows cannot run
// another in the same process.
func replaceProgram(args, env []string) error {
	path, err := os.Executable()
	if err != nil {
		return err
	}
	next := exec.Command(path, args[1:]...)
	next.Env = env
	next.Stdin, next.Stdout, next.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := next.Start(); err != nil {
		return err
	}
	os.Exit(exitDone)
	return nil
}
