package begin

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/kit"
	"casekeep/ui/profile"
	"casekeep/vault/record"
)

// step is one of the questions.
type step struct {
	ask   app.StartQuestion
	name  string // at the left
	title string
	why   string
	body  fyne.CanvasObject
	focus func()
	keys  []string // of what may be wrong with it
}

// questions are the six questions as they stand in the window.
type questions struct {
	name, credential *kit.Field
	state            profile.State
	number           *kit.Field
	expires          *kit.DayField
	hipaa            *kit.Answer
	hours            *profile.Hours
	answers          *kit.Field
	channels         *profile.Channels
	social, payments *kit.Answer
	backups          *kit.Field
	steps            []step
}

func newQuestions(today func() record.Date, next func()) *questions {
	q := &questions{
		name: kit.NewField("Your name").Placeholder("Ada Marsh"), credential: kit.NewField("Credential").Placeholder("LCSW"),
		state: profile.NewState("Licensed in"), number: kit.NewField("License number"),
		expires:  kit.NewDayField("Expires on", today),
		hipaa:    kit.NewAnswer("Does HIPAA apply to you?"),
		hours:    profile.NewHours("Days on which you work"),
		answers:  kit.NewField("Hours until you answer a message").Placeholder("24"),
		channels: profile.NewChannels("Clients can reach you over", func() {}),
		social:   kit.NewAnswer("Do you use social media for your work?"),
		payments: kit.NewAnswer("Do you take electronic payments, or send electronic claims?"),
		backups:  kit.NewArea("Where copies of this vault are kept", 2).Placeholder("an encrypted drive in another building"),
	}
	enter := func(from *kit.Field, to func()) { from.OnEnter = func(string) { to() } }
	enter(q.name, q.credential.Focus)
	enter(q.credential, next)
	enter(q.state.Field, q.number.Focus)
	enter(q.number, q.expires.Focus)
	enter(q.hours.To, q.answers.Focus)
	enter(q.answers, next)
	enter(q.backups, next)
	q.steps = []step{
		{app.AskName, "Who you are", "Who are you?", "It stands on every record, policy and paper.",
			kit.TopRow(12, kit.Grow(q.name), kit.Wide(160, q.credential)), q.name.Focus, []string{"name"}},
		{app.AskLicense, "License", "Where are you licensed?", "Each contact from a distance is judged against it, at its date. Further licenses, permits and compacts are added on the page Practice.",
			kit.Column(12, q.state.Field, kit.TopRow(12, kit.Grow(q.number), kit.Wide(200, q.expires))), q.state.Focus,
			[]string{"jurisdiction", "number", "title", "expires"}},
		{app.AskHIPAA, "HIPAA", "Does HIPAA apply to your practice?",
			"It does where you send claims or other standard transactions electronically, or somebody does it for you. Then the privacy notice, a yearly review and its clocks are added. If you are not sure, answer later.",
			q.hipaa, q.hipaa.Focus, nil},
		{app.AskHours, "Hours", "When do you work?", "Policies state it, and contacts outside these hours are marked.",
			kit.Column(12, q.hours.Content, kit.Wide(292, q.answers)), q.hours.Days.Focus, []string{"hours"}},
		{app.AskChannels, "Channels", "How can clients reach you?", "Policies state it. Texts and email are agreed on with each client apart.",
			kit.Column(14, q.channels.Content, q.social, q.payments), q.channels.Checks.Focus, nil},
		{app.AskBackups, "Backups", "How do you keep copies?", "Clients are told how their records are kept safe. A copy of the vault’s folder is as sealed as the vault itself.",
			q.backups, q.backups.Focus, nil},
	}
	return q
}

// set shows what the settings say already.
func (q *questions) set(s record.Practice) {
	name, credential := profile.Split(s.Owner)
	q.name.SetText(name)
	q.credential.SetText(credential)
	q.state.Set(s.Jurisdiction)
	q.number.SetText("")
	q.expires.SetDay(record.Date{})
	profile.SetYesNo(q.hipaa, s.HIPAA)
	q.hours.Set(s.Hours)
	q.answers.SetText("")
	if s.Answers > 0 {
		q.answers.SetText(strconv.Itoa(s.Answers))
	}
	q.channels.Set(s.Channels, s.Secure)
	profile.SetYesNo(q.social, s.SocialMedia)
	profile.SetYesNo(q.payments, s.EPayments)
	q.backups.SetText(s.Backups)
}

// typed gives the answers. Where one cannot be it says so at its field, and
// wrong is its question.
func (q *questions) typed() (a app.FirstAnswers, wrong app.StartQuestion) {
	ok := true
	a.Name, a.Credential = strings.TrimSpace(q.name.Text()), strings.TrimSpace(q.credential.Text())
	if a.Jurisdiction, ok = q.state.Value(); !ok {
		return a, app.AskLicense
	}
	a.Number = strings.TrimSpace(q.number.Text())
	if a.Expires, ok = q.expires.Value(); !ok {
		return a, app.AskLicense
	}
	a.HIPAA = profile.YesNo(q.hipaa)
	if a.Hours, ok = q.hours.Value(); !ok {
		return a, app.AskHours
	}
	if text := strings.TrimSpace(q.answers.Text()); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 24*14 {
			q.answers.SetError("Write the hours as a number, such as 24.")
			return a, app.AskHours
		}
		a.Answers = n
	}
	a.Channels, a.Secure = q.channels.Value()
	a.SocialMedia, a.EPayments = profile.YesNo(q.social), profile.YesNo(q.payments)
	a.Backups = strings.TrimSpace(q.backups.Text())
	return a, ""
}

// kept are the answers as they are kept over a lock.
type kept struct {
	Name, Credential, State, Number, Expires, HIPAA, Answers, Social, Payments, Backups string
	From, To                                                                            string
	Days                                                                                []int
	Channels                                                                            []record.Channel
	Secure                                                                              record.Channel
}

func (q *questions) keep() kept {
	list, secure := q.channels.Value()
	return kept{
		Name: q.name.Text(), Credential: q.credential.Text(), State: q.state.Text(), Number: q.number.Text(), Expires: q.expires.Text(),
		HIPAA: profile.YesNo(q.hipaa), Answers: q.answers.Text(), Social: profile.YesNo(q.social), Payments: profile.YesNo(q.payments),
		Backups: q.backups.Text(), Days: q.hours.Days.Chosen(), From: q.hours.From.Text(), To: q.hours.To.Text(), Channels: list, Secure: secure,
	}
}

// withoutLicense gives the answers with the license of others: it is filed in the
// end.
func (k kept) withoutLicense(of kept) kept {
	k.Number, k.Expires = of.Number, of.Expires
	return k
}

func (q *questions) restore(k kept) {
	q.name.SetText(k.Name)
	q.credential.SetText(k.Credential)
	q.state.SetText(k.State)
	q.number.SetText(k.Number)
	q.expires.SetText(k.Expires)
	profile.SetYesNo(q.hipaa, k.HIPAA)
	q.answers.SetText(k.Answers)
	profile.SetYesNo(q.social, k.Social)
	profile.SetYesNo(q.payments, k.Payments)
	q.backups.SetText(k.Backups)
	q.hours.Days.Choose(k.Days...)
	q.hours.From.SetText(k.From)
	q.hours.To.SetText(k.To)
	q.channels.Set(k.Channels, k.Secure)
}
