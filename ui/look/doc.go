// Package look is how Casekeep looks: the design's colors as tokens, light
// and dark, its text sizes, and its icons. It draws nothing itself; package
// kit does.
package look
