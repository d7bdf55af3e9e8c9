package sealed

import (
	"errors"
	"strings"

	"filippo.io/age"
)

// NewHolderKey makes a key for somebody who has none, such as to be printed:
// the secret (AGE-SECRET-KEY-PQ-1..., for its holder alone) and what is sealed
// to (age1pq1...), both post-quantum hybrid as age-keygen -pq makes them.
func NewHolderKey() (secret, recipient string, err error) {
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		return "", "", err
	}
	return id.String(), id.Recipient().String(), nil
}

// maxRecipient bounds what is taken for a recipient, in bytes: a post-quantum
// one has 1,959.
const maxRecipient = 8 << 10

// ParseRecipient reads the public key of one holder, as age-keygen prints it:
// age1... (X25519) or age1pq1... (post-quantum hybrid).
func ParseRecipient(s string) (age.Recipient, error) {
	s = strings.TrimPrefix(strings.TrimSpace(s), "# public key: ")
	lower := strings.ToLower(s)
	switch {
	case s == "":
		return nil, errors.New("there is no key: paste the holder's public key, which begins with age1")
	case strings.HasPrefix(lower, "age-secret-key-"):
		return nil, errors.New("this is a secret key, which only its holder should see: ask for the public key that belongs to it, which begins with age1")
	case strings.HasPrefix(lower, "ssh-"), strings.HasPrefix(lower, "age-plugin-"):
		return nil, errors.New("this kind of key cannot be used here: ask the holder for one that age-keygen made, which begins with age1")
	case !strings.HasPrefix(lower, "age1"):
		return nil, errors.New("this is not a public key: a holder's begins with age1, and age-keygen prints it")
	case len(s) > maxRecipient || len(strings.Fields(s)) > 1:
		return nil, errors.New("this is more than one key: give one holder's public key at a time")
	case strings.HasPrefix(lower, "age1pq1"):
		return parsedRecipient(age.ParseHybridRecipient(s))
	case strings.LastIndexByte(lower, '1') > len("age"):
		return nil, errors.New("this key belongs to a plugin of age, such as for a security key, which this program cannot ask: ask the holder for one that age-keygen made")
	}
	return parsedRecipient(age.ParseX25519Recipient(s))
}

func parsedRecipient[R age.Recipient](to R, err error) (age.Recipient, error) {
	if err != nil {
		return nil, errors.New("this public key has a mistake in it or was cut off: copy all of it again, from age1 to its end")
	}
	return to, nil
}
