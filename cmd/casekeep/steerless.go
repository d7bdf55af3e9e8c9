package main

import (
	"fmt"
	"io"
	"strings"
)

// steerlessWriter passes on what is safe to show. A message, and the name of a file, was
// written by somebody else, and what steers a terminal (the C0 and C1 controls of
// ECMA-48) could hide text, or show what nobody wrote. In JSON such a character is
// written as an escape; its encoder does so with C0 alone.
type steerlessWriter struct {
	to   io.Writer
	json bool
	lead bool // the last byte may begin a C1 control in UTF-8
}

const (
	c1Lead  = 0xC2
	c1First = 0x80
	c1Last  = 0x9F
	del     = 0x7F
)

func (t *steerlessWriter) Write(b []byte) (int, error) {
	out := make([]byte, 0, len(b)+1)
	for _, c := range b {
		if t.lead {
			t.lead = false
			if c >= c1First && c <= c1Last {
				out = t.control(out, c)
				continue
			}
			out = append(out, c1Lead)
		}
		switch {
		case c == c1Lead:
			t.lead = true
		case c == '\n' || c == '\t' || c >= ' ' && c != del:
			out = append(out, c)
		default:
			out = t.control(out, c)
		}
	}
	if _, err := t.to.Write(out); err != nil {
		return 0, err
	}
	return len(b), nil
}

// control appends what stands for a control. A carriage return is left out: lines
// of mail end in one.
func (t *steerlessWriter) control(out []byte, c byte) []byte {
	switch {
	case t.json:
		return fmt.Appendf(out, `\u%04x`, c)
	case c == '\r':
		return out
	}
	return append(out, "\uFFFD"...)
}

// steerless gives a text without what steers a terminal.
func steerless(text string) string {
	var b strings.Builder
	_, _ = (&steerlessWriter{to: &b}).Write([]byte(text)) // a builder takes everything
	return b.String()
}
