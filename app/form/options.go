package form

// Answers that many forms share.
var (
	yesNo = []Option{{"yes", "Yes"}, {"no", "No"}}

	decisions = []Option{{"given", "Given"}, {"declined", "Declined"}, {"withdrawn", "Withdrawn"}}

	// hows are the ways in which a decision is made; each but verbal stands in
	// writing.
	hows = []Option{
		{"in-writing", "In writing"}, {"verbal", "Verbally"}, {"electronic", "Electronically"},
		{"signature", "Signed in this window"}, {"scan", "Scanned page"},
	}
)

// need gives a field that must be answered.
func need(f Field) Field {
	f.Required = true
	return f
}

// when gives a field that is asked only where another one has one of the
// values.
func when(key string, is []string, f Field) Field {
	f.If = &If{key, is}
	return f
}

func line(key, label, example string) Field {
	return Field{Key: key, Label: label, Example: example, Input: Line}
}

func area(key, label, help string) Field {
	return Field{Key: key, Label: label, Help: help, Input: Area}
}

func choice(key, label string, options []Option) Field {
	return Field{Key: key, Label: label, Input: Choice, Options: options, Required: true}
}

// happened is the day of what the form is about; the entry stands on it.
func happened(label string) Field {
	return Field{Key: "on", Label: label, Input: Day, Required: true, Past: true, Dated: true}
}

// ahead is a day to come, by which something is to be done again.
func ahead(key, label, help string) Field {
	return Field{Key: key, Label: label, Help: help, Input: Day, Ahead: true}
}

// past is a day that was, or is today.
func past(key, label string) Field {
	return Field{Key: key, Label: label, Input: Day, Past: true}
}
