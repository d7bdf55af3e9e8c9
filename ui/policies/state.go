package policies

import (
	"fmt"

	"casekeep/app"
	"casekeep/ui/days"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// soon is how many days before it is due a review is announced.
const soon = 30

// mark is one thing that is to be known of a policy.
type mark struct {
	tone kit.Tone
	text string
}

// marks gives what is to be known of a policy, what matters most first.
func marks(p app.Policy, today record.Date) []mark {
	var all []mark
	add := func(tone kit.Tone, format string, args ...any) {
		all = append(all, mark{tone, fmt.Sprintf(format, args...)})
	}
	current, in := p.InEffect()
	switch {
	case !in && p.Applies && len(p.Versions) == 0:
		add(kit.Red, "not written yet")
	case !in && !p.Applies:
		add(kit.Neutral, "needed %s", p.Topic.When)
	case in:
		add(kit.Green, "version %d, since %s", current.Version, days.Short(current.Effective))
	}
	if p.Coming >= 0 {
		coming := p.Versions[p.Coming]
		add(kit.Blue, "version %d from %s", coming.Version, days.Short(coming.Effective))
	}
	if len(p.Changed) > 0 {
		add(kit.Amber, "a new version is offered")
	}
	if n := len(p.Gaps); n > 0 {
		add(kit.Amber, "%s to fill in", count(n, "place"))
	}
	switch {
	case p.ReviewBy.IsZero():
	case p.ReviewBy.Before(today):
		add(kit.Amber, "review was due %s", days.Short(p.ReviewBy))
	case p.ReviewBy.Before(days.Add(today, 0, 0, soon)):
		add(kit.Amber, "review by %s", days.Short(p.ReviewBy))
	default:
		add(kit.Neutral, "review by %s", days.Short(p.ReviewBy))
	}
	if n := len(p.NotTold); n > 0 && p.Applies {
		add(kit.Amber, "%s not told", count(n, "client"))
	}
	return all
}

// caption gives the most pressing thing about a policy.
func caption(p app.Policy, today record.Date) string {
	if len(p.Versions) == 0 {
		if !p.Applies {
			return "Not needed as you are set up"
		}
		return "Not written yet"
	}
	for _, m := range marks(p, today) {
		if m.tone == kit.Amber || m.tone == kit.Red {
			return upper(m.text)
		}
	}
	if current, in := p.InEffect(); in {
		return fmt.Sprintf("Version %d, since %s", current.Version, days.Short(current.Effective))
	}
	return fmt.Sprintf("Version %d, from %s", p.Versions[0].Version, days.Short(p.Versions[0].Effective))
}

func upper(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}

func count(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return kit.Number(n) + " " + one + "s"
}
