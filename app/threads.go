package app

import (
	"fmt"
	"slices"
	"strings"

	"casekeep/app/intake"
	"casekeep/vault/record"
)

// choice decides which messages of a file belong to the client that was
// chosen. Other people's messages are counted and never stored.
type choice struct {
	addresses map[string]bool // normalized
	groups    map[string]bool // keys of group conversations that were chosen by name
}

// Why messages are left out.
const (
	otherConversation = "another conversation"
	otherGroup        = "a group conversation with other people"
)

// chooseThreads makes the choice out of the client's own addresses, or of the
// conversations that were named instead.
func chooseThreads(client record.Client, only []string, region string) (choice, error) {
	c := choice{addresses: map[string]bool{}, groups: map[string]bool{}}
	for _, address := range only {
		parts := strings.Split(address, "~")
		for i := range parts {
			parts[i] = intake.Normalize(parts[i], region)
		}
		if len(parts) == 1 {
			c.addresses[parts[0]] = true
			continue
		}
		slices.Sort(parts)
		c.groups[intake.Thread(slices.Compact(parts)).Key()] = true
	}
	if len(only) == 0 {
		for _, point := range client.Contacts {
			c.addresses[point.Normal] = true
		}
	}
	delete(c.addresses, "")
	if len(c.addresses)+len(c.groups) == 0 {
		return c, fmt.Errorf("%s has no number or email address yet: add one to the client, or name the conversation to import", client.Name)
	}
	return c, nil
}

// want takes a conversation whose people are all the client's, a group that
// was chosen by name, and every email that the client wrote or received.
func (c choice) want(h intake.Head) (bool, string) {
	ours := 0
	for _, a := range h.Thread {
		if c.addresses[a] {
			ours++
		}
	}
	switch {
	case c.groups[h.Thread.Key()], len(h.Thread) > 0 && ours == len(h.Thread):
		return true, ""
	case ours == 0:
		return false, otherConversation
	case h.Channel == record.Mail:
		return true, ""
	}
	return false, otherGroup + ": to file it choose " + h.Thread.Key()
}

// direction tells the client's own words from a third person's.
func (c choice) direction(h intake.Head) record.Direction {
	if h.Direction != record.In || len(h.Thread) < 2 || h.From() == "" || c.addresses[h.From()] {
		return h.Direction
	}
	if len(c.addresses) == 0 {
		return h.Direction
	}
	return record.Third
}
