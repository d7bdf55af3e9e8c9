package standing

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"casekeep/app/form"
	"casekeep/vault/record"
)

// Tasks gives what Today asks for this client. The error is one of counting
// contacts.
func (c *File) Tasks(count Counter) ([]Task, error) {
	var all []Task
	err := c.counting(count, func() { all = c.tasks() })
	return all, err
}

func (c *File) tasks() []Task {
	all := unreadTasks(c.unread, "client")
	all = append(all, c.searchTasks()...)
	all = append(all, c.incidentTasks()...)
	all = append(all, c.requestTasks()...)
	if c.active() {
		all = append(all, c.safeTask()...)
		all = append(all, c.channelTasks()...)
		all = append(all, c.policyTasks()...)
		all = append(all, c.placeTasks()...)
		all = append(all, c.birthdayTasks()...)
		all = append(all, c.renewalTasks()...)
	}
	for i := range all {
		all[i].Client, all[i].Name = c.facts.Client.ID, c.facts.Client.Name
	}
	return all
}

// unreadTasks names the entries whose data cannot be read: what they had shown
// is open until they are filed anew.
func unreadTasks(list []record.Filed, page string) []Task {
	var all []Task
	for _, f := range list {
		all = append(all, Task{
			Key: key("unread", f.ID), Title: "An entry is damaged", Since: f.Day(), Icon: "warning",
			Caption: "What the " + strings.ReplaceAll(string(f.Form), "-", " ") + " of " + f.Day().Long() + " states cannot be read: strike it through and file it anew",
			Act:     Act{Page: page, About: f.ID, Label: "Look at the entry"},
		})
	}
	return all
}

// key gives a task's key of its parts.
func key(parts ...any) string {
	all := make([]string, len(parts))
	for i, p := range parts {
		all[i] = fmt.Sprint(p)
	}
	return strings.Join(all, "/")
}

func (c *File) searchTasks() []Task {
	var all []Task
	for _, n := range c.untold() {
		all = append(all, Task{
			Key: key("search", n.ID), Title: "Tell the client of the search", IDs: []string{"TSP 2.06"}, Since: n.Data.On, Icon: "search",
			Caption: "Searched on " + n.Data.On.Long() + ": " + n.Data.Where, Act: following(record.FormSearchTold, n.ID),
		})
	}
	return all
}

// incidentTasks: any breach is told as soon as possible, whatever its
// probability of compromise was found to be (MS 3.4.C.4; TSP 3.10).
func (c *File) incidentTasks() []Task {
	var all []Task
	for _, i := range c.p.incidents {
		if !touched(i.Data, c.facts.Client.ID) || c.notice(i.ID) != nil {
			continue
		}
		all = append(all, Task{
			Key: key("incident", i.ID, c.facts.Client.ID), Title: "Tell the client of the incident", IDs: []string{"MS 3.4.C.4", "TSP 3.10"},
			Due: i.Data.Discovered, Since: i.Data.Discovered, Icon: "warning", Act: following(record.FormBreachNotice, i.ID),
			Caption: "Discovered on " + i.Data.Discovered.Long() + ", to be told as soon as possible", group: key("incident", i.ID),
		})
	}
	return all
}

func (c *File) safeTask() []Task {
	if len(c.safe) > 0 || c.facts.Client.SafeContact != "" {
		return nil
	}
	return []Task{{
		Key: key("safe", c.facts.Client.ID), Title: "Ask how to reach the client without harm", IDs: []string{"TSP 3.09"}, Since: c.began(),
		Caption: "Before the first message goes out", Icon: "shield", Act: doing(record.FormSafeContact), group: "safe",
	}}
}

// channelTasks: one for each channel that was used though it is not allowed.
func (c *File) channelTasks() []Task {
	var all []Task
	for _, channel := range record.Channels() {
		if !channel.NeedsConsent() || len(c.rows(channel)) == 0 {
			continue
		}
		since := c.unagreed(channel)
		if since.IsZero() {
			continue
		}
		n := 0
		for _, t := range c.rows(channel) {
			n += c.counted(t, days{num(since), never})
		}
		ids := []string{"TSP 4.03"}
		if channel == record.Text {
			ids = append(ids, "TIP 10")
		}
		all = append(all, Task{
			Key: key("channel", c.facts.Client.ID, channel), Title: form.ChannelName(channel) + " without consent", IDs: ids, Since: since,
			Caption: capital(plural(n, "contact", "contacts")) + " since " + since.Long(), Icon: channelIcon(channel), Act: agreeing(channel),
		})
	}
	return all
}

