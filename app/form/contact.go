package form

import "casekeep/vault/record"

// What is asked before the first message goes out.
var contactSpecs = []Spec{{
	Form: record.FormSafeContact, Title: "Safe contact", Act: "Set safe contact",
	About:     "How this client can be reached without harm. It stands above everything.",
	Standards: []string{"TSP 3.09"},
	Sections: []Section{{Fields: []Field{
		choice("text", "May you text?", []Option{{"yes", "Yes"}, {"no", "No"}, {"ask", "Only after asking"}}),
		choice("voicemail", "May you leave a voicemail?", []Option{{"yes", "Yes"}, {"no", "No"}, {"ask", "Only a neutral one"}}),
		choice("say_name", "May you say who is calling?", []Option{{"yes", "Yes"}, {"no", "No, no name and no profession"}}),
		line("others_see", "Who else sees this phone or mailbox?", "her partner reads her texts"),
		line("code", "A word by which you know each other", "the book is in"),
		line("best", "When, and on which number", "weekdays after 4 PM, the work phone"),
		area("note", "Anything else", ""),
	}}},
	empty:   func() any { return new(record.Contacting) },
	subject: func(data any, _ Naming) string { return SafeLine(*data.(*record.Contacting)) },
}}

// SafeLine gives the line that stands above everything a client's record
// shows.
func SafeLine(c record.Contacting) string {
	text := map[string]string{"yes": "may text", "no": "no texts", "ask": "texts only after asking"}[c.Text]
	mail := map[string]string{"yes": "may leave voicemail", "no": "no voicemail", "ask": "neutral voicemail only"}[c.Voicemail]
	parts := []string{text, mail}
	if c.SayName == "no" {
		parts = append(parts, "say no name")
	}
	if c.OthersSee != "" {
		parts = append(parts, c.OthersSee)
	}
	if c.Code != "" {
		parts = append(parts, "code word “"+c.Code+"”")
	}
	if c.Best != "" {
		parts = append(parts, c.Best)
	}
	return joined(parts)
}
