package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
)

// What somebody wrote into a message steers no terminal, whatever it is cut into.
func TestNoTextSteersTheTerminal(t *testing.T) {
	const hostile = "a\x1b]0;title\x07\x1b[2Jb\r\nc\u009b31md\x7fe\tf é Â 照片 \u00a0\u200d"
	const want = "a\uFFFD]0;title\uFFFD\uFFFD[2Jb\nc\uFFFD31md\uFFFDe\tf é Â 照片 \u00a0\u200d"
	for size := 1; size < 40; size++ {
		var shown bytes.Buffer
		w := bufio.NewWriterSize(&steerlessWriter{to: &shown}, 16)
		for rest := hostile; rest != ""; rest = rest[min(size, len(rest)):] {
			_, _ = w.WriteString(rest[:min(size, len(rest))])
		}
		_ = w.Flush()
		if shown.String() != want {
			t.Errorf("in pieces of %d: %q", size, shown.String())
		}
	}
	if got := steerless(hostile); got != want {
		t.Errorf("%q", got)
	}

	var shown bytes.Buffer
	encoded, err := json.Marshal(hostile)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = (&steerlessWriter{to: &shown, json: true}).Write(encoded)
	if strings.ContainsAny(shown.String(), "\x1b\x7f\u009b") {
		t.Errorf("JSON passes on %q", shown.String())
	}
	var back string
	if err := json.Unmarshal(shown.Bytes(), &back); err != nil || back != hostile {
		t.Errorf("JSON says %q (%v)", back, err)
	}
}

// Errors name files, which anybody may have named.
func TestNoErrorSteersTheTerminal(t *testing.T) {
	var out, said bytes.Buffer
	m := &Main{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &said, Ask: func(context.Context, string) (string, error) { return "", nil }}
	if m.Run(context.Background(), []string{"verify", t.TempDir() + "/no\x1b[2Jthing"}) == exitDone || strings.Contains(said.String(), "\x1b") {
		t.Errorf("%q", said.String())
	}
}
