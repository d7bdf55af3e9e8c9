//go:build !headless && (windows || darwin)

package main

// meetPortal has none to meet.
func meetPortal() {}
