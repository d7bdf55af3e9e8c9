package sealed

import (
	"encoding/hex"
	"io"
	"slices"

	"filippo.io/age"
)

// Key is a vault's identity, opened. While a re-key is under way it also knows
// the vault's other ones, which open what is not sealed anew yet. It may be used
// from any goroutine, and stays of use after the vault was closed.
type Key struct {
	identity *age.HybridIdentity
	others   []*age.HybridIdentity
	holder   string
	set      string // of a re-key that was begun: for whom, as holderSet says it
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

// KeyOf gives the key of an identity that [Key.Identity] gave.
func KeyOf(identity string) (*Key, error) {
	id, err := age.ParseHybridIdentity(identity)
	if err != nil {
		return nil, errNoIdentity // age's error could repeat it
	}
	return &Key{identity: id}, nil
}

// NewKey makes an identity for a database that is detached and belongs to no
// vault.
func NewKey() (*Key, error) {
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		return nil, err
	}
	return &Key{identity: id}, nil
}

// Holder gives whose key opened the identity: the NAME of holders/NAME.age, or
// nothing where it was the passphrase.
func (k *Key) Holder() string { return k.holder }

// Identity gives the identity as text, AGE-SECRET-KEY-PQ-1..., which opens
// everything: to be kept sealed, such as in the vault itself before a re-key.
func (k *Key) Identity() string { return k.identity.String() }

// Encrypt gives a writer that encrypts to the vault's recipient as an age file.
// It must be closed; closing leaves w open.
func (k *Key) Encrypt(w io.Writer) (io.WriteCloser, error) {
	return age.Encrypt(w, k.identity.Recipient())
}

// Decrypt opens an age file of size bytes that was encrypted to the vault's
// recipient, and gives its plaintext, to be read at any place and from any
// goroutine, and the length of that.
func (k *Key) Decrypt(r io.ReaderAt, size int64) (io.ReaderAt, int64, error) {
	return age.DecryptReaderAt(r, size, k.identities()...)
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

// Name tells identities apart, in 32 hexadecimal digits that reveal nothing. Of
// several it is that of the one that k encrypts to.
func (k *Key) Name() string { return hex.EncodeToString(k.MAC(nameInfo)[:16]) }

// Each gives each identity that k knows as a key of its own, the one that it
// encrypts to first.
func (k *Key) Each() (all []*Key) {
	for _, id := range k.all() {
		all = append(all, &Key{identity: id, holder: k.holder})
	}
	return all
}

// Beside gives k with the identities of others, which it decrypts with too.
func (k *Key) Beside(others ...*Key) *Key {
	with := &Key{identity: k.identity, others: slices.Clone(k.others), holder: k.holder}
	for _, other := range others {
		for _, id := range other.all() {
			if !slices.ContainsFunc(with.all(), sameAs(id)) {
				with.others = append(with.others, id)
			}
		}
	}
	return with
}

// Knows reports whether the identity of that name is among those of k.
func (k *Key) Knows(name string) bool {
	return slices.ContainsFunc(k.Each(), func(one *Key) bool { return one.Name() == name })
}

func (k *Key) all() []*age.HybridIdentity {
	return append([]*age.HybridIdentity{k.identity}, k.others...)
}

func (k *Key) identities() (all []age.Identity) {
	for _, id := range k.all() {
		all = append(all, id)
	}
	return all
}

func sameAs(id *age.HybridIdentity) func(*age.HybridIdentity) bool {
	text := id.String()
	return func(other *age.HybridIdentity) bool { return other.String() == text }
}