func channelIcon(channel record.Channel) string {
	switch channel {
	case record.Mail:
		return "envelope"
	case record.Video:
		return "video"
	case record.Social:
		return "globe"
	case record.Portal:
		return "portal"
	}
	return "chat"
}

// placeTasks: the client is where nothing permits to work, or was at a contact
// over a distance and nothing permits it there today.
func (c *File) placeTasks() []Task {
	since := map[string]record.Date{}
	note := func(jurisdiction string, day record.Date) {
		if jurisdiction == "" || c.p.Permitted(jurisdiction, c.day) {
			return
		}
		if before, ok := since[jurisdiction]; !ok || num(day) < num(before) {
			since[jurisdiction] = day
		}
	}
	for _, s := range c.stays() {
		if s.days.from <= num(c.day) && num(c.day) < s.days.until {
			day := c.began()
			if s.days.from > always {
				day = dateOf(s.days.from)
			}
			note(s.jurisdiction, day)
		}
	}
	for _, t := range c.facts.Tally {
		if day := c.p.dayOf(t.Last); t.Kind == record.TallyService && t.Channel.Remote() && num(day) > num(after(c.day, -Lead)) {
			note(record.JurisdictionOf(t.Location), day)
		}
	}
	var all []Task
	for _, j := range slices.Sorted(maps.Keys(since)) {
		day := since[j]
		all = append(all, Task{
			Key: key("license", c.facts.Client.ID, j), Title: "Nothing permits you to work in " + record.JurisdictionName(j), Since: day, Icon: "pin",
			Caption: "Ask its board before the next contact, or refer", IDs: []string{"MS 3.4.B", "TSP 7.01", "NASW 2.02"}, group: key("license", j),
			Act: Act{Form: record.FormLicense, Page: "practice", Label: labels[record.FormLicense]},
		})
	}
	return all
}

// birthdayTasks: each of the three ages changes who decides (TSP 2.08). One
// that is past is open until what stands on record was looked at since.
func (c *File) birthdayTasks() []Task {
	born, ages := c.facts.Client.Born, c.p.Settings.Ages
	if c.facts.Client.Kind != record.Individual || born.IsZero() {
		return nil
	}
	var all []Task
	for _, age := range []struct {
		name, caption string
		years         int
		act           record.Form
	}{
		{"consent", "Consents alone from that day on: go through the policies with the client", ages.Consent, record.FormAcknowledgment},
		{"majority", "Of full age from that day on: look at who decides and who may see the record", ages.Majority, record.FormMinor},
		{"access", "A parent’s access to the record ends that day: look at who may see it", ages.ParentAccess, record.FormMinor},
	} {
		if age.years == 0 {
			continue
		}
		day := years(born, age.years)
		if num(day) > c.horizon || num(day) <= num(c.began()) || c.lookedAt(age.act, day) {
			continue
		}
		all = append(all, Task{
			Key: key("birthday", c.facts.Client.ID, age.name), Title: fmt.Sprintf("Turns %d", age.years), Due: day, Since: after(day, -Lead),
			Caption: age.caption, IDs: []string{"TSP 2.08", "TSP 2.01"}, Icon: "calendar", Act: doing(age.act),
		})
	}
	return all
}

// lookedAt reports whether an entry since a birthday says who decides, or the
// birthday is past and nothing on record is from before it.
func (c *File) lookedAt(f record.Form, day record.Date) bool {
	before := 0
	for _, m := range c.minors {
		if num(m.Day) >= num(day) && f == record.FormMinor {
			return true
		}
		before++
	}
	if f == record.FormAcknowledgment {
		for _, a := range c.acks {
			if num(a.Data.On) >= num(day) {
				return true
			}
			before++
		}
	}
	return before == 0 && num(day) <= num(c.day)
}
