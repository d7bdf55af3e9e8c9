package app

import (
	"context"
	"slices"
	"sync"

	"casekeep/vault/record"
)

// known holds what the standards ask of every record, as it was read last.
// Nothing of it is stored: it is read anew for the records that the audit
// trail says were touched since.
type known struct {
	mu    sync.Mutex
	head  int64 // the newest event that is in it
	facts map[record.ClientID]fresh
}

// fresh is what is on record of one client, and the event as of which it was
// read.
type fresh struct {
	record.Facts
	read int64
}

// allFacts gives what is on record of every client, and of the practice's own
// book, in the order of the ids. The first call reads all; each later one
// reads the records that changed.
func (p *Practice) allFacts(ctx context.Context) ([]record.Facts, error) {
	list, _, err := p.freshFacts(ctx)
	all := make([]record.Facts, len(list))
	for i, f := range list {
		all[i] = f.Facts
	}
	return all, err
}

// freshFacts is allFacts with the number of the newest event that is in them.
func (p *Practice) freshFacts(ctx context.Context) (all []fresh, head int64, err error) {
	p.known.mu.Lock()
	defer p.known.mu.Unlock()
	changed, head, err := p.v.Changes(ctx, p.known.head)
	if err != nil {
		return nil, 0, err
	}
	if p.known.facts == nil {
		changed, p.known.facts = nil, map[record.ClientID]fresh{}
	}
	changed = slices.DeleteFunc(changed, func(id record.ClientID) bool { return id == 0 })
	if slices.Contains(changed, record.Book) {
		changed = append(changed, p.known.followers()...)
	}
	if len(changed) > 0 || p.known.head == 0 {
		list, err := p.v.Facts(ctx, changed...)
		if err != nil {
			p.known.facts, p.known.head = nil, 0
			return nil, 0, err
		}
		for _, id := range changed { // one that was taken back is in no list
			delete(p.known.facts, id)
		}
		for _, f := range list {
			p.known.facts[f.Client.ID] = fresh{f, head}
		}
	}
	p.known.head = head
	all = make([]fresh, 0, len(p.known.facts))
	for _, f := range p.known.facts {
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b fresh) int { return int(a.Client.ID - b.Client.ID) })
	return all, head, nil
}

// followers gives the clients with entries that follow up an entry of the
// practice's book, which they are about anew once it is corrected.
func (k *known) followers() []record.ClientID {
	var all []record.ClientID
	for id, f := range k.facts {
		if slices.ContainsFunc(f.Forms, func(e record.Filed) bool { return e.Form == record.FormBreachNotice }) {
			all = append(all, id)
		}
	}
	return all
}

// factsOf gives what is on record of one client, and of the practice's own book.
func (p *Practice) factsOf(ctx context.Context, id record.ClientID) (client, book record.Facts, err error) {
	list, err := p.v.Facts(ctx, id, record.Book)
	if err != nil {
		return client, book, err
	}
	for _, f := range list {
		switch f.Client.ID {
		case record.Book:
			book = f
		case id:
			client = f
		}
	}
	if client.Client.ID != id && id != record.Book {
		return client, book, ErrNoClient
	}
	return client, book, nil
}
