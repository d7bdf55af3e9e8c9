package standing

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casekeep/app/form"
	"casekeep/vault/record"
)

// verdict is what a rule says of one duty.
type verdict struct {
	status   Status
	says     string
	evidence []record.EntryID
	by       record.Date
	act      Act
	renewal  bool // it is due again, though nothing is missing
}

func documented(says string, evidence ...record.EntryID) verdict {
	return verdict{status: Documented, says: says, evidence: evidence}
}

func open(says string, act Act, evidence ...record.EntryID) verdict {
	return verdict{status: Open, says: says, act: act, evidence: evidence}
}

// stale is what was shown once, of something that has changed since.
func stale(says string, act Act, evidence ...record.EntryID) verdict {
	return verdict{status: Due, says: says, act: act, evidence: evidence}
}

// renew is what is to be looked at again by a day.
func renew(says string, by record.Date, act Act, evidence ...record.EntryID) verdict {
	return verdict{status: Due, says: says, by: by, act: act, evidence: evidence, renewal: true}
}

func notApplicable(says string) verdict { return verdict{status: NotApplicable, says: says} }

// renewedBy makes a documented verdict due where its day is near or past.
func (v verdict) renewedBy(by record.Date, horizon int, says string, act Act) verdict {
	if by.IsZero() || v.status != Documented {
		return v
	}
	v.by = by
	if num(by) > horizon {
		return v
	}
	return renew(strings.TrimSpace(v.says+" "+says), by, act, v.evidence...)
}

// severity orders statuses where several parts make one verdict.
func severity(s Status) int { return slices.Index([]Status{NotApplicable, Documented, Due, Open}, s) }

// together makes one verdict of several parts: as bad as the worst, saying
// what each says that is as bad, with the evidence of all.
func together(parts ...verdict) verdict {
	worst := parts[0]
	for _, v := range parts[1:] {
		if severity(v.status) > severity(worst.status) {
			worst = v
		}
	}
	all := worst
	all.says, all.evidence, all.by = "", nil, record.Date{}
	var said []string
	for _, v := range parts {
		if v.status == worst.status && !slices.Contains(said, v.says) {
			said = append(said, v.says)
		}
		if v.status == worst.status && !v.by.IsZero() && (all.by.IsZero() || num(v.by) < num(all.by)) {
			all.by = v.by
		}
		all.renewal = all.renewal && (v.status != worst.status || v.renewal)
		all.evidence = append(all.evidence, v.evidence...)
	}
	all.says = strings.Join(said, " ")
	return all
}

// doing gives the act that files an entry of a form.
func doing(f record.Form) Act { return Act{Form: f, Label: labels[f]} }

func following(f record.Form, about record.EntryID) Act {
	return Act{Form: f, About: about, Label: labels[f]}
}

func agreeing(c record.Channel) Act {
	return Act{Form: record.FormChannel, Channel: c, Label: labels[record.FormChannel]}
}

var labels = func() map[record.Form]string {
	all := map[record.Form]string{}
	for _, s := range form.All() {
		all[s.Form] = s.Act
	}
	return all
}()

// plural gives "1 contact", "12 contacts".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// list gives "Bo", "Bo and Kit", "Bo, Kit and Sam".
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// capital gives a text with its first letter large.
func capital(text string) string {
	if text == "" {
		return ""
	}
	letter, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(letter)) + text[size:]
}
