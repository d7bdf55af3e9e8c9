package today

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"casekeep/app"
	"casekeep/app/standing"
	"casekeep/ui/days"
	"casekeep/ui/kit"
	"casekeep/ui/lines"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// row is a line of the page: a heading, a task, or one that was put off.
type row struct {
	head  string
	task  standing.Task
	off   *app.PutOffTask
	start app.StartQuestion // one of the six questions
	group group
	held  bool // the client's record is under a legal hold
}

// group says when a task is due.
type group int

const (
	now group = iota
	week
	later
	putOff
)

var heads = map[group]string{now: "Today and overdue", week: "This week", later: "Later", putOff: "Put off"}

// questions are the six questions as tasks.
var questions = map[app.StartQuestion]struct{ title, caption string }{
	app.AskName:     {"Say who you are", "Your name and credential stand on every record and policy"},
	app.AskLicense:  {"Enter your license", "Each contact from a distance is judged against it"},
	app.AskHIPAA:    {"Say whether HIPAA applies to you", "It adds the privacy notice, a yearly review and its clocks"},
	app.AskHours:    {"Say when you work", "Policies state it, and contacts after hours are marked"},
	app.AskChannels: {"Say how clients reach you", "Policies state it, with the way that is most secure"},
	app.AskBackups:  {"Say where your backups are", "Clients are told how their records are kept safe"},
}

// begin stands for all six questions.
const begin app.StartQuestion = "begin"

// arrange makes the rows out of what there is to do.
func arrange(t app.Today, left []app.StartQuestion, started bool) []row {
	groups := map[group][]row{}
	switch {
	case !started:
		groups[now] = append(groups[now], row{start: begin, task: standing.Task{
			Title: beginning(len(left)), Caption: "Settings, your license and the first policies follow from them", Icon: string(look.Home)}})
	default:
		for _, question := range left {
			q := questions[question]
			groups[later] = append(groups[later], row{start: question, task: standing.Task{Title: q.title, Caption: q.caption, Icon: string(look.Home)}})
		}
	}
	for _, task := range t.Tasks {
		g := groupOf(task, t.Day)
		groups[g] = append(groups[g], row{task: task, group: g})
	}
	slices.SortStableFunc(groups[later], func(a, b row) int { // the questions, which have no day, come last
		return boolInt(a.start != "") - boolInt(b.start != "")
	})
	for i := range t.PutOff {
		groups[putOff] = append(groups[putOff], row{task: t.PutOff[i].Task, off: &t.PutOff[i]})
	}
	var rows []row
	for _, g := range []group{now, week, later, putOff} {
		if len(groups[g]) == 0 {
			continue
		}
		rows = append(rows, row{head: heads[g]})
		for _, one := range groups[g] {
			one.group = g
			rows = append(rows, one)
		}
	}
	return rows
}

// beginning says whether any of the six questions is answered.
func beginning(left int) string {
	if left < len(questions) {
		return "Go on with the six questions about your practice"
	}
	return "Answer six questions about your practice"
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// groupOf puts a task with the ones that are due at the same time.
func groupOf(t standing.Task, today record.Date) group {
	switch {
	case t.Calm:
		return later
	case t.Due.IsZero() || !today.Before(t.Due):
		return now
	case t.Due.Before(days.Add(today, 0, 0, 7)):
		return week
	}
	return later
}

// count gives how many things need the practitioner.
func count(rows []row) int {
	n := 0
	for _, r := range rows {
		if r.head == "" && r.off == nil {
			n++
		}
	}
	return n
}

// show gives what a row shows.
func (r row) show(today record.Date) kit.Task {
	t := kit.Task{Icon: look.IconName(r.task.Icon), Title: title(r.task), Caption: caption(r.task), Action: action(r.task.Act), Snooze: true}
	if t.Icon == "" {
		t.Icon = look.Checklist
	}
	if r.held {
		t.Caption = "Legal hold · " + t.Caption
	}
	if r.start != "" {
		t.Action, t.Snooze = "Answer", false
		return t
	}
	if r.off != nil {
		t.Caption, t.Due, t.Action, t.Snooze = r.off.Reason, "until "+shortDay(r.off.Until, today), "Take up", false
		return t
	}
	t.Due, t.Tone = due(r.task, today), [...]kit.Tone{kit.Red, kit.Amber, kit.Neutral, kit.Neutral}[r.group]
	return t
}

// title names the client whom a task is about.
func title(t standing.Task) string {
	if t.Client <= 0 || t.Name == "" {
		return t.Title
	}
	if before, after, found := strings.Cut(t.Title, "the client"); found {
		return before + t.Name + after
	}
	if lines.HasRTL(t.Name) { // it would turn the whole line
		return t.Title + ": " + t.Name
	}
	return t.Name + ": " + lower(t.Title)
}

// lower begins a text in lower case, unless it begins with an abbreviation.
func lower(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[size:]); unicode.IsUpper(second) {
		return s
	}
	return string(unicode.ToLower(first)) + s[size:]
}

