package inside

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// The bounds of what is looked at, in bytes. What is larger is opened elsewhere.
const (
	MostBytes     = 64 << 20 // of a picture, an email, a PDF
	MostTextBytes = 16 << 20 // of a text or a page of HTML
)

// errLarge is why a file is not looked at. It follows the file's name.
func errLarge(most int64) error {
	return fmt.Errorf("it is larger than the %d MB that Casekeep looks into: open it outside, or save a copy", most>>20)
}

// ReadAll reads a file of size bytes, as is said of it, to its end, up to most
// bytes. On an error it gives what was read before.
func ReadAll(ctx context.Context, r io.Reader, size, most int64) ([]byte, error) {
	if size > most {
		return nil, errLarge(most)
	}
	content := make([]byte, 0, max(size, 0)+1)
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len(content) == cap(content) {
			content = append(content, 0)[:len(content)]
		}
		n, err := r.Read(content[len(content):min(cap(content), len(content)+(1<<18))])
		content = content[:len(content)+n]
		switch {
		case errors.Is(err, io.EOF):
			return content, nil
		case err != nil:
			return content, err
		case int64(len(content)) > most:
			return nil, errLarge(most)
		}
	}
}
