package release_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"casekeep/app/release"
	"casekeep/vault/record"
)

func TestNoEntries(t *testing.T) {
	rec := sample()
	rec.LeftOut = nil
	path, result := produce(t, rec, release.Options{Fonts: noFonts})
	run(t, "qpdf", "--check", path)
	inOrder(t, textOf(t, path), "Client record", "0 entries · 0 attachments", "Left out Nothing", "Contents",
		"There is no entry on record in this period.", "No entry of this record has an attachment.",
		"all were written by hand", "4,711 events", rec.AuditHead.String())
	if result.Entries != 0 || result.Pages != 4 {
		t.Errorf("%+v", result)
	}
}

// TestPageNumbers reads "Page x of y" from every page, and holds the contents
// against the pages that they name.
func TestPageNumbers(t *testing.T) {
	rec := sample()
	rec.Entries = manyEntries(900)
	path, result := produce(t, rec, release.Options{})
	pages := strings.Split(strings.TrimSuffix(textOf(t, path, "-layout"), "\f"), "\f")
	if len(pages) != result.Pages {
		t.Fatalf("%d pages, not %d", len(pages), result.Pages)
	}
	for i, page := range pages {
		if want := fmt.Sprintf("Page %d of %d", i+1, len(pages)); !strings.Contains(page, want) {
			t.Fatalf("%q is missing on page %d:\n%s", want, i+1, page)
		}
		if !strings.Contains(page, "Client record · Marcus Webb · no. 2024-017") {
			t.Fatalf("page %d does not say whose record it is", i+1)
		}
	}
	months := regexp.MustCompile(`(?m)^ +((?:January|April|May) 2021) +[0-9,]+ entries +([0-9]+)$`).FindAllStringSubmatch(pages[1], -1)
	if len(months) != 3 {
		t.Fatalf("the contents name %d of 3 months:\n%s", len(months), pages[1])
	}
	for _, m := range months {
		n, err := strconv.Atoi(m[2])
		if err != nil || !strings.Contains(pages[n-1], "\n"+m[1]) && !strings.HasPrefix(pages[n-1], m[1]) {
			t.Errorf("%s does not begin on page %s", m[1], m[2])
		}
	}
}

func TestBookmarks(t *testing.T) {
	path, _ := produce(t, sample(entry("2024-03-04 09:10:00", "a"), entry("2024-05-04 09:10:00", "b"), entry("2025-01-04 09:10:00", "c")), release.Options{Fonts: noFonts})
	outline := run(t, "mutool", "show", path, "outline")
	inOrder(t, outline, "Cover", "Contents", "Timeline 2024", "March 2024", "May 2024", "Timeline 2025", "January 2025",
		"Attachments", "Provenance of imported entries", "Audit chain")
}

func TestProtected(t *testing.T) {
	path, _ := produce(t, sample(entry("2024-03-04 09:10:00", "the secret sentence")), release.Options{Password: "ladder-ochre-42", Fonts: noFonts})
	run(t, "qpdf", "--password=ladder-ochre-42", "--check", path)
	shown := run(t, "qpdf", "--password=ladder-ochre-42", "--show-encryption", path)
	for _, want := range []string{"R = 6", "print high resolution: allowed"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is missing in\n%s", want, shown)
		}
	}
	inOrder(t, textOf(t, path, "-upw", "ladder-ochre-42"), "Client record", "the secret sentence", "Audit chain")
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := release.PDF(context.Background(), io.Discard, sample(), release.Options{Password: "a\x00b"}); err == nil {
		t.Error("a control character is taken in a password")
	}
	if bytes.Contains(file, []byte("Marcus")) {
		t.Error("the client's name stands in the protected file")
	}
}

// TestSameBytes produces a record twice: evidence that can be made again.
func TestSameBytes(t *testing.T) {
	var files [2]bytes.Buffer
	for i := range files {
		if _, err := release.PDF(context.Background(), &files[i], rich(), release.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0].Bytes(), files[1].Bytes()) {
		t.Error("the same record gives other bytes")
	}
}

