// Package pdf writes PDF files (ISO 32000-2) object by object, straight to
// their destination: nothing but the cross-reference offsets stays in memory.
//
// It knows objects, streams, strings, embedded fonts, images, bookmarks and
// AES-256 encryption, and nothing of what is on a page. Text is written as
// glyphs whose Unicode text stands in the font's ToUnicode map, so that every
// reader gets back what was said, whatever the script.
package pdf

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strconv"
)

// Ref names an indirect object. 0 is no object.
type Ref int

func (r Ref) String() string { return strconv.Itoa(int(r)) + " 0 R" }

// Writer writes one file. Its first error stops everything and is given by
// Close.
type Writer struct {
	out     *bufio.Writer
	at      int64   // bytes written
	offsets []int64 // by object number; 0: not written yet
	id      [16]byte
	cipher  *cipherer // nil: not protected
	err     error

	packed bytes.Buffer
	zip    *zlib.Writer
}

// NewWriter begins a file. The id tells this file from others; with a
// password the file is protected with AES-256 (security handler revision 6),
// and the password opens it with every permission.
func NewWriter(out io.Writer, id [16]byte, password string) (*Writer, error) {
	w := &Writer{out: bufio.NewWriterSize(out, 1<<16), offsets: make([]int64, 1, 1024), id: id}
	w.zip = zlib.NewWriter(&w.packed)
	// The comment with high bytes tells transfer programs that this is no text.
	w.print("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	if password == "" {
		return w, nil
	}
	c, err := newCipherer(password)
	if err != nil {
		return nil, err
	}
	w.cipher = c
	return w, nil
}

// Err gives the first error of writing, so that long work can stop early.
func (w *Writer) Err() error { return w.err }

// Alloc reserves the number of an object that is written later.
func (w *Writer) Alloc() Ref {
	w.offsets = append(w.offsets, 0)
	return Ref(len(w.offsets) - 1)
}

// Object writes an object's body, as PDF syntax.
func (w *Writer) Object(ref Ref, body string) {
	w.begin(ref)
	w.print(body)
	w.print("\nendobj\n")
}

// Stream writes a stream object, compressed. The dictionary's entries go
// without brackets and without Length and Filter.
func (w *Writer) Stream(ref Ref, entries string, data []byte) {
	w.packed.Reset()
	w.zip.Reset(&w.packed)
	if _, err := w.zip.Write(data); err != nil {
		w.fail(err)
	}
	if err := w.zip.Close(); err != nil {
		w.fail(err)
	}
	w.rawStream(ref, entries+" /Filter /FlateDecode", w.packed.Bytes())
}

func (w *Writer) rawStream(ref Ref, entries string, data []byte) {
	if w.cipher != nil {
		data = w.cipher.encrypt(data)
	}
	w.begin(ref)
	w.print(fmt.Sprintf("<< %s /Length %d >>\nstream\n", entries, len(data)))
	w.write(data)
	w.print("\nendstream\nendobj\n")
}

// String gives s as a PDF text string that may stand in an object's body.
func (w *Writer) String(s string) string {
	return w.bytesString(textString(s))
}

func (w *Writer) bytesString(b []byte) string {
	if w.cipher != nil {
		b = w.cipher.encrypt(b)
	}
	return fmt.Sprintf("<%X>", b)
}

// Close writes the cross-reference table and the trailer. Every allocated
// object must have been written.
func (w *Writer) Close(catalog, info Ref) error {
	var protect string
	if w.cipher != nil {
		// Not through Object with String: this dictionary alone stays readable.
		ref := w.Alloc()
		w.Object(ref, w.cipher.dictionary())
		protect = fmt.Sprintf(" /Encrypt %s", ref)
	}
	start := w.at
	w.print(fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", len(w.offsets)))
	for n, at := range w.offsets[1:] {
		if at == 0 {
			w.fail(fmt.Errorf("PDF object %d was reserved and never written", n+1))
		}
		w.print(fmt.Sprintf("%010d 00000 n \n", at))
	}
	w.print(fmt.Sprintf("trailer\n<< /Size %d /Root %s /Info %s /ID [<%X> <%X>]%s >>\nstartxref\n%d\n%%%%EOF\n",
		len(w.offsets), catalog, info, w.id, w.id, protect, start))
	if err := w.out.Flush(); err != nil {
		w.fail(err)
	}
	return w.err
}

func (w *Writer) begin(ref Ref) {
	if w.offsets[ref] != 0 {
		w.fail(fmt.Errorf("PDF object %d was written twice", ref))
	}
	w.offsets[ref] = w.at
	w.print(strconv.Itoa(int(ref)) + " 0 obj\n")
}

func (w *Writer) print(s string) {
	if w.err != nil {
		return
	}
	n, err := w.out.WriteString(s)
	w.at += int64(n)
	w.fail(err)
}

func (w *Writer) write(b []byte) {
	if w.err != nil {
		return
	}
	n, err := w.out.Write(b)
	w.at += int64(n)
	w.fail(err)
}

func (w *Writer) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}
