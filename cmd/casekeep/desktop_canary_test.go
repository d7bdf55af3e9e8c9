//go:build tour && !headless

package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// canaries are words that stand nowhere but where the tour put them: typed into
// each kind of place, brought in with each kind of file.
var canaries = []string{
	tourPassphrase,
	tourSentence, // logged, and copied
	tourDraft,
	"moved thurs",            // searched for
	"mind the heron",         // a text
	"The ferryman sent",      // a text with a picture
	"proof of lodging",       // an email
	"lantern receipt",        // an email that was sent
	"box 4: empty",           // an attachment
	"Ottoline Brackwater",    // a client
	"county court register",  // a form
	"I looked before I thou", // a form's longer text
}

// needle is one way in which words can lie in a file or in memory.
type needle struct {
	words, form string
	bytes       []byte
}

func needles(words []string) (all []needle) {
	for _, w := range words {
		wide := utf16.Encode([]rune(w))
		little, big := new(bytes.Buffer), new(bytes.Buffer)
		_ = binary.Write(little, binary.LittleEndian, wide)
		_ = binary.Write(big, binary.BigEndian, wide)
		all = append(all, needle{w, "UTF-8", []byte(w)}, needle{w, "UTF-16LE", little.Bytes()}, needle{w, "UTF-16BE", big.Bytes()})
		for shift := range 3 {
			all = append(all, needle{w, "base64", inBase64(w, shift)})
		}
	}
	return all
}

// inBase64 gives what words look like within a longer text in base64, behind
// shift bytes of a group of three: the characters that only they decide.
func inBase64(words string, shift int) []byte {
	text := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("\x00", shift) + words))
	from := []int{0, 2, 3}[shift]
	whole := (shift + len(words)) * 8 / 6
	return []byte(text[from:whole])
}

func TestTourNeedles(t *testing.T) {
	for _, before := range []string{"", "a", "ab", "abc"} {
		text := base64.StdEncoding.EncodeToString([]byte(before + tourSentence + "!?"))
		if !slices.ContainsFunc(needles([]string{tourSentence}), func(n needle) bool { return bytes.Contains([]byte(text), n.bytes) }) {
			t.Errorf("after %q the words are not found in base64", before)
		}
	}
}

// checkNothingPlain looks for the canaries in every file under the home folder:
// vault, backups, caches, preferences, temporary files, lists of what was used.
// given are the names of those that the user brought or asked for.
func checkNothingPlain(t *testing.T, home string, given ...string) {
	t.Helper()
	files, looked := 0, needles(append(canaries, "Ada Quill"))
	err := filepath.WalkDir(home, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || slices.Contains(given, entry.Name()) {
			return err
		}
		files++
		content, err := os.ReadFile(path)
		for _, n := range looked {
			if bytes.Contains(content, n.bytes) || strings.Contains(path, n.words) {
				t.Errorf("%s holds %q as %s", path, n.words, n.form)
			}
		}
		return err
	})
	if err != nil || files < 5 {
		t.Errorf("%d files were looked at, %v", files, err)
	}
	t.Logf("%d files hold none of %d sentences", files, len(canaries))
}

// memoryHolds gives which canaries lie in the memory of a process, and in which
// form. Where the system lets nobody look it reports so.
func memoryHolds(t *testing.T, pid int) (found map[string]string, allowed bool) {
	t.Helper()
	mem, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if err != nil {
		t.Logf("NOT CHECKED, the memory: %v", err)
		return nil, false
	}
	defer mem.Close()
	maps, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", pid))
	if err != nil {
		t.Fatal(err)
	}
	found = map[string]string{}
	looked, read := needles(canaries), 0
	for line := range strings.Lines(string(maps)) {
		var from, to int64
		var may string
		if n, _ := fmt.Sscanf(line, "%x-%x %s", &from, &to, &may); n == 3 && may[0] == 'r' {
			read += lookThrough(mem, from, to, looked, found)
		}
	}
	t.Logf("looked through %d MB of memory", read>>20)
	return found, read > 10<<20
}

// lookThrough reads a span of memory. What cannot be read, as a device's, is
// passed over, and so is what was never written to.
func lookThrough(mem *os.File, from, to int64, looked []needle, found map[string]string) (read int) {
	const step, overlap = 1 << 20, 1 << 10
	buf, empty := make([]byte, step+overlap), make([]byte, step+overlap)
	for at := from; at < to; at += step {
		n, _ := mem.ReadAt(buf[:min(step+overlap, to-at)], at)
		if bytes.Equal(buf[:n], empty[:n]) {
			continue
		}
		read += n
		for _, l := range looked {
			if bytes.Contains(buf[:n], l.bytes) {
				found[l.words] += " " + l.form
			}
		}
	}
	return read
}

// checkMemoryHolds wants the open vault's words in memory: without them a search
// that finds nothing would prove nothing.
func (s *realWindow) checkMemoryHolds(words ...string) {
	s.t.Helper()
	found, allowed := memoryHolds(s.t, s.program.Process.Pid)
	for _, w := range words {
		if allowed && found[w] == "" {
			s.t.Errorf("the open vault's memory does not hold %q: the search shows nothing", w)
		}
	}
}

// checkMemoryEmpty wants none of them in the memory of the locked program.
func (s *realWindow) checkMemoryEmpty() {
	s.t.Helper()
	found, _ := memoryHolds(s.t, s.program.Process.Pid)
	for words, forms := range found {
		s.t.Errorf("after the lock the memory still holds %q as%s", words, forms)
	}
}
