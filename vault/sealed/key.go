package sealed

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"filippo.io/age"
)

const (
	// maxKeyFile bounds key.age in bytes; a real one has about 2,400.
	maxKeyFile = 64 << 10
	// MaxWorkFactor bounds the scrypt work, log2 N, that a file may ask
	// for: 22 takes a desktop some fifteen seconds and 4 GiB.
	MaxWorkFactor = 22
	// macInfo separates the journal's key from other keys of the identity.
	macInfo = "sealed journal 1"
	// nameInfo separates what a key is called from other keys of the identity.
	nameInfo = "sealed key name 1"
)

// keys are what an open vault encrypts, decrypts and authenticates with.
type keys struct {
	identity  *age.HybridIdentity
	recipient *age.HybridRecipient
	mac       []byte // HKDF-SHA256 of the identity: only its holder writes a journal; in locked memory
	envelopes *envelopes
}

func newKeys(id *age.HybridIdentity) (*keys, error) {
	derived, err := derive(id, macInfo)
	if err != nil {
		return nil, err
	}
	mac, err := lockedKeys.move(derived)
	if err != nil {
		return nil, err
	}
	return &keys{identity: id, recipient: id.Recipient(), mac: mac, envelopes: &envelopes{recipient: id.Recipient()}}, nil
}

// forget wipes what can be wiped. The identity is in the Go heap, by which age
// handles it, until the process ends.
func (k *keys) forget() {
	if k.mac != nil {
		lockedKeys.wipe(k.mac)
		k.mac = nil
	}
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

// derive gives 32 bytes of HKDF-SHA256 of the identity.
func derive(id *age.HybridIdentity, info string) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, []byte(id.String()), nil, info, sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("deriving a key: %w", err)
	}
	return key, nil
}

// Key is a vault's identity, opened. It may be used from any goroutine, and
// stays of use after the vault was closed.
type Key struct {
	identity *age.HybridIdentity
	holder   string
}

// OpenKey opens the identity of the vault in dir, which need not be whole
// otherwise, and may be open: key.age with the passphrase, or the files in
// holders with the identities. Where both are given the passphrase goes first.
// The errors are those of [Open], and [ErrNoHolder].
func OpenKey(dir string, s Secret, opt Options) (*Key, error) {
	k, err := openKey(opt.withDefaults().Files, dir, s)
	if err != nil {
		return nil, reading(err)
	}
	return k, nil
}

// Holder gives whose key opened the identity: the NAME of holders/NAME.age, or
// nothing where it was the passphrase.
func (k *Key) Holder() string { return k.holder }

// Encrypt gives a writer that encrypts to the vault's recipient as an age file.
// It must be closed; closing leaves w open.
func (k *Key) Encrypt(w io.Writer) (io.WriteCloser, error) {
	return age.Encrypt(w, k.identity.Recipient())
}

// Decrypt opens an age file of size bytes that was encrypted to the vault's
// recipient, and gives its plaintext, to be read at any place and from any
// goroutine, and the length of that.
func (k *Key) Decrypt(r io.ReaderAt, size int64) (io.ReaderAt, int64, error) {
	return age.DecryptReaderAt(r, size, k.identity)
}

// MAC gives a key of 32 bytes, HKDF-SHA256 of the identity (RFC 5869), by which
// what this vault wrote is told from what somebody else encrypted to it. Each
// use has an info of its own.
func (k *Key) MAC(info string) []byte {
	key, err := derive(k.identity, info)
	if err != nil {
		panic(err) // 32 bytes of SHA-256 are within what HKDF gives
	}
	return key
}

// Name tells identities apart, in 32 hexadecimal digits that reveal nothing.
func (k *Key) Name() string { return hex.EncodeToString(k.MAC(nameInfo)[:16]) }
