package ui

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/vault/record"
)

// When what is being typed is kept, so that a crash does not lose it.
const (
	keepAfter  = 3 * time.Second  // without input
	keepAtMost = 30 * time.Second // where somebody types on and on
)

// slot is the place of one draft in the vault.
type slot struct {
	client record.ClientID
	form   record.Form
}

// keeper knows what of the drafts the vault holds already. All but over belongs
// to the main goroutine.
type keeper struct {
	held    map[slot]string // that were kept since the vault was opened
	refused map[slot]string // what could not be kept last: it is tried again once it is another
	looked  time.Time       // when the drafts were collected last
	doubt   bool            // something was saved, and its draft removed perhaps: held is to be looked at again
	busy    bool
	over    chan struct{} // closed when the last keeping has ended; nil: there was none
}

// changes gives the drafts that the vault does not hold, or all where that is
// in doubt, and an empty text for each that it holds and that is no draft any
// more.
func (k *keeper) changes(drafts []desk.Draft, all bool) map[slot]string {
	texts := map[slot]string{}
	for _, d := range drafts {
		texts[slot{d.Client, d.Form}] = d.Text
	}
	for s, held := range k.held {
		switch text, ok := texts[s]; {
		case !ok:
			texts[s] = ""
		case text == held && !all:
			delete(texts, s)
		}
	}
	return texts
}

// took notes that the vault holds what was changed.
func (k *keeper) took(texts map[slot]string) {
	if k.held == nil {
		k.held = map[slot]string{}
	}
	maps.Copy(k.held, texts)
	maps.DeleteFunc(k.held, func(_ slot, text string) bool { return text == "" })
	k.refused = nil
}

// drafts collects what was typed into the pages and is not saved.
func (d *session) drafts() []desk.Draft {
	var all []desk.Draft
	for _, page := range d.pages {
		if page, ok := page.(desk.Drafter); ok {
			all = append(all, page.Drafts()...)
		}
	}
	return append(all, d.sheets.Drafts()...)
}

// keepTyped keeps what was typed, once nobody types for a moment. A failure is
// said once: what was typed is still in the window, and the lock tries again.
func (d *session) keepTyped(now time.Time, idle time.Duration) {
	k := &d.keeper
	if k.busy || d.work != nil || d.practice.ReadOnly() != nil || idle < keepAfter && now.Sub(k.looked) < keepAtMost {
		return
	}
	k.looked = now
	texts := k.changes(d.drafts(), k.doubt)
	k.doubt = false
	if len(texts) == 0 || maps.Equal(texts, k.refused) {
		return
	}
	over := make(chan struct{})
	k.busy, k.over = true, over
	d.Load(func(ctx context.Context) error {
		defer close(over)
		return d.write(ctx, texts)
	}, func(err error) {
		k.busy = false
		if err == nil {
			k.took(texts)
			return
		}
		if k.refused == nil {
			d.Toast("What you typed is not kept yet: "+app.Sentence(err), "", nil)
		}
		k.refused = texts
	})
}

// keep ends long work, which takes back what is half done, and keeps drafts.
func (d *session) keep(texts map[slot]string) error {
	if w := d.work; w != nil {
		w.cancel()
		<-w.over
	}
	if over := d.keeper.over; over != nil {
		<-over // an older text may not come after this one
	}
	if err := d.write(context.Background(), texts); err != nil {
		return fmt.Errorf("what you typed and did not log could not be kept: %w", err)
	}
	return nil
}

// write writes drafts into the vault, and removes those without a text. What
// the vault holds already is left alone.
func (d *session) write(ctx context.Context, texts map[slot]string) error {
	var failed []error
	for s, text := range texts {
		held, err := d.practice.FormDraft(ctx, s.client, s.form)
		if err == nil && held != text {
			err = d.practice.SaveFormDraft(ctx, s.client, s.form, text)
		}
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}
