package standing

import (
	"fmt"
	"time"

	"casekeep/vault/record"
)

// entry is a structured entry that stands, with what it states.
type entry[T any] struct {
	Data    T
	ID      record.EntryID
	Day     record.Date // on which it stands in the timeline
	Written time.Time
	About   record.EntryID
	Files   int
}

// add reads an entry and puts it at the end of a list.
func add[T any](list *[]entry[T], f record.Filed) error {
	e := entry[T]{ID: f.ID, Day: f.Day(), Written: f.Written, About: f.About, Files: f.Files}
	if err := decode(f.Data, &e.Data); err != nil {
		return fmt.Errorf("entry %s (%s) cannot be read: %w", f.ID, f.Form, err)
	}
	*list = append(*list, e)
	return nil
}

// last gives the entry of the latest day, of one day the one that was written
// last, or nil.
func last[T any](list []entry[T]) *entry[T] {
	if len(list) == 0 {
		return nil
	}
	return &list[len(list)-1]
}

// ids gives the ids of entries.
func ids[T any](list []entry[T]) []record.EntryID {
	all := make([]record.EntryID, len(list))
	for i, e := range list {
		all[i] = e.ID
	}
	return all
}
