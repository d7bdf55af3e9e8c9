package sealed

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"casekeep/vault/sealed/disk"
)

// sealIdentity gives the content of key.age: the identity as age-keygen writes
// it, encrypted with the passphrase, so that `age -d -i key.age` understands it.
func sealIdentity(id *age.HybridIdentity, passphrase string, workFactor int) ([]byte, error) {
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, err
	}
	if workFactor != 0 {
		to.SetWorkFactor(workFactor)
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintf(w, "# public key: %s\n%s\n", id.Recipient(), id); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// openIdentity decrypts key.age. Wrong is [ErrPassphrase], also where the
// ciphertext was damaged in a way that looks like it: age cannot tell, the
// checksum beside the key can.
func openIdentity(sealed []byte, passphrase string) (*age.HybridIdentity, error) {
	from, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, err
	}
	from.SetMaxWorkFactor(MaxWorkFactor)
	r, err := age.Decrypt(bytes.NewReader(sealed), from)
	var mismatch *age.NoIdentityMatchError
	if errors.As(err, &mismatch) && len(mismatch.StanzaTypes) == 1 && mismatch.StanzaTypes[0] == "scrypt" {
		return nil, ErrPassphrase
	}
	if err != nil {
		return nil, damagedKey(err)
	}
	id, err := parseIdentity(r)
	if err != nil {
		return nil, damagedKey(err)
	}
	return id, nil
}

// parseIdentity reads the vault's identity as sealIdentity writes it.
func parseIdentity(r io.Reader) (*age.HybridIdentity, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxKeyFile))
	if err != nil {
		return nil, err
	}
	defer wipe(text)
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		id, err := age.ParseHybridIdentity(line)
		if err != nil {
			// The error of a malformed key repeats the key.
			return nil, errors.New("it holds no post-quantum age identity")
		}
		return id, nil
	}
	return nil, errors.New("it holds no identity")
}

func damagedKey(cause error) error {
	return &DamagedError{File: keyFile, Offset: -1, Reason: cause.Error(), Cause: cause}
}

// keySum gives the checksum file of key.age, as sha256sum writes and checks it.
func keySum(sealed []byte) []byte {
	return fmt.Appendf(nil, "%x  %s\n", sha256.Sum256(sealed), keyFile)
}

// readKeyFile opens the vault's identity with the passphrase.
func readKeyFile(files disk.Files, dir, passphrase string) (*age.HybridIdentity, error) {
	sealed, err := readSmall(files, filepath.Join(dir, keyFile), maxKeyFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, damagedKey(errors.New("it is missing"))
	}
	if err != nil {
		return nil, err
	}
	id, err := openIdentity(sealed, passphrase)
	if errors.Is(err, ErrPassphrase) && !sumAgrees(files, dir, sealed) {
		return nil, damagedKey(errors.New("its checksum does not match"))
	}
	return id, err
}

// sumAgrees reports whether key.age is as its checksum says. A missing checksum
// says nothing against it.
func sumAgrees(files disk.Files, dir string, sealed []byte) bool {
	sums, err := readSmall(files, filepath.Join(dir, keySumFile), maxKeyFile)
	if err != nil {
		return true
	}
	return bytes.Contains(sums, bytes.TrimSpace(keySum(sealed)))
}

// readSmall reads a whole file of at most limit bytes.
func readSmall(files disk.Files, path string, limit int64) ([]byte, error) {
	b, err := disk.ReadFile(files, path, limit)
	var long *disk.TooLongError
	if errors.As(err, &long) {
		return nil, &DamagedError{File: long.Name, Offset: -1, Reason: long.Error()}
	}
	return b, err
}
