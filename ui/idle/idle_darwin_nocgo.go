//go:build darwin && !cgo

package idle

// system gives nothing: macOS answers only through its C frameworks. The
// window then counts from the last input that it saw itself.
func system() (Source, error) { return nil, ErrUnknown }
