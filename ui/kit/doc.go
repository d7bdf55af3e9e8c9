// Package kit holds the primitives that pages are made of. Each works by
// keyboard, shows where the focus is, reads its colors again when the theme
// changes, and shortens or wraps names of any length and script. A page needs
// no canvas objects of its own. Package ui's documentation lists them all.
//
// Like all of Fyne they are used on the main goroutine only: elsewhere go
// through fyne.Do.
package kit
