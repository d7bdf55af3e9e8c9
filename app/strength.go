package app

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	zxcvbn "github.com/nbutton23/zxcvbn-go"
)

// Strength is how long a passphrase would hold, by zxcvbn's estimate of the
// guesses it takes, at the cost that the vault's key derivation gives a guess.
type Strength struct {
	Score int     // 0 (worst) to 4
	Bits  float64 // of entropy
	Words string  // one sentence
}

// strengthLimit is how many characters are looked at: the estimate's time
// grows with the square.
const strengthLimit = 72

// PassphraseStrength judges a passphrase. hints are words that somebody who
// knows the practitioner would try first, such as the practice's name.
func PassphraseStrength(passphrase string, hints ...string) Strength {
	if passphrase == "" {
		return Strength{Words: "Several words that nobody else would put together."}
	}
	looked := passphrase
	if utf8.RuneCountInString(looked) > strengthLimit {
		looked = string([]rune(looked)[:strengthLimit])
	}
	m := zxcvbn.PasswordStrength(looked, hints)
	s := Strength{Score: scoreOf(m.Entropy), Bits: m.Entropy}
	if slices.ContainsFunc(hints, func(hint string) bool { return containsName(passphrase, hint) }) {
		s.Score = min(s.Score, 1)
		s.Words = strengthNames[s.Score] + ": it contains the practice’s name, which is tried first"
		return s
	}
	s.Words = fmt.Sprintf("%s: %s", strengthNames[s.Score], strengthMeaning[s.Score])
	return s
}

// shortestName is how many letters and digits a name has at least for it to make a
// passphrase weak: a shorter one stands in many words.
const shortestName = 4

// containsName reports whether a name stands in a passphrase, however it is spaced
// and capitalized.
func containsName(passphrase, name string) bool {
	name = lettersOf(name)
	return utf8.RuneCountInString(name) >= shortestName && strings.Contains(lettersOf(passphrase), name)
}

func lettersOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// scoreOf draws the lines where a guess costs about a second of one core, as
// age's scrypt does at its default: 2^28 guesses are eight years of one core,
// or three days of a thousand.
func scoreOf(bits float64) int {
	for score, below := range []float64{20, 30, 42, 56} {
		if bits < below {
			return score
		}
	}
	return 4
}

var strengthNames = [...]string{"Very weak", "Weak", "Fair", "Good", "Strong"}

var strengthMeaning = [...]string{
	"found within hours by anybody who has the file",
	"found within weeks by somebody who rents computers",
	"out of reach of most thieves; two more words would make it strong",
	"out of reach of anybody without a great many computers for years",
	"out of reach of guessing for many years, where it is made of words drawn at random and used nowhere else",
}
