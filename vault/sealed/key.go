package sealed

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"

	"filippo.io/age"
)

const (
	// maxKeyFile bounds key.age in bytes; a real one has about 2,400.
	maxKeyFile = 64 << 10
	// MaxWorkFactor bounds the scrypt work, log2 N, that a file may ask for.
	// Ours ask for 18, age's default, which takes a desktop 0.8 s and 256 MiB; so
	// a hostile one costs twice that at most.
	MaxWorkFactor = 19
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
	puts      usage // attachments that are being sealed to it
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
