package sealed

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"filippo.io/age"
)

func secretsOfBothKinds(t testing.TB) map[string]string {
	t.Helper()
	hybrid, _, err := NewHolderKey()
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{hybridPrefix: hybrid, x25519Prefix: x25519(t).String()}
}

// TestTypedKey types keys in the ways that people do.
func TestTypedKey(t *testing.T) {
	for prefix, secret := range secretsOfBothKinds(t) {
		groups := Groups(secret)
		if strings.Join(groups, "") != secret || len(groups) != 16 {
			t.Fatalf("%d groups", len(groups))
		}
		spaced := strings.Join(groups, " ")
		for what, typed := range map[string]string{
			"as it is":       secret,
			"lower case":     strings.ToLower(secret),
			"in groups":      spaced,
			"in lines":       strings.Join(groups, "\r\n"),
			"with hyphens":   "  " + strings.ToLower(strings.Join(groups, " - ")) + "\n",
			"without prefix": strings.Join(groups[1:], " "),
			"prefix in bits": "age secret key " + strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(prefix, "-", " "), "AGE SECRET KEY ")) + " " + strings.Join(groups[1:], "\t"),
			"O for 0":        prefix + strings.ReplaceAll(strings.TrimPrefix(secret, prefix), "0", "O"),
			"I for L":        prefix + strings.ReplaceAll(strings.TrimPrefix(secret, prefix), "L", "I"),
			"1 for L":        prefix + strings.ReplaceAll(strings.TrimPrefix(secret, prefix), "L", "1"),
		} {
			ids, err := ParseTyped(typed)
			if err != nil || len(ids) != 1 || fmt.Sprint(ids[0]) != secret {
				t.Errorf("%s, %s: %v", prefix, what, err)
			}
		}
	}
}

// TestTypedMistake makes every single mistake in a key, and many double ones, and
// looks whether the group is named.
func TestTypedMistake(t *testing.T) {
	for prefix, secret := range secretsOfBothKinds(t) {
		data := strings.TrimPrefix(secret, prefix)
		wrong := func(at int, c byte) { // c in place of what is there
			typed := prefix + data[:at] + string(c) + data[at+1:]
			_, err := ParseTyped(typed)
			if want := fmt.Sprintf("in group %d:", at/typedGroup+1); err == nil || !strings.Contains(err.Error(), want) {
				t.Fatalf("character %d: %v", at, err)
			}
		}
		for at := range data {
			for _, c := range []byte(strings.ToUpper(bech32Charset)) {
				if c != data[at] {
					wrong(at, c)
				}
			}
		}
		for range 300 {
			a, b := rand.IntN(len(data)), rand.IntN(len(data))
			x, y := bech32Charset[rand.IntN(32)]&^32, bech32Charset[rand.IntN(32)]&^32
			typed := []byte(strings.ToLower(data))
			if a == b || typed[a] == x|32 || typed[b] == y|32 {
				continue
			}
			typed[a], typed[b] = x|32, y|32
			_, err := ParseTyped(prefix + string(typed))
			for _, at := range []int{a, b} {
				if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("group %d", at/typedGroup+1)) {
					t.Fatalf("characters %d and %d: %v", a, b, err)
				}
			}
		}
	}
}

func TestTypedNonsense(t *testing.T) {
	secret, recipient, err := NewHolderKey()
	if err != nil {
		t.Fatal(err)
	}
	data := strings.TrimPrefix(secret, hybridPrefix)
	for what, c := range map[string]struct{ typed, want string }{
		"nothing":           {" \n", "there is no key"},
		"the prefix":        {hybridPrefix, "there is no key"},
		"a group too few":   {hybridPrefix + data[4:], "54 characters"},
		"a group twice":     {secret + data[:4], "62 characters"},
		"a B":               {hybridPrefix + data[:9] + "B" + data[10:], "a B in group 3"},
		"a sign":            {hybridPrefix + data[:57] + "?", "group 15"},
		"an emoji":          {hybridPrefix + "🙂" + data[1:], "group 1 "},
		"a recipient":       {recipient, "more than a key"},
		"a passphrase":      {"correct horse battery staple", "no key has"},
		"groups exchanged":  {hybridPrefix + data[8:] + data[:8], "more than two places"},
		"a book":            {strings.Repeat("a", maxTyped+1), "more than a key"},
		"one of the others": {"AGE-PLUGIN-YUBIKEY-1QQQQ", "no key has"},
	} {
		_, err := ParseTyped(c.typed)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func FuzzParseTyped(f *testing.F) {
	for _, secret := range secretsOfBothKinds(f) {
		f.Add(secret)
		f.Add(strings.ToLower(strings.Join(Groups(secret), "-")))
	}
	f.Add("age-secret-key-pq-1 qqqq 1111 oooo bbbb")
	f.Fuzz(func(t *testing.T, s string) {
		ids, err := ParseTyped(s)
		if err != nil {
			return
		}
		// What parses is a key, which reads the same from its own groups.
		again, err := ParseTyped(strings.Join(Groups(fmt.Sprint(ids[0])), " "))
		if err != nil || fmt.Sprint(again[0]) != fmt.Sprint(ids[0]) {
			t.Errorf("%v", err)
		}
	})
}

func TestParseRecipient(t *testing.T) {
	_, hybrid, err := NewHolderKey()
	if err != nil {
		t.Fatal(err)
	}
	x := x25519(t)
	for _, good := range []string{hybrid, x.Recipient().String(), " " + hybrid + "\n", "# public key: " + x.Recipient().String()} {
		if _, err := ParseRecipient(good); err != nil {
			t.Errorf("%.20q: %v", good, err)
		}
	}
	for given, want := range map[string]string{
		"":                              "there is no key",
		x.String():                      "secret key",
		strings.ToLower(x.String()):     "secret key",
		"ssh-ed25519 AAAAC3Nz me@home":  "cannot be used here",
		"me@example.org":                "not a public key",
		hybrid[:len(hybrid)-1]:          "mistake",
		x.Recipient().String()[:40]:     "mistake",
		hybrid + "\n" + hybrid:          "one holder's",
		"age1yubikey1q2w3e4r5t6y7u8i9o": "plugin",
		strings.Repeat("age1", 1<<20):   "one holder's",
	} {
		_, err := ParseRecipient(given)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.30q: %v", given, err)
		}
		if err != nil && strings.Contains(err.Error(), "AGE-SECRET-KEY-1") {
			t.Errorf("%.30q: the error repeats the key", given)
		}
	}
}

func TestNewHolderKey(t *testing.T) {
	secret, recipient, err := NewHolderKey()
	if err != nil {
		t.Fatal(err)
	}
	id, err := age.ParseHybridIdentity(secret)
	if err != nil || id.Recipient().String() != recipient {
		t.Errorf("the two do not belong together: %v", err)
	}
}
