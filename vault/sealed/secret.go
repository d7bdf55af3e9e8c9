package sealed

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"

	"casekeep/vault/sealed/disk"
)

// A Secret opens a vault's identity: the passphrase, or the age identities of
// somebody for whom holders/NAME.age was sealed.
type Secret struct {
	Passphrase string
	Identities []age.Identity
}

// maxIdentityFile bounds an identity file in bytes; age-keygen's have at most
// some 2,200.
const maxIdentityFile = 1 << 20

// ParseIdentities reads an identity file as age-keygen writes it: one secret
// key a line, X25519 (AGE-SECRET-KEY-1...) or post-quantum hybrid
// (AGE-SECRET-KEY-PQ-1...), with comments that begin with #. No error repeats
// what the file holds.
func ParseIdentities(r io.Reader) ([]age.Identity, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxIdentityFile+1))
	defer wipe(text)
	if err != nil {
		return nil, fmt.Errorf("the key file cannot be read (%w): choose another one", err)
	}
	if len(text) > maxIdentityFile {
		return nil, errors.New("the key file is too large to be one: choose the file that age-keygen wrote")
	}
	var ids []age.Identity
	lines := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		id, err := parseSecretKey(line)
		if err != nil {
			return nil, fmt.Errorf("line %d of the key file %w: choose the file that age-keygen wrote", n, err)
		}
		ids = append(ids, id)
	}
	if lines.Err() != nil || len(ids) == 0 {
		return nil, errors.New("the key file holds no key: choose the file that age-keygen wrote")
	}
	return ids, nil
}

func parseSecretKey(line string) (id age.Identity, err error) {
	switch {
	case strings.HasPrefix(line, "AGE-SECRET-KEY-PQ-1"):
		id, err = age.ParseHybridIdentity(line)
	case strings.HasPrefix(line, "AGE-SECRET-KEY-1"):
		id, err = age.ParseX25519Identity(line)
	default:
		return nil, errors.New("is no secret key")
	}
	if err != nil {
		return nil, errors.New("is a secret key with a mistake in it") // age's error could repeat it
	}
	return id, nil
}

// openKey opens the identity of the vault in dir.
func openKey(files disk.Files, dir string, s Secret) (*Key, error) {
	if s.Passphrase == "" && len(s.Identities) == 0 {
		return nil, ErrEmptyPassphrase
	}
	var failed error
	if s.Passphrase != "" {
		k, err := readKeyFile(files, dir, s.Passphrase)
		if err == nil {
			return k, nil
		}
		failed = err
	}
	if len(s.Identities) == 0 {
		return nil, failed
	}
	k, err := readHolders(files, dir, s.Identities)
	if errors.Is(err, ErrNoHolder) && failed != nil {
		err = failed
	}
	return k, err
}
