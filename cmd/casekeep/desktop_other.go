//go:build !headless && (windows || darwin)

package main

// findDisplay has nothing to find: these systems always have a display.
func findDisplay() error { return nil }
