package inbox

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"casekeep/app/intake"
	"casekeep/vault/record"
)

// conversation is what several exports hold of one conversation: the unit that
// is filed. Everything with one of a client's addresses is one, the emails
// that other people received too included, since filing the address takes
// them.
type conversation struct {
	thread      intake.Thread
	names       []string // as the exports give them
	counts      map[record.Channel]int
	messages    int
	unsent      int // drafts, failed and the like among messages
	attachments int
	first, last time.Time
	newest      []intake.Snippet // newest first
	files       []int            // the exports that hold it
	owners      []record.ClientSummary
}

// key names the conversation in an import's request.
func (c *conversation) key() string { return c.thread.Key() }

// group reports whether more than one other person takes part.
func (c *conversation) group() bool { return len(c.thread) > 1 }

// owner gives the client whose record it belongs to, if there is no doubt.
func (c *conversation) owner() (record.ClientSummary, bool) {
	if len(c.owners) != 1 || !c.allOwned() {
		return record.ClientSummary{}, false
	}
	return c.owners[0], true
}

// allOwned reports whether every address is one of its owner's.
func (c *conversation) allOwned() bool {
	return !slices.ContainsFunc(c.thread, func(a string) bool {
		return !slices.ContainsFunc(c.owners[0].Contacts, func(p record.ContactPoint) bool { return p.Normal == a })
	})
}

// known gives the clients of each address.
type known map[string][]record.ClientSummary

// gather makes the conversations of all exports, newest first.
func gather(previews []intake.Preview, clients known) []*conversation {
	all := map[string]*conversation{}
	take := func(thread intake.Thread) *conversation {
		c := all[thread.Key()]
		if c == nil {
			c = &conversation{thread: thread, counts: map[record.Channel]int{}}
			all[thread.Key()] = c
		}
		return c
	}
	for file, p := range previews {
		for i := range p.Threads {
			t := &p.Threads[i]
			shared := sharedMail(t, clients)
			for _, address := range shared {
				take(intake.Thread{address}).add(t, file)
			}
			if len(shared) == 0 {
				c := take(t.Thread)
				c.add(t, file)
				c.name(t.Names)
			}
		}
	}
	list := slices.Collect(maps.Values(all))
	for _, c := range list {
		c.owners = ownersOf(c.thread, clients)
	}
	slices.SortFunc(list, func(a, b *conversation) int {
		return cmp.Or(b.last.Compare(a.last), strings.Compare(a.key(), b.key()))
	})
	return list
}

// sharedMail gives the clients' addresses among those of an email that several
// people wrote or received: it is filed with each of them.
func sharedMail(t *intake.ThreadPreview, clients known) []string {
	if len(t.Thread) < 2 || t.Counts[record.Mail] < t.Messages {
		return nil
	}
	var all []string
	for _, address := range t.Thread {
		if len(clients[address]) > 0 {
			all = append(all, address)
		}
	}
	return all
}

func ownersOf(thread intake.Thread, clients known) []record.ClientSummary {
	var all []record.ClientSummary
	for _, address := range thread {
		for _, c := range clients[address] {
			if !slices.ContainsFunc(all, func(other record.ClientSummary) bool { return other.ID == c.ID }) {
				all = append(all, c)
			}
		}
	}
	return all
}

// shownSnippets is how many messages are shown of a conversation of nobody.
const shownSnippets = 3

func (c *conversation) add(t *intake.ThreadPreview, file int) {
	c.messages += t.Messages
	c.unsent += t.Unsent
	c.attachments += t.Attachments
	for channel, n := range t.Counts {
		c.counts[channel] += n
	}
	if c.first.IsZero() || t.First.Before(c.first) {
		c.first = t.First
	}
	if t.Last.After(c.last) {
		c.last = t.Last
	}
	if n := len(c.files); n == 0 || c.files[n-1] != file {
		c.files = append(c.files, file)
	}
	c.remember(t.Newest)
}

// remember keeps the newest messages; overlapping exports hold the same ones.
func (c *conversation) remember(newest []intake.Snippet) {
	for _, s := range newest {
		if !slices.Contains(c.newest, s) {
			c.newest = append(c.newest, s)
		}
	}
	slices.SortStableFunc(c.newest, func(a, b intake.Snippet) int { return b.At.Compare(a.At) })
	c.newest = c.newest[:min(len(c.newest), shownSnippets)]
}

func (c *conversation) name(names []string) {
	for _, name := range names {
		if !slices.Contains(c.names, name) {
			c.names = append(c.names, name)
		}
	}
}
