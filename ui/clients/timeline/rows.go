package timeline

import (
	"time"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// row is a line of the timeline: a day, or an entry.
type row struct {
	day     string // empty: an entry
	entry   record.Entry
	message kit.Message
}

// rows arranges entries that come newest first: the newest day first, and
// within a day in the order in which things happened.
type rows struct {
	client record.Client
	all    []row
	at     map[record.EntryID]int
	marks  map[record.EntryID][]app.Mark
	held   []record.Entry // of the oldest day, which may go on in the next page
	cut    bool           // the last day in all is not whole
}

func newRows(c record.Client) *rows {
	return &rows{client: c, at: map[record.EntryID]int{}, marks: map[record.EntryID][]app.Mark{}}
}

// add takes the next page. A day that may go on waits for its rest, unless
// nothing else could be shown. It reports whether rows that stood already have
// changed.
func (r *rows) add(page []record.Entry, more bool, now time.Time) (changed bool) {
	if r.cut {
		for i := len(r.all) - 1; r.all[i].day == ""; i-- {
			delete(r.at, r.all[i].entry.ID)
			r.all = r.all[:i]
		}
		r.all = r.all[:len(r.all)-1]
		r.cut, changed = false, true
	}
	entries := append(r.held, page...)
	for len(entries) > 0 {
		n := sameDay(entries)
		if n == len(entries) && more && len(r.all) > 0 {
			break
		}
		r.cut = n == len(entries) && more
		r.addDay(entries[:n], now)
		if r.cut {
			break
		}
		entries = entries[n:]
	}
	r.held = append([]record.Entry(nil), entries...)
	return changed
}

// sameDay counts the entries at the beginning that are of one day, each in its
// own zone.
func sameDay(entries []record.Entry) int {
	first := dayOf(entries[0])
	for i, e := range entries {
		if dayOf(e) != first {
			return i
		}
	}
	return len(entries)
}

func dayOf(e record.Entry) record.Date { return record.DateOf(e.At.In(e.TimeZone())) }

func (r *rows) addDay(entries []record.Entry, now time.Time) {
	r.all = append(r.all, row{day: phrase.Day(entries[0].At.In(entries[0].TimeZone()), now)})
	for i := len(entries) - 1; i >= 0; i-- {
		e := entries[i]
		r.at[e.ID] = len(r.all)
		r.all = append(r.all, row{entry: e, message: Message(e, r.client, r.marks[e.ID]...)})
	}
}

// find gives the row of an entry, -1 if it is not there.
func (r *rows) find(id record.EntryID) int {
	if i, ok := r.at[id]; ok {
		return i
	}
	return -1
}

// entryAt gives the entry of a row; a day has none.
func (r *rows) entryAt(i int) (record.Entry, bool) {
	if i < 0 || i >= len(r.all) || r.all[i].day != "" {
		return record.Entry{}, false
	}
	return r.all[i].entry, true
}
