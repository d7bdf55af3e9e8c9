package standing

import (
	"casekeep/vault/record"
)

// Status says where one duty stands.
type Status string

// The statuses. A TIP is advice: it is never Open or Due, only Advised.
const (
	Open          Status = "open"           // a duty of a rule or standard that nothing shows
	Due           Status = "due"            // shown once, and to be looked at again
	Advised       Status = "advised"        // advice that nothing shows
	Documented    Status = "documented"     // by the entries named
	NotApplicable Status = "not_applicable" // and why
	Outside       Status = "outside"        // conduct outside the program
)

// Statuses lists every status in the order of what matters.
func Statuses() []Status {
	return []Status{Open, Due, Advised, Documented, NotApplicable, Outside}
}

// Act is what adds what is missing: an entry of a form, or a page.
type Act struct {
	Form    record.Form    // "": none
	Topic   string         // of a policy
	About   record.EntryID // the entry that it follows up
	Channel record.Channel
	Page    string // "practice", "policies", "license", "settings", "retention": where no form does it
	Part    string // of the page
	Label   string // what the button says
}

// IsZero reports whether there is nothing to do in place.
func (a Act) IsZero() bool { return a == Act{} }

// Finding is what the record shows of one duty.
type Finding struct {
	ID       string // of the duty, "TSP 2.06"
	Status   Status
	Says     string           // what shows it, or what is missing, in plain words
	Evidence []record.EntryID // the entries that show it, oldest first
	By       record.Date      // when it is to be looked at again, or by when it is due
	Act      Act
	Book     bool // it is a duty of the practice itself, judged over its own book
}

// Task is one thing that Today asks for.
type Task struct {
	Key     string          // stable: it names the task when it is put off
	Client  record.ClientID // 0: of several; record.Book: of the practice
	Name    string          // of the client
	Title   string
	Caption string
	IDs     []string    // the duties that it is about
	Due     record.Date // by when; zero: since Since, without a day of its own
	Since   record.Date // from when on it has been open
	Calm    bool        // it has no day and does not press
	Icon    string      // the name of an icon
	Act     Act

	group string // tasks of one group become one where there are many
}

// When gives the day by which tasks are put in order.
func (t Task) When() record.Date {
	if t.Due.IsZero() {
		return t.Since
	}
	return t.Due
}
