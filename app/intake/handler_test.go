package intake

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestReadErrorsEndTheReading(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, text := range []string{smses(sms1), plainMail + "\nx", "From a Thu Jan  1 09:00:00 2026\n" + plainMail + "\nx\n"} {
		r, err := Read(t.Context(), io.MultiReader(strings.NewReader(text[:len(text)-1]), iotest.ErrReader(broken)), "a", 0, options(), &collector{}, nil)
		if !errors.Is(err, broken) {
			t.Errorf("%v", err)
		}
		addsUp(t, r)
	}
}

func TestHandlerErrorsEndTheReading(t *testing.T) {
	full := errors.New("the disk is full")
	h := &collector{reply: func(it Item) error {
		if it.Body == "second" {
			return full
		}
		return nil
	}}
	r, err := Read(t.Context(), strings.NewReader(smses(sms1+sms2+sms1)), "a.xml", 0, options(), h, nil)
	if !errors.Is(err, full) || r.Imported != 1 {
		t.Errorf("%v %+v", err, r)
	}
	addsUp(t, r)
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	h := &collector{reply: func(Item) error { cancel(); return nil }}
	r, err := Read(ctx, endless(`<smses count="1">`, sms1, 1<<30, `</smses>`), "a.xml", 0, options(), h, nil)
	if !errors.Is(err, context.Canceled) || r.Size > 10<<20 {
		t.Errorf("%v after %d bytes", err, r.Size)
	}
	addsUp(t, r)
}

func TestVerdicts(t *testing.T) {
	h := &collector{reply: func(it Item) error {
		if it.Body == "first" {
			return Skip("too old")
		}
		return Refuse("in the future")
	}}
	r := readText(t, "a.xml", smses(sms1+sms2), options(), h)
	if r.Skipped != 1 || r.Refused != 1 || r.SkippedBy[0].Reason != "too old" || r.RefusedBy[0].Reason != "in the future" {
		t.Errorf("%+v", r)
	}
}

func TestOneByteAtATime(t *testing.T) {
	for _, name := range []string{"sms.xml", "calls.xml", "takeout.mbox"} {
		text := must(readAll(name))
		whole, pieces := &collector{}, &collector{}
		readFile(t, name, options(), whole)
		if _, err := Read(t.Context(), iotest.OneByteReader(bytes.NewReader(text)), name, 0, options(), pieces, nil); err != nil {
			t.Fatal(err)
		}
		if len(whole.items) != len(pieces.items) {
			t.Fatalf("%s: %d items, %d in pieces", name, len(whole.items), len(pieces.items))
		}
		for i := range whole.items {
			a, b := whole.items[i], pieces.items[i]
			if a.Key != b.Key || a.Content != b.Content || a.Raw != b.Raw || a.Locator != b.Locator {
				t.Errorf("%s: item %d differs", name, i)
			}
		}
	}
}
