package intake

import (
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// Normalize gives the one spelling under which an address is known: that of
// NormalizeEmail if it holds an "@", else that of NormalizePhone.
func Normalize(addr, region string) string {
	if strings.Contains(addr, "@") {
		return NormalizeEmail(addr)
	}
	return NormalizePhone(addr, region)
}

// NormalizePhone gives a telephone number in E.164 ("+16015550101"). Region is
// the ISO 3166 region of numbers without a country. What is no full number
// stays as it is: short codes and numbers without an area code as their
// digits, senders that are names ("MyClinic") and service codes ("*611") as
// they are written.
func NormalizePhone(raw, region string) string {
	s := strings.Map(visible, raw)
	s = strings.Join(strings.Fields(s), " ")
	if len(s) >= 4 && strings.EqualFold(s[:4], "tel:") {
		s, _, _ = strings.Cut(s[4:], ";")
	}
	if len(s) > maxAddress || strings.ContainsAny(s, "*#") || strings.ContainsFunc(s, unicode.IsLetter) {
		return cut(s, maxAddress)
	}
	digits := phonenumbers.NormalizeDigitsOnly(s)
	if len(digits) < shortestNumber {
		return digits
	}
	n, err := phonenumbers.Parse(s, region)
	if err == nil && phonenumbers.IsPossibleNumberWithReason(n) == phonenumbers.IS_POSSIBLE {
		return phonenumbers.Format(n, phonenumbers.E164)
	}
	if strings.HasPrefix(s, "+") {
		return "+" + digits
	}
	return digits
}

// NormalizeEmail gives an email address in lower case, without the brackets,
// spaces or "mailto:" around it.
func NormalizeEmail(raw string) string {
	s := strings.TrimSpace(strings.Map(visible, raw))
	s = strings.Trim(s, "<>")
	if len(s) >= 7 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	return cut(strings.ToLower(strings.TrimSpace(s)), maxAddress)
}

const (
	maxAddress     = 320 // bytes: the longest email address, RFC 3696 erratum 1690
	shortestNumber = 7   // digits; what is shorter is a short code
)

// visible drops the marks that copied numbers carry: direction, joiners, byte
// order, control characters.
func visible(r rune) rune {
	if unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r) {
		return -1
	}
	return r
}

// cut shortens s to at most n bytes without breaking a character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}

// normalizer remembers what it normalized: a backup names the same few
// addresses again and again.
type normalizer struct {
	region string
	seen   map[string]string
}

const normalizerHeld = 4096

func newNormalizer(region string) *normalizer {
	return &normalizer{region, map[string]string{}}
}

func (n *normalizer) normalize(addr string) string {
	if out, ok := n.seen[addr]; ok {
		return out
	}
	if len(n.seen) == normalizerHeld {
		clear(n.seen)
	}
	out := Normalize(addr, n.region)
	if len(addr) <= maxAddress {
		n.seen[strings.Clone(addr)] = out
	}
	return out
}
