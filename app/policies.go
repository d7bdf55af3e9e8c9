package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"casekeep/app/form"
	"casekeep/app/policy"
	"casekeep/vault"
	"casekeep/vault/record"
)

// Policy is what the practice has on one topic.
type Policy struct {
	Topic    policy.Topic
	Applies  bool            // the practice needs it, as it is set up
	Versions []PolicyVersion // newest first
	Current  int             // the one in effect, an index of Versions; -1: none yet
	Coming   int             // the newest one that is not in effect yet; -1: none
	Changed  []string        // settings that the newest version states and that changed since, a sentence each
	Gaps     []string        // what is still to be filled in in the current text
	ReviewBy record.Date     // of the current version (TIP 5)
	Told     int             // active clients who acknowledged the current version
	NotTold  []PolicyClient  // active clients who did not, by name; none where clients need not acknowledge it
}

// PolicyVersion is one version of a policy. Its text is fetched by PolicyText.
type PolicyVersion struct {
	Entry record.EntryID
	record.PolicyVersion
}

// Ref names the version in an acknowledgment.
func (v PolicyVersion) Ref() record.PolicyRef {
	return record.PolicyRef{Topic: v.Topic, Title: v.Title, Version: v.Version, Hash: v.Hash}
}

// PolicyClient is a client who has not acknowledged a version.
type PolicyClient struct {
	ID   record.ClientID
	Name string
}

// InEffect gives the version in effect.
func (p Policy) InEffect() (PolicyVersion, bool) {
	if p.Current < 0 {
		return PolicyVersion{}, false
	}
	return p.Versions[p.Current], true
}

// Policies gives what the practice has on every topic, in the order in which a
// client meets them: also on topics of which nothing is written yet.
func (p *Practice) Policies(ctx context.Context) ([]Policy, error) {
	all, err := p.allFacts(ctx)
	if err != nil {
		return nil, err
	}
	facts, err := p.policyFacts(ctx, bookOf(all))
	if err != nil {
		return nil, err
	}
	today, err := p.dayNow(ctx)
	if err != nil {
		return nil, err
	}
	clients, err := toldVersions(all)
	if err != nil {
		return nil, err
	}
	list, err := policiesOf(bookOf(all), facts, today)
	if err != nil {
		return nil, err
	}
	for i := range list {
		one := &list[i]
		current, ok := one.InEffect()
		if !ok {
			continue
		}
		text, err := p.PolicyText(ctx, current.Entry)
		if err != nil {
			return nil, err
		}
		one.Gaps = policy.Gaps(text)
		one.count(all, clients)
	}
	return list, nil
}

// policiesOf orders the versions in the practice's own book by their topics.
func policiesOf(book record.Facts, facts policy.Facts, today record.Date) ([]Policy, error) {
	versions, err := policyVersions(book)
	if err != nil {
		return nil, err
	}
	reviewed, err := policyReviews(book)
	if err != nil {
		return nil, err
	}
	var list []Policy
	for _, topic := range policy.Topics() {
		one := Policy{Topic: topic, Applies: topic.Applies(facts), Versions: versions[topic.Key], Current: -1, Coming: -1}
		one.Current = slices.IndexFunc(one.Versions, func(v PolicyVersion) bool { return !today.Before(v.Effective) })
		if len(one.Versions) > 0 {
			if one.Current != 0 {
				one.Coming = 0
			}
			one.Changed = policy.Changed(one.Versions[0].Stated, policy.Stated(topic.Key, facts))
		}
		if current, ok := one.InEffect(); ok {
			one.ReviewBy = policy.ReviewBy(later(current.Effective, reviewed[current.Entry]))
		}
		list = append(list, one)
	}
	return list, nil
}

