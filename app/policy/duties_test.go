package policy

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// told are the duties to tell clients something, each with words of the text that
// tells it: an acknowledgment shows no more than what was there to read.
var told = []struct{ id, key, words string }{
	{"MS 3.4.C.1", "informed-consent", "on social media, by text or over a video site can be copied"},
	{"MS 3.4.C.1", "texting", "This can harm you if the wrong person learns"},
	{"MS 3.4.C.1", "social-media", "What is posted can be copied and kept for good"},
	{"MS 3.4.C.3", "confidentiality", "unless the person they come from agrees first"},
	{"MS 3.4.C.3", "social-media", "without the consent of the person they come from"},
	{"MS 3.4.C.4", "breach", "any breach of your private information as soon as possible"},
	{"MS 3.4.C.5", "communication", "I keep my private accounts apart from my work"},
	{"MS 3.4.C.5", "social-media", "apart from my work and closed to the public"},
	{"TSP 2.02", "informed-consent", "You may have other choices"},
	{"TSP 2.02", "informed-consent", "Fees:"},
	{"TSP 2.02", "informed-consent", "The companies that carry our calls"},
	{"TSP 2.04", "informed-consent", "I cannot give you my full services"},
	{"TSP 2.05", "searching", "This covers search engines"},
	{"TSP 2.09", "informed-consent", "- License:"},
	{"TSP 2.09", "informed-consent", "report it to the board of that state"},
	{"TSP 2.09", "emergencies", "call or text 988"},
	{"TSP 2.09", "interruption", "use another way to reach me"},
	{"TSP 3.01", "informed-consent", "on social media, by text or over a video site can be copied"},
	{"TSP 3.01", "texting", "I cannot control the companies that carry them"},
	{"TSP 3.01", "social-media", "it can harm your privacy"},
	{"TSP 3.05", "confidentiality", "When I may or must speak"},
	{"TSP 3.05", "confidentiality", "By agreeing to this page"},
	{"TSP 3.06", "confidentiality", "You are not permitted to share or post"},
	{"TSP 3.06", "social-media", "You are not permitted to post"},
	{"TSP 3.07", "confidentiality", "I cannot promise that every other person will"},
	{"TSP 3.09", "texting", "The same is true of most message apps"},
	{"TSP 3.09", "texting", "The safest way to reach me is"},
	{"TSP 3.10", "breach", "any breach of your private information as soon as possible"},
	{"TSP 4.04", "communication", "Before a vacation"},
	{"TSP 4.04", "communication", "At night, on weekends"},
	{"TSP 4.04", "emergencies", "I am not an emergency service"},
	{"TSP 4.05", "communication", "I keep my private accounts apart from my work"},
	{"TSP 4.05", "social-media", "apart from my work and closed to the public"},
	{"TSP 4.09", "communication", "I do not ask clients or former clients for reviews or testimonials"},
	{"TSP 4.09", "social-media", "I do not ask clients or former clients for reviews, ratings or testimonials"},
	{"TSP 4.10", "communication", "I do not accept friend or contact requests"},
	{"TSP 4.10", "social-media", "The only exception is a program"},
	{"TSP 5.01", "records", "I share your record only with"},
	{"TSP 5.02", "informed-consent", "Messages between us become part of your record"},
	{"TSP 5.02", "records", "other electronic messages between us become part of your record"},
	{"TSP 5.02", "communication", "I keep what we write in your record"},
	{"TSP 5.02", "texting", "All messages become part of your record"},
	{"TSP 5.02", "social-media", "What you write to me there becomes part of your record"},
	{"TSP 5.03", "records", "Everything in that folder is encrypted"},
	{"TSP 5.03", "records", "Backup copies:"},
	{"TSP 5.03", "records", "How long I keep it"},
	{"TSP 5.04", "records", "You have a right to know what is in your record"},
	{"TSP 5.04", "privacy-notice", "See your record and get a copy"},
	{"NASW 2.03", "confidentiality", "The law may order me to report it"},
	{"NASW 2.04", "informed-consent", "What may help and what may go wrong"},
	{"NASW 2.09", "communication", "I keep my private accounts apart from my work"},
	{"NASW 2.09", "social-media", "apart from my work and closed to the public"},
	{"NASW 2.10", "social-media", "I use social media to share general information"},
	{"NASW 2.12", "interruption", "If my computer or phone is lost, stolen or broken"},
	{"NASW 2.13", "emergencies", "emergency services, hospital and crisis line are near you"},
	{"NASW 2.13", "emergencies", "one person whom I may call"},
	{"NASW 2.14", "communication", "I do not ask clients or former clients for reviews or testimonials"},
	{"NASW 2.14", "social-media", "I do not ask clients or former clients for reviews, ratings or testimonials"},
	{"TIP 1", "communication", "I do not accept friend or contact requests"},
	{"TIP 1", "social-media", "I do not accept friend, follow or contact requests"},
	{"TIP 5", "social-media", "I look at this page again at least once a year"},
	{"TIP 6", "confidentiality", "Turn off location services during visits"},
	{"TIP 6", "confidentiality", "before you check in, follow me, or write a review"},
	{"TIP 6", "social-media", "An app that knows your location"},
	{"TIP 8", "communication", "I do not ask clients or former clients for reviews or testimonials"},
	{"TIP 8", "social-media", "I do not ask clients or former clients for reviews, ratings or testimonials"},
	{"TIP 9", "payment", "on your bank or card statement"},
}

