// Package lines measures, wraps, shortens and orders text for drawing with
// canvas.Text, which can do none of these.
//
// Everything is cached, since the same texts are laid out again at every
// scroll step; Forget empties the caches when a vault is locked. Like the rest
// of Fyne, the package works on the main goroutine only: Fyne's shaper is not
// safe for use from others.
//
// Text is kept, stored, copied and searched in the order in which it was
// written. Line.Shown and Shown give the order in which it is drawn, and that
// is all they are good for.
package lines
