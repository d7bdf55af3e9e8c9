package timeline

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/vault/record"
)

// formIcons shows each form of a client's record.
var formIcons = map[record.Form]look.IconName{
	record.FormSafeContact:    look.Shield,
	record.FormIntake:         look.Checklist,
	record.FormAcknowledgment: look.Signature,
	record.FormConsent:        look.Signature,
	record.FormChannel:        look.Chat,
	record.FormSearch:         look.Search,
	record.FormSearchTold:     look.Search,
	record.FormMinor:          look.People,
	record.FormCollateral:     look.Handshake,
	record.FormReleaseRevoked: look.Handshake,
	record.FormSuitability:    look.Scale,
	record.FormIdentity:       look.Eye,
	record.FormReferral:       look.Share,
	record.FormEmergency:      look.Alarm,
	record.FormSafetyPlan:     look.Lifebuoy,
	record.FormInterruption:   look.Clock,
	record.FormPlace:          look.Pin,
	record.FormBoundary:       look.Minus,
	record.FormReport:         look.Flag,
	record.FormBreachNotice:   look.Warning,
	record.FormConsultation:   look.People,

	record.FormRequest:         look.Document,
	record.FormRequestAnswered: look.Document,
}

// FormIcon gives the icon of a form.
func FormIcon(f record.Form) look.IconName {
	if icon, ok := formIcons[f]; ok {
		return icon
	}
	return look.Document
}

// mostFormLines is how much of a form the timeline shows: it has its tab.
const mostFormLines = 4

// formMessage makes what the timeline shows of a structured entry.
func formMessage(e record.Entry) kit.Message {
	title := form.Title(e.Form)
	what := strings.TrimPrefix(strings.TrimPrefix(e.Subject, title), ": ")
	var more []string
	for _, text := range []string{what, Following(e)} {
		if text != "" {
			more = append(more, text)
		}
	}
	m := kit.Message{Icon: FormIcon(e.Form), Who: title, What: sentence("", more), Body: brief(e.Body), Most: mostFormLines}
	if !e.DayOnly {
		m.Time = phrase.Clock(e.At.In(e.TimeZone()))
	}
	return m
}

// digest is the fingerprint behind a policy's name; the entry's details show
// it.
var digest = regexp.MustCompile(` \(SHA-256 [0-9a-f]{64}\)`)

// onDay is the answer that the heading over the row gives already.
var onDay = regexp.MustCompile(`(?m)^(On which day|Received on): .*\n?`)

// brief gives a form's text for a row: a question keeps its own mark alone.
func brief(body string) string {
	body = onDay.ReplaceAllString(digest.ReplaceAllString(body, ""), "")
	return strings.ReplaceAll(strings.TrimSpace(body), "?: ", "? ")
}

// followed says what the forms that follow another entry up are about.
var followed = map[record.Form]string{
	record.FormSearchTold:     "about the search of ",
	record.FormReleaseRevoked: "of the release entered for ",
	record.FormBreachNotice:   "about the incident of ",

	record.FormRequestAnswered: "to the request of ",
}

// Following says which entry a structured entry follows up, "" for none.
func Following(e record.Entry) string {
	if e.About == 0 {
		return ""
	}
	words, ok := followed[e.Form]
	if !ok {
		words = "follows up the entry of "
	}
	return words + phrase.ShortDate(record.DateOf(e.About.Time().In(e.TimeZone())))
}

// markTones tells how much a mark weighs.
var markTones = map[string]kit.Tone{
	app.MarkChannel: kit.Red, app.MarkConsent: kit.Red, app.MarkLicense: kit.Red, app.MarkHours: kit.Amber,
}

// weightiest leaves out what another mark says too: before any consent there is
// none to a channel.
func weightiest(marks []app.Mark) []app.Mark {
	before := slices.ContainsFunc(marks, func(m app.Mark) bool { return m.Kind == app.MarkConsent })
	var all []app.Mark
	for _, m := range marks {
		if m.Kind != app.MarkChannel || !before {
			all = append(all, m)
		}
	}
	return all
}

// lower lets a sentence begin within a line.
func lower(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToLower(first)) + text[size:]
}