func TestTextsTellWhatAnAcknowledgmentShows(t *testing.T) {
	f := Facts{SocialMedia: true}
	for _, duty := range told {
		topic, known := Find(duty.key)
		if !known || !slices.Contains(topic.Informs, duty.id) {
			t.Errorf("%s is not told by %s", duty.id, duty.key)
		}
		if !strings.Contains(draft(t, duty.key, f), duty.words) {
			t.Errorf("%s: the text of %s does not say %q", duty.id, duty.key, duty.words)
		}
	}
	for _, topic := range Topics() {
		for i, id := range topic.Informs {
			if slices.Contains(topic.Informs[:i], id) {
				t.Errorf("%s names %s twice", topic.Key, id)
			}
			shown := slices.ContainsFunc(told, func(d struct{ id, key, words string }) bool { return d.id == id && d.key == topic.Key })
			if !shown {
				t.Errorf("no words of %s are known to tell %s", topic.Key, id)
			}
		}
	}
}

// A client is told a duty by a policy that the practice always has and clients
// acknowledge, but for the three that depend on what the practice does.
func TestDutiesAreToldWhateverThePracticeDoes(t *testing.T) {
	depend := []string{"NASW 2.10", "TIP 5", "TIP 9"}
	for _, duty := range told {
		always := slices.ContainsFunc(Topics(), func(topic Topic) bool {
			return topic.ByClients && topic.Applies(Facts{}) && slices.Contains(topic.Informs, duty.id)
		})
		if always == slices.Contains(depend, duty.id) {
			t.Errorf("%s: told whatever the practice does: %v", duty.id, always)
		}
	}
}

func TestTopicsAreWhole(t *testing.T) {
	id := regexp.MustCompile(`^(MS 3\.4\.C\.[1-5]|(TSP|NASW) \d\.\d\d|TIP \d{1,2})$`)
	seen := map[string]bool{}
	for _, topic := range Topics() {
		if topic.Title == "" || topic.Summary == "" || strings.HasSuffix(topic.Summary, ".") || strings.Contains(topic.Summary, "\n") {
			t.Errorf("%s: title %q, summary %q", topic.Key, topic.Title, topic.Summary)
		}
		if (topic.When == "") != topic.Applies(Facts{}) || !topic.Applies(whole()) {
			t.Errorf("%s applies %q", topic.Key, topic.When)
		}
		if seen[topic.Key] {
			t.Errorf("%s stands there twice", topic.Key)
		}
		seen[topic.Key] = true
		for _, duty := range topic.Informs {
			if !id.MatchString(duty) {
				t.Errorf("%s: %q is no ID of a standard", topic.Key, duty)
			}
		}
	}
	if _, known := Find(""); known {
		t.Error("a topic without a key was found")
	}
	Topics()[0].Key = "changed"
	if _, known := Find("informed-consent"); !known {
		t.Error("a caller can change the topics")
	}
}