func TestEntriesFail(t *testing.T) {
	broken := errors.New("page 7 of the database is damaged")
	rec := sample()
	rec.Entries = func(yield func(record.Entry, error) bool) {
		if yield(entry("2024-03-04 09:10:00", "a"), nil) {
			yield(record.Entry{}, broken)
		}
	}
	if _, err := release.PDF(context.Background(), io.Discard, rec, release.Options{Fonts: noFonts}); !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
	rec.Entries = nil
	if _, err := release.PDF(context.Background(), io.Discard, rec, release.Options{Fonts: noFonts}); err == nil {
		t.Error("a record without entries to read is produced")
	}
}

func TestCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	rec := sample()
	rec.Entries = manyEntries(5000)
	last := 0
	_, err := release.PDF(ctx, io.Discard, rec, release.Options{Total: 5000, Progress: func(done, total int) {
		if total != 5000 || done < last {
			t.Errorf("progress says %d of %d after %d", done, total, last)
		}
		if last = done; done >= 100 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || last > 300 {
		t.Errorf("the error is %v after %d entries", err, last)
	}
}

type fullDisk struct{ left int }

var errFull = errors.New("no space left on device")

func (d *fullDisk) Write(b []byte) (int, error) {
	if d.left -= len(b); d.left < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestDiskFull(t *testing.T) {
	for _, left := range []int{0, 200_000} {
		rec := sample()
		given := 0
		all := manyEntries(20_000)
		rec.Entries = func(yield func(record.Entry, error) bool) {
			for e, err := range all {
				given++
				if !yield(e, err) {
					return
				}
			}
		}
		_, err := release.PDF(context.Background(), &fullDisk{left}, rec, release.Options{})
		if !errors.Is(err, errFull) {
			t.Errorf("with room for %d bytes the error is %v", left, err)
		}
		if given > 10_000 {
			t.Errorf("with room for %d bytes %d entries were still read", left, given)
		}
	}
}

// TestBurden produces what is made to be slow or broken: it must come out,
// whole and soon.
func TestBurden(t *testing.T) {
	var controls strings.Builder
	for r := rune(0); r < 0xa0; r++ {
		controls.WriteRune(r)
	}
	bodies := map[string]string{
		"long lines": strings.Repeat(strings.Repeat("word ", 1000)+"\n", 3) + strings.Repeat("x", 5000),
		"controls":   strings.Repeat(controls.String(), 5),
		"megabyte":   strings.Repeat("We talked about the move, 12.5 miles, and école. ", 20_000),
		"unbroken":   strings.Repeat("x1", 250_000),
		"newlines":   strings.Repeat("\n", 5_000),
		"not UTF-8":  "caf\xe9 \xff\xfe end",
	}
	for name, body := range bodies {
		e := entry("2024-03-04 09:10:00", body)
		e.Subject = strings.Repeat("a subject without an end ", 200)
		e.Parties[0].Name = strings.Repeat("Marcus", 500)
		start := time.Now()
		path, result := produce(t, sample(e), release.Options{Fonts: noFonts})
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s took %v", name, took)
		}
		run(t, "qpdf", "--check", path)
		text := strings.Join(strings.Fields(textOf(t, path)), "")
		switch name {
		case "controls":
			if len(result.Missing) != 27+1+31 { // line breaks and the tab are none
				t.Errorf("%d characters are listed: %v", len(result.Missing), result.Missing)
			}
			if !strings.Contains(text, "␀␁") || result.Missing[0].Script != "Control" || result.Missing[0].Times != 5 {
				t.Errorf("the control characters are not shown: %+v", result.Missing[0])
			}
		case "megabyte":
			if n := strings.Count(text, "Wetalkedaboutthemove,12.5miles,andécole."); n < 19_000 {
				t.Errorf("%d of 20,000 sentences come back whole", n)
			}
		case "not UTF-8":
			if !strings.Contains(text, "caf\ufffd\ufffd\ufffdend") && !strings.Contains(text, "caf\ufffd\ufffdend") {
				t.Errorf("broken bytes leave no mark: %.300s", text)
			}
		}
	}
}