// policyVersions gives the versions by topic, newest first.
func policyVersions(book record.Facts) (map[string][]PolicyVersion, error) {
	versions := map[string][]PolicyVersion{}
	for _, f := range book.Forms {
		if f.Form != record.FormPolicy {
			continue
		}
		v, err := form.Decode[record.PolicyVersion](f.Data)
		if err != nil {
			return nil, err
		}
		versions[v.Topic] = append(versions[v.Topic], PolicyVersion{f.ID, v})
	}
	for _, list := range versions {
		slices.SortFunc(list, func(a, b PolicyVersion) int { return b.Version - a.Version })
	}
	return versions, nil
}

// policyReviews gives the day on which each version was last looked at and
// left as it is.
func policyReviews(book record.Facts) (map[record.EntryID]record.Date, error) {
	reviewed := map[record.EntryID]record.Date{}
	for _, f := range book.Forms {
		if f.Form != record.FormReview || f.About == 0 {
			continue
		}
		review, err := form.Decode[record.Review](f.Data)
		if err != nil {
			return nil, err
		}
		reviewed[f.About] = later(reviewed[f.About], review.On)
	}
	return reviewed, nil
}

func later(a, b record.Date) record.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// count says who acknowledged the version in effect.
func (p *Policy) count(all []record.Facts, clients map[record.ClientID]told) {
	current := p.Versions[p.Current]
	for _, f := range all {
		switch {
		case f.Client.ID <= 0 || f.Client.Status != record.Active:
		case clients[f.Client.ID].all(current.Hash, f.Client):
			p.Told++
		case p.Topic.ByClients:
			p.NotTold = append(p.NotTold, PolicyClient{f.Client.ID, f.Client.Name})
		}
	}
	slices.SortStableFunc(p.NotTold, func(a, b PolicyClient) int {
		return strings.Compare(vault.Plain(a.Name), vault.Plain(b.Name))
	})
}

// toldVersions gives who went through each version, by its hash, per client.
// One who declined was told as well.
func toldVersions(all []record.Facts) (map[record.ClientID]told, error) {
	clients := map[record.ClientID]told{}
	for _, f := range all {
		for _, filed := range f.Forms {
			if filed.Form != record.FormAcknowledgment {
				continue
			}
			a, err := form.Decode[record.Acknowledgment](filed.Data)
			if err != nil {
				return nil, err
			}
			if clients[f.Client.ID] == nil {
				clients[f.Client.ID] = told{}
			}
			for _, ref := range a.Policies {
				clients[f.Client.ID][ref.Hash] = append(clients[f.Client.ID][ref.Hash], a.Signers...)
			}
		}
	}
	return clients, nil
}

// told holds, by the hash of a version, the people who decided about it.
type told map[record.Hash][]record.Signer

// all reports whether everybody whom a record is about went through a version:
// each member of a couple, family or group is told (TSP 3.07).
func (t told) all(version record.Hash, c record.Client) bool {
	return len(t[version]) > 0 && len(t.missing(version, c)) == 0
}

// missing gives the members who have not gone through a version.
func (t told) missing(version record.Hash, c record.Client) []record.Member {
	var missing []record.Member
	for _, m := range c.Members {
		if !slices.ContainsFunc(t[version], func(s record.Signer) bool { return strings.EqualFold(s.Name, m.Name) }) {
			missing = append(missing, m)
		}
	}
	return missing
}

// bookOf gives the practice's own book out of what is on record.
func bookOf(all []record.Facts) record.Facts {
	i := slices.IndexFunc(all, func(f record.Facts) bool { return f.Client.ID == record.Book })
	if i < 0 {
		return record.Facts{}
	}
	return all[i]
}

// PolicyText gives the text of a version.
func (p *Practice) PolicyText(ctx context.Context, id record.EntryID) (string, error) {
	e, err := p.v.Entry(ctx, id)
	if err != nil {
		return "", err
	}
	if e.Form != record.FormPolicy {
		return "", fmt.Errorf("entry %s is no policy", id)
	}
	return e.Body, nil
}
