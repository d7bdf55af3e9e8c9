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
	client    map[string]bool // the client's own addresses, whatever was chosen
	systems   map[record.System]bool
}

// Why messages are left out: they belong to other people.
const (
	otherConversation = "another conversation"
	otherGroup        = "a group conversation with other people"
)

// OtherPeoples reports whether messages were left out since they belong to
// another conversation, and whether that is a group with the client in it,
// which can be chosen by its key.
func OtherPeoples(r intake.Reason) (others, group bool) {
	group = strings.HasPrefix(r.Reason, otherGroup)
	return group || r.Reason == otherConversation, group
}

// chooseThreads makes the choice out of the client's own addresses, or of the
// conversations that were named instead. In the name of a group the practice's
// own addresses do not matter: some phones list them, and threads never do.
func chooseThreads(client record.Client, only []string, opt intake.Options) (choice, error) {
	c := choice{addresses: map[string]bool{}, groups: map[string]bool{}, client: map[string]bool{}, systems: map[record.System]bool{}}
	for _, point := range client.Contacts {
		if point.Normal != "" {
			c.client[point.Normal], c.systems[point.System] = true, true
		}
	}
	for _, address := range only {
		parts := strings.Split(address, "~")
		for i := range parts {
			parts[i] = intake.Normalize(parts[i], opt.Region)
		}
		if len(parts) > 1 {
			parts = slices.DeleteFunc(parts, func(a string) bool { return slices.Contains(opt.Own, a) })
		}
		slices.Sort(parts)
		switch parts = slices.Compact(parts); len(parts) {
		case 0:
		case 1:
			c.addresses[parts[0]] = true
		default:
			c.groups[intake.Thread(parts).Key()] = true
		}
	}
	if len(only) == 0 {
		c.addresses = c.client
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

// direction tells the client's own words from a third person's. A conversation
// with one address is the client's if that is the client's, or if the client
// has none of its kind yet.
func (c choice) direction(h intake.Head) record.Direction {
	from := h.From()
	switch {
	case !slices.ContainsFunc(h.Thread, c.isClient) && !c.mayBeClient(h.Thread):
		return record.Third
	case h.Direction == record.In && len(h.Thread) > 1 && from != "" && !c.isClient(from):
		return record.Third
	}
	return h.Direction
}

func (c choice) isClient(address string) bool { return c.client[address] }

func (c choice) mayBeClient(t intake.Thread) bool {
	return len(t) == 1 && !c.systems[systemOf(t[0])]
}

func systemOf(address string) record.System {
	if strings.Contains(address, "@") {
		return record.Email
	}
	return record.Phone
}
