package main

// noCoreDumps does nothing: Windows writes none unless it was set up to.
func noCoreDumps() {}
