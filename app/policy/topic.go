package policy

import "slices"

// Topic is something that the practice has a policy about.
type Topic struct {
	Key     string // names the topic in the vault and its starter text in assets
	Title   string
	Summary string // one line

	// Informs are the duties of the practice standards that an acknowledgment of
	// the text shows as told, by their IDs. Telling is not always all that a duty
	// asks: TSP 5.02 also wants every contact on record, TSP 2.04 an identity
	// verified where it can be.
	Informs []string

	// ByClients is set where each client acknowledges the text unless the practice
	// chooses otherwise. The others guide the practice and may be handed out.
	ByClients bool

	// When says in plain words where the topic applies, "" for everywhere.
	When  string
	where func(Facts) bool
}

// Applies reports whether the practice needs the topic.
func (t Topic) Applies(f Facts) bool { return t.where == nil || t.where(f) }

// Topics lists every topic, in the order in which a client meets them.
func Topics() []Topic { return slices.Clone(topics) }

// Find gives the topic of a key.
func Find(key string) (Topic, bool) {
	at := slices.IndexFunc(topics, func(t Topic) bool { return t.Key == key })
	if at < 0 {
		return Topic{}, false
	}
	return topics[at], true
}

func keys() []string {
	var list []string
	for _, t := range topics {
		list = append(list, t.Key)
	}
	return list
}