// action says in a word or two what a click does.
func action(a standing.Act) string {
	words := map[record.Form]string{
		record.FormSearchTold: "Record it", record.FormBreachNotice: "Record it", record.FormChannel: "Agree on it",
		record.FormSafeContact: "Set it", record.FormAcknowledgment: "Record it", record.FormConsent: "Renew", record.FormCollateral: "Renew",
		record.FormSuitability: "Assess", record.FormLicense: "Add one", record.FormVendor: "Renew", record.FormReview: "Record it",
		record.FormIncident: "Fill it in", record.FormCompetence: "Record it", record.FormSafetyPlan: "Go through",
		record.FormEmergency: "Update", record.FormMinor: "Look at it", record.FormPolicy: "Review",
		record.FormRequestAnswered: "Answer",
	}
	switch {
	case words[a.Form] != "":
		return words[a.Form]
	case a.Page == "keys":
		return a.Label
	case a.Page == "policies", a.Page == "retention" && a.Part == "due":
		return "Review"
	}
	return "Look"
}

// caption ends with the duties that a task is about, unless it names them.
func caption(t standing.Task) string {
	parts := []string{}
	if t.Client == 0 && t.Name != "" {
		parts = append(parts, t.Name)
	}
	if t.Caption != "" {
		parts = append(parts, t.Caption)
	}
	var ids []string
	for _, id := range t.IDs {
		if !strings.Contains(t.Caption, id) {
			ids = append(ids, id)
		}
	}
	const most = 2
	if len(ids) > most {
		ids = ids[:most]
	}
	if len(ids) > 0 {
		parts = append(parts, strings.Join(ids, ", "))
	}
	return strings.Join(parts, " · ")
}

// due says when a task is due, or for how long it has been open.
func due(t standing.Task, today record.Date) string {
	switch {
	case t.Calm:
		return ""
	case t.Due.IsZero() && t.Since.IsZero():
		return "open"
	case t.Due.IsZero() && !t.Since.Before(today):
		return "today"
	case t.Due.IsZero():
		return "open " + span(t.Since, today)
	case t.Due == today:
		return "today"
	case t.Due.Before(today):
		return span(t.Due, today) + " late"
	}
	return shortDay(t.Due, today)
}

// span gives the time between two days as one says it.
func span(from, to record.Date) string {
	n := int(to.In(time.UTC).Sub(from.In(time.UTC)).Hours()) / 24
	switch {
	case n == 1:
		return "1 day"
	case n < 60:
		return fmt.Sprintf("%d days", n)
	case n < 730:
		return fmt.Sprintf("%d months", n/30)
	}
	return fmt.Sprintf("%d years", n/365)
}

// shortDay gives "Fri, Nov 27" for the next weeks, "Dec 14" for this year, and
// else the year too.
func shortDay(d, today record.Date) string {
	at := d.In(time.UTC)
	switch {
	case d.Before(days.Add(today, 0, 0, 14)):
		return at.Format("Mon, Jan 2")
	case d.Year == today.Year:
		return at.Format("Jan 2")
	}
	return days.Short(d)
}
