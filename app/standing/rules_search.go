package standing

import (
	"slices"

	"casekeep/assets"
	"casekeep/vault/record"
)

const noSearch = "No online search about this client is on record."

// untold gives the search notes of which the client was not told.
func (c *File) untold() []entry[record.SearchNote] {
	var waiting []entry[record.SearchNote]
	for _, n := range c.searches {
		if n.Data.Told != "yes" && c.toldOf(n.ID) == 0 {
			waiting = append(waiting, n)
		}
	}
	return waiting
}

// toldOf gives the entry that says that the client was told of a search, or 0.
func (c *File) toldOf(search record.EntryID) record.EntryID {
	for _, t := range c.tolds {
		if t.About == search {
			return t.ID
		}
	}
	return 0
}

// searchTold: TSP 2.06.
func searchTold(c *File, _ assets.Standard) verdict {
	if len(c.searches) == 0 {
		return notApplicable(noSearch)
	}
	if waiting := c.untold(); len(waiting) > 0 {
		first := waiting[0]
		text := "The client was not yet told of the search of " + first.Data.On.Long() + " (" + first.Data.Where + ")."
		if more := len(waiting) - 1; more > 0 {
			text += " " + capital(plural(more, "more search is", "more searches are")) + " open."
		}
		return open(text, following(record.FormSearchTold, first.ID), ids(waiting)...)
	}
	evidence := ids(c.searches)
	for _, n := range c.searches {
		if id := c.toldOf(n.ID); id != 0 {
			evidence = append(evidence, id)
		}
	}
	return documented("The client was told of "+plural(len(c.searches), "search", "searches")+".", evidence...)
}

// searchBasis: TSP 3.04; TIP 4.
func searchBasis(c *File, _ assets.Standard) verdict {
	if len(c.searches) == 0 {
		return notApplicable(noSearch)
	}
	parts := make([]verdict, len(c.searches))
	for i, n := range c.searches {
		parts[i] = c.basis(n)
	}
	return together(parts...)
}

func (c *File) basis(n entry[record.SearchNote]) verdict {
	day := n.Data.On.Long()
	switch n.Data.Basis {
	case record.BasisEmergency:
		return documented("The search of "+day+" was made in an emergency, which is on record.", n.ID)
	case record.BasisConsent:
		if c.consented(n.Data.Consent, n.Data.On) {
			return documented("The search of "+day+" rests on a consent.", n.ID, n.Data.Consent)
		}
		return open("The search of "+day+" names a consent that was not in force on that day.", following(record.FormSearch, 0), n.ID)
	}
	return open("The search of "+day+" had neither consent nor emergency: a departure from the standard, which stays flagged.", Act{}, n.ID)
}

// searchTopic is the policy that says when the practice searches.
const searchTopic = "searching"

// consented reports whether an entry is a consent to a search that was given by
// a day, had not ended, and was not taken back by a later one of the same kind.
func (c *File) consented(id record.EntryID, on record.Date) bool {
	for _, k := range c.consents {
		if k.ID == id {
			return (k.Data.What == "search" || k.Data.What == "other") && k.Data.Decision == record.Given && num(k.Data.On) <= num(on) &&
				(k.Data.Expires.IsZero() || num(on) <= num(k.Data.Expires)) && !c.withdrawn(k, on)
		}
	}
	for _, a := range c.acks {
		if a.ID == id {
			return ofSearching(a.Data) && a.Data.Decision == record.Given && num(a.Data.On) <= num(on) && !c.takenBack(a, on)
		}
	}
	return false
}

func (c *File) withdrawn(k entry[record.Consent], on record.Date) bool {
	for _, later := range c.consents {
		if later.Data.What == k.Data.What && later.Data.Decision != record.Given &&
			num(later.Data.On) >= num(k.Data.On) && num(later.Data.On) <= num(on) {
			return true
		}
	}
	return false
}

// ofSearching reports whether an acknowledgment is about searches.
func ofSearching(a record.Acknowledgment) bool {
	return slices.Contains(a.Earlier, searchTopic) ||
		slices.ContainsFunc(a.Policies, func(ref record.PolicyRef) bool { return ref.Topic == searchTopic })
}

func (c *File) takenBack(a entry[record.Acknowledgment], on record.Date) bool {
	return slices.ContainsFunc(c.acks, func(later entry[record.Acknowledgment]) bool {
		return later.ID != a.ID && later.Data.Decision != record.Given && ofSearching(later.Data) &&
			num(later.Data.On) >= num(a.Data.On) && num(later.Data.On) <= num(on)
	})
}
