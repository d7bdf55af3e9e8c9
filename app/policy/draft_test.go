package policy

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"casekeep/assets"
	"casekeep/vault/record"
)

// whole are facts of which none is missing.
func whole() Facts {
	return Facts{
		Practice: "Quill Counseling", Practitioner: "Ada Quill, LCSW", Qualifications: "Master of Social Work, Jackson State University",
		Services: "counseling for adults and couples", Fees: "$110 a session; $40 for one missed without a day’s notice",
		Licenses: []string{"Mississippi C1234, expires March 31, 2027", "Tennessee 998, expires June 30, 2027"},
		Contact:  "12 Elm Street, Jackson, MS 39201\n601 555 0100\nada@quill.example",
		Board: Board{
			Name: "Board of Examiners for Social Workers", Address: "239 North Lamar Street, Jackson, MS 39201",
			Phone: "601 555 0199", Email: "board@example.org", Site: "board.example.org",
		},
		Jurisdiction: "US-MS", Hours: "Monday to Friday, 9 AM to 5 PM",
		Channels: []record.Channel{record.Call, record.Text, record.Mail, record.Video, record.InPerson}, Secure: record.Video,
		AnswerWithin: 24, Successor: "Bo Larsen, LCSW, 601 555 0123", Emergency: "The county crisis team answers at 601 555 0144",
		HIPAA: true, SocialMedia: true, ElectronicPayments: true,
		Backups: "an encrypted drive in another building", Retention: "seven years after the last service", LockAfter: 10,
		AgeOfMajority: 21, AgeOfConsent: 18, AgeOfParentAccess: 18,
	}
}

