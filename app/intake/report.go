package intake

import (
	"slices"

	"casekeep/vault/record"
)

// Report says what became of a file's messages.
// Found = Imported + Duplicates + Skipped + Refused.
type Report struct {
	File     string      `json:"file"`   // its name
	Format   string      `json:"format"` // for people: "SMS Backup & Restore texts"
	Parser   string      `json:"parser"` // reader and version: "sms-backup-restore/1"
	Size     int64       `json:"size"`   // bytes read
	SHA256   record.Hash `json:"sha256"` // of the bytes read; of the whole file when no error is returned
	Declared int         `json:"declared"`

	Found      int `json:"found"`
	Imported   int `json:"imported"`
	Duplicates int `json:"duplicates"`
	Skipped    int `json:"skipped"`
	Refused    int `json:"refused"`
	Damaged    int `json:"damaged"` // of the imported ones

	SkippedBy []Reason `json:"skipped_by,omitempty"`
	RefusedBy []Reason `json:"refused_by,omitempty"`

	Warnings []Warning `json:"warnings,omitempty"`
	// MoreWarnings counts those beyond the first thousand. Every item carries
	// its own in full.
	MoreWarnings int `json:"more_warnings,omitempty"`
	// CutOff says that the file ends before its end.
	CutOff bool `json:"cut_off,omitempty"`
}

// Reason is why messages were skipped or refused, how many, and where the
// first of them stand.
type Reason struct {
	Reason string   `json:"reason"`
	Count  int      `json:"count"`
	First  []string `json:"first"` // locators, up to five
}

// Warning is something a person should know about a message, or about the
// file where Locator is empty.
type Warning struct {
	Locator string `json:"locator,omitempty"`
	Text    string `json:"text"`
}

const (
	maxWarnings = 1000
	maxReasons  = 100
	maxFirst    = 5
)

func (r *Report) warn(locator, text string) {
	if len(r.Warnings) == maxWarnings {
		r.MoreWarnings++
		return
	}
	r.Warnings = append(r.Warnings, Warning{locator, text})
}

func (r *Report) skip(locator, reason string) {
	r.Found++
	r.Skipped++
	r.SkippedBy = tally(r.SkippedBy, locator, reason)
}

func (r *Report) refuse(locator, reason string) {
	r.Found++
	r.Refused++
	r.RefusedBy = tally(r.RefusedBy, locator, reason)
}

func (r *Report) duplicate() {
	r.Found++
	r.Duplicates++
}

func (r *Report) imported(it *Item) {
	r.Found++
	r.Imported++
	if it.Damaged {
		r.Damaged++
	}
	for _, w := range it.Warnings {
		r.warn(it.Locator, w)
	}
}

func tally(list []Reason, locator, reason string) []Reason {
	i := slices.IndexFunc(list, func(r Reason) bool { return r.Reason == reason })
	if i < 0 && len(list) == maxReasons {
		i = maxReasons - 1
		list[i].Reason = "other reasons"
	}
	if i < 0 {
		i = len(list)
		list = append(list, Reason{Reason: reason})
	}
	list[i].Count++
	if len(list[i].First) < maxFirst {
		list[i].First = append(list[i].First, locator)
	}
	return list
}
