package sealed

import (
	"bytes"
	"crypto/hkdf"
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

const (
	// maxKeyFile bounds key.age in bytes; a real one has about 2,400.
	maxKeyFile = 64 << 10
	// maxWorkFactor bounds the scrypt work, log2 N, that a key.age may ask
	// for: 22 takes a desktop some fifteen seconds and 4 GiB.
	maxWorkFactor = 22
	// macInfo separates the journal's key from other keys of the identity.
	macInfo = "sealed journal 1"
)

// keys are what an open vault encrypts, decrypts and authenticates with.
type keys struct {
	identity  *age.HybridIdentity
	recipient *age.HybridRecipient
	mac       []byte // HKDF-SHA256 of the identity: only its holder writes a journal
	envelopes *envelopes
}

func newKeys(id *age.HybridIdentity) (*keys, error) {
	mac, err := hkdf.Key(sha256.New, []byte(id.String()), nil, macInfo, sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("deriving the journal's key: %w", err)
	}
	return &keys{identity: id, recipient: id.Recipient(), mac: mac, envelopes: &envelopes{recipient: id.Recipient()}}, nil
}

// seal encrypts b to the vault, appending the age file to dst.
func (k *keys) seal(dst, b []byte) ([]byte, error) {
	e, err := k.envelopes.take()
	if err != nil {
		return nil, err
	}
	file, err := e.fill(b)
	if err != nil {
		return nil, err
	}
	return append(dst, file...), nil
}

// open decrypts an age file that seal made.
func (k *keys) open(sealed []byte) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(sealed), k.identity)
	if err != nil {
		return nil, err
	}
	out := bytes.NewBuffer(make([]byte, 0, len(sealed)+bytes.MinRead)) // never grows, which would leave copies
	_, err = out.ReadFrom(r)
	return out.Bytes(), err
}

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
	from.SetMaxWorkFactor(maxWorkFactor)
	r, err := age.Decrypt(bytes.NewReader(sealed), from)
	var mismatch *age.NoIdentityMatchError
	if errors.As(err, &mismatch) && len(mismatch.StanzaTypes) == 1 && mismatch.StanzaTypes[0] == "scrypt" {
		return nil, ErrPassphrase
	}
	if err != nil {
		return nil, damagedKey(err)
	}
	text, err := io.ReadAll(io.LimitReader(r, maxKeyFile))
	if err != nil {
		return nil, damagedKey(err)
	}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		id, err := age.ParseHybridIdentity(line)
		if err != nil {
			// The error of a malformed key repeats the key.
			return nil, damagedKey(errors.New("it holds no post-quantum age identity"))
		}
		return id, nil
	}
	return nil, damagedKey(errors.New("it holds no identity"))
}

func damagedKey(cause error) error {
	return &DamagedError{File: keyFile, Offset: -1, Reason: cause.Error(), Cause: cause}
}

// keySum gives the checksum file of key.age, as sha256sum writes and checks it.
func keySum(sealed []byte) []byte {
	return fmt.Appendf(nil, "%x  %s\n", sha256.Sum256(sealed), keyFile)
}

// readKeys opens the vault's identity with the passphrase.
func readKeys(files disk.Files, dir, passphrase string) (*keys, error) {
	if passphrase == "" {
		return nil, ErrEmptyPassphrase
	}
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
	if err != nil {
		return nil, err
	}
	return newKeys(id)
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
	f, err := files.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size, err := f.Size()
	if err != nil {
		return nil, err
	}
	if size > limit {
		return nil, &DamagedError{File: filepath.Base(path), Offset: -1, Reason: fmt.Sprintf("it is %d bytes long", size)}
	}
	b := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(f, 0, size), b); err != nil {
		return nil, err
	}
	return b, nil
}