func draft(t *testing.T, key string, f Facts) string {
	t.Helper()
	text, err := Draft(key, f)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestEveryTopicHasAStarterTextAndNoOtherIsKept(t *testing.T) {
	files, err := assets.Policies.ReadDir("policies")
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, topic := range Topics() {
		named = append(named, topic.Key+".md")
	}
	for _, file := range files {
		if !slices.Contains(named, file.Name()) {
			t.Errorf("policies/%s belongs to no topic", file.Name())
		}
	}
	if len(files) != len(named) {
		t.Errorf("%d starter texts for %d topics", len(files), len(named))
	}
}

// someMissing are facts of which none, one, all but one or all are missing.
func someMissing() map[string]Facts {
	facts := map[string]Facts{"no facts": {}, "all facts": whole()}
	for i := range reflect.TypeFor[Facts]().NumField() {
		name := reflect.TypeFor[Facts]().Field(i).Name
		without, alone := whole(), Facts{}
		reflect.ValueOf(&without).Elem().Field(i).SetZero()
		reflect.ValueOf(&alone).Elem().Field(i).Set(reflect.ValueOf(whole()).Field(i))
		facts["no "+name], facts["nothing but "+name] = without, alone
	}
	return facts
}

func TestTextsWithAndWithoutFacts(t *testing.T) {
	for _, topic := range Topics() {
		for name, f := range someMissing() {
			text := draft(t, topic.Key, f)
			at := topic.Key + " with " + name
			if err := CheckText(text); err != nil {
				t.Errorf("%s: %v", at, err)
			}
			blocks := Parse(text)
			if blocks[0].Kind != Heading || blocks[0].Level != 1 {
				t.Errorf("%s begins with %q, not with a title", at, blocks[0].Text)
			}
			for _, b := range blocks[1:] {
				if b.Kind == Heading && b.Level != 2 {
					t.Errorf("%s: %q is a heading of level %d", at, b.Text, b.Level)
				}
				if b.Kind == Paragraph && unicode.IsLower([]rune(b.Text)[0]) {
					t.Errorf("%s: %q is torn from what it belongs to", at, b.Text)
				}
				if strings.Contains(b.Text, "\n") || strings.Contains(b.Text, "  ") {
					t.Errorf("%s: %q is not one line", at, b.Text)
				}
			}
			for _, wrong := range []string{"<no value>", "{{", "[]", " .", " ,", "..", ":.", "'", "complian", "false", ": \n"} {
				if strings.Contains(text, wrong) {
					t.Errorf("%s: holds %q", at, wrong)
				}
			}
		}
		if left := Gaps(draft(t, topic.Key, whole())); left != nil {
			t.Errorf("%s has gaps although nothing is missing: %q", topic.Key, left)
		}
	}
}

func TestUnknownTopic(t *testing.T) {
	_, err := Draft("recrods", Facts{})
	if err == nil || !strings.Contains(err.Error(), `"recrods"`) || !strings.Contains(err.Error(), "records") {
		t.Error(err)
	}
}

// Where a fact is missing, the text never makes one up.
func TestMissingFactsAreSaidOrMarked(t *testing.T) {
	for key, want := range map[string][]string{
		"informed-consent": {
			"your practice’s name", "your name and credentials", "your license: state, number and expiry",
			"your board’s address", "your board’s website", "the services you offer",
		},
		"records":       {"where your backups are kept", "who takes over your records if you cannot work"},
		"communication": {"your hours", "your most secure way to be reached", "how soon you answer"},
	} {
		found := Gaps(draft(t, key, Facts{}))
		for _, gap := range want {
			if !slices.Contains(found, gap) {
				t.Errorf("%s does not mark %q: %q", key, gap, found)
			}
		}
	}
	records := draft(t, "records", Facts{})
	for _, want := range []string{"No period after which it may be destroyed has been confirmed", "none has been set up yet", "does not lock by itself"} {
		if !strings.Contains(records, want) {
			t.Errorf("the records policy does not say %q", want)
		}
	}
	if numbers := regexp.MustCompile(`\d+ (year|month)`).FindAllString(records, -1); numbers != nil {
		t.Errorf("the records policy makes up %q", numbers)
	}
}

func TestWordsFollowTheRules(t *testing.T) {
	mississippi, elsewhere := Facts{Jurisdiction: "us-ms"}, Facts{Jurisdiction: "US-TN"}
	hipaa := Facts{HIPAA: true}
	for _, c := range []struct {
		key       string
		facts     Facts
		says, not string
	}{
		{"confidentiality", mississippi, "advised not to share", "not permitted"},
		{"confidentiality", elsewhere, "not permitted to share", "advised not"},
		{"social-media", mississippi, "advised not to post", "not permitted"},
		{"social-media", Facts{}, "not permitted to post", "advised not"},
		{"breach", Facts{}, "any breach of your private information as soon as possible", "60 days"},
		{"breach", hipaa, "any breach of your private information as soon as possible", "low probability"},
		{"breach", hipaa, "60 days", "wait until 60"},
		{"records", hipaa, "within 30 days", "as soon as I can"},
		{"records", Facts{}, "I answer as soon as I can", "30 days"},
		{"payment", Facts{}, "do not take electronic payments", "I take electronic payments"},
		{"payment", Facts{ElectronicPayments: true}, "I take electronic payments", "do not take"},
		{"social-media", Facts{SocialMedia: true, Channels: []record.Channel{record.Social}}, "agreed to it in writing", "Please do not write"},
		{"emergencies", Facts{}, "call 911", "crisis team answers"},
		{"emergencies", Facts{}, "call or text 988", ""},
		{"records", whole(), "It locks by itself when I have not used it for 10 minutes.", "does not lock"},
		{"records", whole(), "seven years after the last service. After that", ""},
		{"communication", whole(), "phone, text message, email, video or in person.", ""},
		{"informed-consent", whole(), "12 Elm Street, Jackson, MS 39201, 601 555 0100, ada@quill.example", ""},
		{"privacy-notice", Facts{}, "THIS NOTICE DESCRIBES HOW MEDICAL INFORMATION ABOUT YOU MAY BE USED AND DISCLOSED AND HOW YOU CAN GET ACCESS TO THIS INFORMATION. PLEASE REVIEW IT CAREFULLY.", ""},
	} {
		text := draft(t, c.key, c.facts)
		if !strings.Contains(text, c.says) {
			t.Errorf("%s does not say %q", c.key, c.says)
		}
		if c.not != "" && strings.Contains(text, c.not) {
			t.Errorf("%s says %q", c.key, c.not)
		}
	}
}

// What somebody types into the profile cannot become a heading, an item or a
// paragraph of its own.
func TestFactsNeverChangeTheShape(t *testing.T) {
	hostile := whole()
	marked := reflect.ValueOf(&hostile).Elem()
	for i := range marked.NumField() {
		if field := marked.Field(i); field.Kind() == reflect.String && marked.Type().Field(i).Name != "Jurisdiction" {
			if field.Type() != reflect.TypeFor[record.Channel]() {
				field.SetString("# " + field.String() + "\n\n- x\r\n## y\x00\t{{.Practice}}\u2028\xff")
			}
		}
	}
	for _, topic := range Topics() {
		plain, got := Parse(draft(t, topic.Key, whole())), draft(t, topic.Key, hostile)
		blocks := Parse(got)
		if len(plain) != len(blocks) || !utf8.ValidString(got) {
			t.Errorf("%s has %d blocks instead of %d:\n%s", topic.Key, len(blocks), len(plain), got)
			continue
		}
		for i := range plain {
			if plain[i].Kind != blocks[i].Kind || plain[i].Level != blocks[i].Level {
				t.Errorf("%s: %q became %q", topic.Key, plain[i].Text, blocks[i].Text)
			}
		}
	}
}

// Everybody reads these texts, so they are short and in plain words: at most
// eighth grade by the formula of Flesch and Kincaid, which counts words and
// syllables. The notice of privacy practices has a wording that is prescribed in
// part, and more to say.
func TestTextsAreReadable(t *testing.T) {
	for _, topic := range Topics() {
		mostWords, mostGrade := 700, 8.0
		if topic.Key == "privacy-notice" {
			mostWords, mostGrade = 1100, 9.0
		}
		for _, f := range []Facts{{}, whole()} {
			words, grade := readability(draft(t, topic.Key, f))
			t.Logf("%s: %d words, grade %.1f", topic.Key, words, grade)
			if words > mostWords || grade > mostGrade {
				t.Errorf("%s has %d words and asks for grade %.1f: at most %d and %.0f", topic.Key, words, grade, mostWords, mostGrade)
			}
		}
		source, err := assets.Policies.ReadFile("policies/" + topic.Key + ".md")
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(source), "\n") {
			if n := utf8.RuneCountInString(line); n > 130 {
				t.Errorf("policies/%s.md:%d has %d characters", topic.Key, i+1, n)
			}
		}
	}
}

