package standing

import (
	"fmt"

	"casekeep/app/form"
	"casekeep/assets"
	"casekeep/vault/record"
)

// channelConsent: TSP 4.03.
func channelConsent(c *File, _ assets.Standard) verdict {
	uses := c.uses()
	if len(uses) == 0 && len(c.channels) == 0 {
		return notApplicable("No contact over a channel that needs consent is on record, and nothing was agreed for one.")
	}
	var parts []verdict
	for _, use := range uses {
		parts = append(parts, c.used(use))
	}
	for _, e := range c.channels {
		parts = append(parts, documented("What was agreed for channels is on record.", e.ID))
	}
	return together(parts...)
}

func (c *File) used(use ChannelUse) verdict {
	name := form.ChannelName(use.Channel)
	agreed, found := c.Agreed(use.Channel)
	switch {
	case use.Outside == 0:
		return documented(fmt.Sprintf("%s: allowed since %s; %s on record.", name, dayOr(agreed.Since, agreed.About),
			plural(use.Contacts, "contact", "contacts")), agreed.Entry)
	case !found:
		return open(fmt.Sprintf("%s: nothing was agreed, and %s on record.", name, plural(use.Outside, "contact is", "contacts are")), agreeing(use.Channel))
	case agreed.Decision == Allowed:
		return open(fmt.Sprintf("%s: %s without consent, from days for which it was not allowed; it stays flagged.", name,
			plural(use.Outside, "contact was", "contacts were")), Act{}, agreed.Entry)
	}
	return open(fmt.Sprintf("%s: not allowed since %s, and %s without consent.", name, dayOr(agreed.Since, agreed.About),
		plural(use.Outside, "contact was", "contacts were")), agreeing(use.Channel), agreed.Entry)
}

// channelInWriting: TIP 10.
func channelInWriting(c *File, s assets.Standard) verdict {
	agreed, found := c.Agreed(record.Text)
	texting := notApplicable("Texting was not agreed on.")
	switch {
	case found && agreed.Decision == Allowed && agreed.InWriting():
		texting = documented("Texting was agreed on in writing on "+dayOr(agreed.Since, agreed.About)+".", agreed.Entry)
	case found && agreed.Decision == Allowed:
		texting = open("Texting was agreed on, but not in writing.", agreeing(record.Text), agreed.Entry)
	case len(c.rows(record.Text)) > 0:
		texting = open("Texts are on record, and no agreement in writing.", agreeing(record.Text))
	}
	if texting.status == NotApplicable {
		return texting
	}
	return together(texting, phoneVendors(c.p, s))
}

// safeChannels: TSP 3.09.
func safeChannels(c *File, _ assets.Standard) verdict {
	var parts []verdict
	switch asked := last(c.safe); {
	case asked != nil:
		parts = append(parts, documented("How to reach the client without harm was asked on "+asked.Day.Long()+".", asked.ID))
	case c.facts.Client.SafeContact != "":
		parts = append(parts, documented("How to reach the client without harm stands above the record."))
	default:
		parts = append(parts, open("It was not asked how the client can be reached without harm.", doing(record.FormSafeContact)))
	}
	if c.facts.Client.Status == record.Screening && c.contacts(record.TallyService) == 0 {
		return parts[0]
	}
	parts = append(parts, c.warned(), c.secure())
	return together(parts...)
}

// warned: the client was told how weak messaging over third parties is.
func (c *File) warned() verdict {
	for _, e := range c.channels {
		if !e.Data.Warned.IsZero() {
			return documented("The client was told on "+e.Data.Warned.Long()+" how weak messaging over other people’s machines is.", e.ID)
		}
	}
	if v := c.told(c.tell("TSP 3.09"), false); v.status == Documented || v.status == Due {
		return v
	}
	return open("Nothing shows that the client was told how weak messaging over other people’s machines is.", agreeing(record.Text))
}

// secure: a secure way to be in touch was named to the client, and is still
// allowed.
func (c *File) secure() verdict {
	for _, e := range c.channels {
		if e.Data.Preferred == "yes" && e.Data.Decision == Allowed && c.AllowedOn(e.Data.Channel, c.day) {
			return documented("The secure way is "+form.ChannelName(e.Data.Channel)+".", e.ID)
		}
	}
	if v := c.told(c.tell("TSP 3.09"), false); v.status == Documented || v.status == Due {
		return v
	}
	channel := c.p.Settings.Secure
	if channel == "" {
		channel = record.Portal
	}
	return open("No secure way to be in touch was named to the client.", agreeing(channel))
}

// device: NASW 2.11.
func device(c *File, _ assets.Standard) verdict {
	var parts []verdict
	for _, channel := range record.Channels() {
		if !channel.Remote() {
			continue
		}
		agreed, _ := c.Agreed(channel)
		used := len(c.rows(channel)) > 0 || agreed.Decision == Allowed
		name := form.ChannelName(channel)
		switch {
		case agreed.Device != "":
			parts = append(parts, documented(name+": "+agreed.Device+".", agreed.Entry))
		case used && channel.NeedsConsent():
			parts = append(parts, open(name+": it is not noted over which number or device.", agreeing(channel)))
		}
	}
	if len(parts) == 0 {
		return notApplicable("No electronic channel is in use with this client.")
	}
	return together(parts...)
}

// licenseReaches: MS 3.4.B; TSP 1.09, 3.03, 7.01; NASW 2.02.
func licenseReaches(c *File, _ assets.Standard) verdict {
	act := Act{Form: record.FormLicense, Page: "practice", Label: labels[record.FormLicense]}
	contacts, gaps, nowhere := c.remote()
	var parts []verdict
	for _, g := range gaps {
		parts = append(parts, open(fmt.Sprintf("%s took place in %s on days on which no license, permit, compact or federal authority on record reached it.",
			plural(g.contacts, "remote contact", "remote contacts"), record.JurisdictionName(g.jurisdiction)), act))
	}
	place := c.Place(c.day)
	switch {
	case nowhere > 0:
		parts = append(parts, open("It is not on record where the client was at "+plural(nowhere, "remote contact", "remote contacts")+".", doing(record.FormPlace)))
	case place == "" && contacts == 0:
		return notApplicable("There was no remote contact yet, and it is not on record where the client is.")
	case place != "" && !c.p.Permitted(place, c.day) && len(gaps) == 0:
		parts = append(parts, open("No license, permit, compact or federal authority on record reaches "+record.JurisdictionName(place)+", where the client is.", act))
	}
	if len(parts) > 0 {
		return together(parts...)
	}
	return c.licensed(place, contacts)
}

// licensed says what reaches the client, and that it ends where it does soon.
func (c *File) licensed(place string, contacts int) verdict {
	text := "No remote contact took place where nothing permitted it."
	if contacts > 0 {
		text = "Each of " + plural(contacts, "remote contact", "remote contacts") + " took place where a license or another authority reached."
	}
	v := documented(text)
	var ends record.Date
	for _, l := range c.p.licenses {
		for _, j := range reaches(l.Data) {
			if j == place || j == "" || place == "" {
				v.evidence = append(v.evidence, l.ID)
				break
			}
		}
	}
	for _, d := range c.p.permitted(place) {
		if covers([]days{d}, num(c.day)) && d.until < never {
			ends = after(dateOf(d.until), -1)
		}
	}
	act := Act{Form: record.FormLicense, Page: "practice", Label: labels[record.FormLicense]}
	return v.renewedBy(ends, c.horizon, "What reaches "+record.JurisdictionName(place)+" expires on "+ends.Long()+".", act)
}
