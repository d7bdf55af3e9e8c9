package app

import (
	"casekeep/app/form"
	"casekeep/vault/record"
)

// signers names the people who decide: the client, each member of a couple,
// family or group, or the guardians of a minor. The capacity is left to be
// judged (TSP 2.01), except that of an adult, who is presumed to have it: the
// practitioner changes the answer where there is a doubt.
func (at preparing) signers(v form.Values) error {
	c := at.client.Client
	guardians, err := at.guardians()
	if err != nil {
		return err
	}
	all := guardians.signers
	if guardians.alone {
		v["signers"] = all
		return nil
	}
	for _, m := range c.Members {
		all = append(all, record.Signer{Name: m.Name, Role: "member", Capacity: at.presumed(m.Born)})
	}
	if len(c.Members) == 0 {
		all = append(all, record.Signer{Name: c.Name, Role: signerRole(c.Kind), Capacity: at.presumed(c.Born)})
	}
	v["signers"] = all
	return nil
}

// signerRole says in which role somebody decides for a client without members:
// an organization or community is represented.
func signerRole(k record.Kind) string {
	switch k {
	case record.Organization, record.Community:
		return "representative"
	}
	return "client"
}

// presumed gives "yes" for somebody who is surely of age, and else nothing: a
// member of a couple is presumed to be of age where no day of birth is known.
func (at preparing) presumed(born record.Date) string {
	switch {
	case born.IsZero() && at.client.Client.Kind == record.Couple:
		return "yes"
	case born.IsZero():
		return ""
	}
	if reached := (record.Date{Year: born.Year + at.ofAge(), Month: born.Month, Day: born.Day}); at.today.Before(reached) {
		return ""
	}
	return "yes"
}

// ofAge gives the age of majority in years. Where none is confirmed it is the
// highest that a state has.
func (at preparing) ofAge() int {
	const highest = 21
	if at.settings.Ages.Majority > 0 {
		return at.settings.Ages.Majority
	}
	return highest
}

// deciding are the guardians who may consent for a client.
type deciding struct {
	signers []record.Signer
	alone   bool // the client does not decide
}

// guardians gives who may consent for a minor, as it was stated.
func (at preparing) guardians() (deciding, error) {
	filed, found := lastOf(at.client, record.FormMinor)
	if !found || at.presumed(at.client.Client.Born) == "yes" {
		return deciding{}, nil
	}
	minor, err := form.Decode[record.Minor](filed.Data)
	if err != nil || minor.ConsentBy == "client" {
		return deciding{}, err
	}
	var d deciding
	for _, g := range minor.Guardians {
		if g.MayConsent == "yes" {
			d.signers = append(d.signers, record.Signer{Name: g.Name, Role: "guardian", Capacity: "yes"})
		}
	}
	d.alone = len(d.signers) > 0 && minor.ConsentBy != "both"
	return d, nil
}
