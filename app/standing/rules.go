package standing

import (
	"casekeep/assets"
	"casekeep/vault/record"
)

// rule decides whether a record shows a duty. One that looks at a client's
// record has client; one that looks at the practice's own book has book.
type rule struct {
	client func(c *File, s assets.Standard) verdict
	book   func(p *Practice, s assets.Standard) verdict
	early  bool // it is owed from the screening on, before services begin
	each   bool // it says something else for each of its duties
}

// duty is a duty of the catalogue with its rule.
type duty struct {
	assets.Standard
	rule rule
}

// duties are all duties in the order of the catalogue: that of the authority
// of the documents.
var duties = func() []duty {
	var all []duty
	for _, s := range assets.Standards() {
		all = append(all, duty{s, rules()[s.Rule]})
	}
	return all
}()

// rules gives all rules by the names that the catalogue gives them.
func rules() map[string]rule {
	return map[string]rule{
		"record-without-billing": {client: withoutBilling, book: withoutBillingOwn, early: true},
		"license-reaches":        {client: licenseReaches, book: licenseOwn, early: true},
		"told":                   {client: told, book: policiesOwn, each: true},
		"record-known":           {client: recordKnown, book: policiesOwn, each: true},
		"agreement":              {client: agreement, book: policiesOwn, each: true},
		"group-told":             {client: groupTold, book: policiesOwn, each: true},
		"consent":                {client: consent},
		"discussion":             {client: discussion},
		"search-told":            {client: searchTold, early: true},
		"search-basis":           {client: searchBasis, early: true},
		"channel-consent":        {client: channelConsent, early: true},
		"channel-in-writing":     {client: channelInWriting, book: phoneVendors},
		"safe-channels":          {client: safeChannels, early: true},
		"device":                 {client: device},
		"contacts-recorded":      {client: contactsRecorded, each: true},
		"disclosure":             {client: disclosure, early: true},
		"identity":               {client: identity},
		"identity-and-ethics":    {client: identityAndEthics, book: ethicsReview},
		"suitability":            {client: suitability, early: true, each: true},
		"preference":             {client: preference, early: true},
		"communication-needs":    {client: communicationNeeds, each: true},
		"prior":                  {client: prior, early: true},
		"contact-requests":       {client: contactRequests, each: true},
		"emergency-card":         {client: emergencyCard},
		"interruption":           {client: interruption, book: policiesOwn, each: true},
		"consumer-information":   {client: consumerInformation, book: profile, each: true},
		"breach":                 {client: breach, book: incidentsOwn, early: true, each: true},
		"payments":               {book: payments},
		"payments-told":          {client: paymentsTold, book: policiesOwn, each: true},
		"social-media-policy":    {client: socialMedia, book: socialMediaOwn, each: true},
		"protection":             {book: protection},
		"competence":             {book: competence},
		"supervision-skill":      {book: supervisionSkill, each: true},
		"supervision-place":      {client: supervisionPlace, book: supervisionPlaceOwn},
		"consultation":           {client: consultation, book: consultationOwn},
		"consultation-safe":      {client: consultationSafe, book: consultationSafeOwn},
		"evaluation-consent":     {client: evaluationConsent},
		"own-presence":           {book: ownPresence},
		"journal":                {book: journal},
		"conduct":                {client: conduct, book: conductOwn, early: true, each: true},
	}
}

// withoutBilling: MS 3.4.A.
func withoutBilling(c *File, _ assets.Standard) verdict {
	kind := c.facts.Client.Kind
	if kind == "" {
		kind = record.Individual
	}
	return documented("This record is that of a client (" + string(kind) + "), and asks for no billing.")
}

func withoutBillingOwn(*Practice, assets.Standard) verdict {
	return documented("Records are opened for whoever seeks services, and none asks for billing.")
}

func conduct(c *File, s assets.Standard) verdict {
	v := verdict{status: Outside, says: "Conduct outside the program."}
	for _, b := range c.boundaries {
		testimonial := b.Data.What == "testimonial" && (s.ID == "TSP 4.09" || s.ID == "NASW 2.14" || s.ID == "TIP 8")
		shared := b.Data.What == "shared-network" && s.ID == "TSP 4.08"
		if testimonial || shared {
			v.evidence = append(v.evidence, b.ID)
			v.says = "Conduct outside the program; what was noted of it stands in the record."
		}
	}
	return v
}

func conductOwn(*Practice, assets.Standard) verdict {
	return verdict{status: Outside, says: "Conduct outside the program."}
}
