package intake

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"casekeep/vault/record"
)

// Preview is what a first pass over a file found, to choose threads from.
// Nothing of it is stored.
type Preview struct {
	File     string
	Format   string
	Parser   string
	Size     int64       // bytes
	SHA256   record.Hash // of the file
	Declared int         // messages that the file says it holds; -1: it does not say
	Found    int
	Refused  int // messages that cannot be read
	CutOff   bool
	Warnings []Warning
	// Threads are sorted by their last message, newest first.
	Threads []ThreadPreview
	// Rest counts the messages of threads beyond the first fifty thousand.
	Rest int
}

// ThreadPreview sums up one conversation.
type ThreadPreview struct {
	Thread      Thread
	Names       []string // as the file gives them, up to five
	Group       bool
	Counts      map[record.Channel]int
	Messages    int
	Unsent      int // drafts, failed and the like among Messages
	Attachments int
	First, Last time.Time // UTC
	Newest      []Snippet // newest first
}

// Snippet is the beginning of a message.
type Snippet struct {
	At        time.Time
	Channel   record.Channel
	Direction record.Direction
	Text      string // one line
}

const (
	maxThreads  = 50_000
	maxNames    = 5
	maxSnippets = 3
	snippetSize = 120 // characters
)

// Survey reads a whole file for a preview: attachments are listed and not
// decoded, drafts are counted as messages too.
func Survey(ctx context.Context, r io.Reader, name string, size int64, opt Options, progress func(done, total int64)) (Preview, error) {
	opt.Drafts = true
	v := &surveyor{threads: map[string]*ThreadPreview{}}
	s := newSession(opt, v, name)
	s.survey = true
	err := s.read(ctx, r, size, progress)
	return v.preview(s.report), err
}

// surveyor is the Handler of a first pass.
type surveyor struct {
	threads map[string]*ThreadPreview
	rest    int
}

func (v *surveyor) Want(Head) (bool, string) { return true, "" }

// Part is never called on a first pass.
func (v *surveyor) Part(string, string) (PartWriter, error) { return nil, io.ErrUnexpectedEOF }

func (v *surveyor) Item(it Item) error {
	t := v.thread(it.Thread)
	if t == nil {
		v.rest++
		return nil
	}
	t.Messages++
	t.Counts[it.Channel]++
	t.Attachments += len(it.Attachments)
	t.Group = it.Group
	if isUnsent(it.Outcome) {
		t.Unsent++
	}
	for _, name := range it.Names {
		if len(t.Names) < maxNames && !slices.Contains(t.Names, name) {
			t.Names = append(t.Names, name)
		}
	}
	if t.First.IsZero() || it.At.Before(t.First) {
		t.First = it.At
	}
	if it.At.After(t.Last) {
		t.Last = it.At
	}
	t.remember(&it)
	return nil
}

func (v *surveyor) thread(of Thread) *ThreadPreview {
	key := of.Key()
	t := v.threads[key]
	if t == nil && len(v.threads) < maxThreads {
		t = &ThreadPreview{Thread: of, Counts: map[record.Channel]int{}}
		v.threads[key] = t
	}
	return t
}

// remember keeps a snippet of the newest messages.
func (t *ThreadPreview) remember(it *Item) {
	if len(t.Newest) == maxSnippets && !it.At.After(t.Newest[maxSnippets-1].At) {
		return
	}
	text := it.Body
	for _, other := range []string{it.Subject, it.Outcome} {
		if strings.TrimSpace(text) == "" {
			text = other
		}
	}
	t.Newest = append(t.Newest, Snippet{it.At, it.Channel, it.Direction, oneLine(text)})
	slices.SortStableFunc(t.Newest, func(a, b Snippet) int { return b.At.Compare(a.At) })
	t.Newest = t.Newest[:min(len(t.Newest), maxSnippets)]
}

// oneLine gives the beginning of a text on one line.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(cut(s, 8*snippetSize)), " ")
	if r := []rune(s); len(r) > snippetSize {
		return strings.TrimSpace(string(r[:snippetSize])) + "…"
	}
	return s
}

func (v *surveyor) preview(r Report) Preview {
	p := Preview{
		File: r.File, Format: r.Format, Parser: r.Parser, Size: r.Size, SHA256: r.SHA256,
		Declared: r.Declared, Found: r.Found, Refused: r.Refused, CutOff: r.CutOff,
		Warnings: r.Warnings, Rest: v.rest,
	}
	for _, t := range v.threads {
		p.Threads = append(p.Threads, *t)
	}
	slices.SortFunc(p.Threads, func(a, b ThreadPreview) int {
		if c := b.Last.Compare(a.Last); c != 0 {
			return c
		}
		return strings.Compare(a.Thread.Key(), b.Thread.Key())
	})
	return p
}
