package sealed

import (
	"errors"
	"fmt"
	"strings"

	"filippo.io/age"
)

// The two kinds of secret keys that age-keygen makes. After the prefix, which is
// the same for all, follow typedLength characters.
const (
	hybridPrefix = "AGE-SECRET-KEY-PQ-1"
	x25519Prefix = "AGE-SECRET-KEY-1"
	typedLength  = 58
	// typedGroup is how many characters stand together on paper.
	typedGroup = 4
)

// maxTyped bounds what is taken for a typed key, in bytes.
const maxTyped = 1000

// Groups cuts a secret key for paper: its prefix, then groups of four, the last of
// two. [ParseTyped] counts them from 1 behind the prefix.
func Groups(secret string) []string {
	prefix, rest := hybridPrefix, strings.TrimPrefix(secret, hybridPrefix)
	if rest == secret {
		prefix, rest = x25519Prefix, strings.TrimPrefix(secret, x25519Prefix)
	}
	groups := []string{prefix}
	for len(rest) > typedGroup {
		groups, rest = append(groups, rest[:typedGroup]), rest[typedGroup:]
	}
	return append(groups, rest)
}

// ParseTyped reads a secret key as somebody types it from paper: with spaces,
// hyphens and line breaks where they like, in either case, with or without the
// prefix; O is taken for 0, and I and 1 for L, since no key has those. Where it
// can the error says which group, as [Groups] cuts them, has a mistake. No error
// repeats the key.
func ParseTyped(s string) ([]age.Identity, error) {
	if len(s) > maxTyped {
		return nil, errors.New("this is more than a key: type the one key from the sheet")
	}
	prefixes, typed := splitTyped(s)
	if typed == "" {
		return nil, errors.New("there is no key: type it from the sheet, group by group")
	}
	data, err := typedData(typed)
	if err != nil {
		return nil, err
	}
	for _, prefix := range prefixes {
		if id, err := parseSecretKey(prefix + strings.ToUpper(data)); err == nil {
			return []age.Identity{id}, nil
		}
	}
	return nil, typedMistake(prefixes, data)
}

// splitTyped drops what only makes a key readable, and gives the prefixes that
// what is left may belong to: both where none was typed.
func splitTyped(s string) (prefixes []string, typed string) {
	plain := func(s string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(" \t\r\n-–—_.,:/|\u00a0\u2010\u2011\u2028", r) {
				return -1
			}
			return r
		}, strings.ToUpper(s))
	}
	typed = plain(s)
	for _, prefix := range []string{hybridPrefix, x25519Prefix} {
		for _, begin := range []string{plain(prefix), strings.TrimSuffix(plain(prefix), "1") + "L", strings.TrimSuffix(plain(prefix), "1") + "I"} {
			if rest, ok := strings.CutPrefix(typed, begin); ok {
				return []string{prefix}, rest
			}
		}
	}
	return []string{hybridPrefix, x25519Prefix}, typed
}

// typedData gives the key's own characters in lower case, or says where one is
// that no key has, or that some are missing.
func typedData(typed string) (string, error) {
	var data []byte
	for _, r := range strings.ToLower(typed) {
		switch r {
		case 'o':
			r = '0'
		case 'i', '1':
			r = 'l'
		}
		if r > 127 || strings.IndexByte(bech32Charset, byte(r)) < 0 {
			if r == 'b' {
				return "", fmt.Errorf("there is a B in %s, and no key has that letter: look whether the sheet says 8 or 6", groupOf(len(data)))
			}
			return "", fmt.Errorf("there is a character in %s that no key has: compare it with the sheet", groupOf(len(data)))
		}
		data = append(data, byte(r))
	}
	if n := len(data); n != typedLength {
		return "", fmt.Errorf("the key has %d characters behind its beginning, where it should have %d: look for a group that was left out, typed twice, or is too short or too long", n, typedLength)
	}
	return string(data), nil
}

// typedMistake finds one or two wrong characters by the key's checksum.
func typedMistake(prefixes []string, data string) error {
	for _, prefix := range prefixes {
		at := bech32Wrong(strings.ToLower(strings.TrimSuffix(prefix, "1")), data)
		switch {
		case len(at) == 0:
		case len(at) == 1 || at[0]/typedGroup == at[1]/typedGroup:
			return fmt.Errorf("there is a mistake in %s: compare it with the sheet", groupOf(at[0]))
		default:
			return fmt.Errorf("there is a mistake in %s and one in %s: compare them with the sheet", groupOf(at[0]), groupOf(at[1]))
		}
	}
	return errors.New("there are mistakes in more than two places, or groups in another order: compare all of the key with the sheet")
}

// groupOf names the group of a character.
func groupOf(at int) string {
	return fmt.Sprintf("group %d", min(at, typedLength-1)/typedGroup+1)
}