var (
	sentenceEnd = regexp.MustCompile(`[.!?:](\s|$)`)
	vowels      = regexp.MustCompile(`[aeiouy]+`)
	letters     = regexp.MustCompile(`[a-z]+`)
)

func readability(text string) (words int, grade float64) {
	sentences, syllables := 0, 0
	for _, b := range Parse(text) {
		sentences += max(1, len(sentenceEnd.FindAllString(b.Text, -1)))
		for _, word := range strings.Fields(strings.ToLower(b.Text)) {
			word = strings.Join(letters.FindAllString(strings.ReplaceAll(word, "’", ""), -1), "")
			if word == "" {
				continue
			}
			words++
			n := len(vowels.FindAllString(word, -1))
			if n > 1 && strings.HasSuffix(word, "e") && !strings.HasSuffix(word, "le") {
				n--
			}
			syllables += max(1, n)
		}
	}
	w := float64(words)
	return words, 0.39*w/float64(sentences) + 11.8*float64(syllables)/w - 15.59
}

func ExampleDraft() {
	text, err := Draft("records", Facts{Backups: "a drive in the bank’s safe", LockAfter: 5})
	if err != nil {
		panic(err)
	}
	fmt.Println(Parse(text)[0].Text)
	fmt.Println(Gaps(text))
	// Output:
	// Your record: what is in it and how I keep it
	// [who takes over your records if you cannot work]
}
