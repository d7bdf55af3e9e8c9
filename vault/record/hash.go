package record

import (
	"encoding/hex"
	"fmt"
)

// Hash is a SHA-256 digest. It is written in hexadecimal.
type Hash [32]byte

func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// IsZero reports whether no digest is stated.
func (h Hash) IsZero() bool { return h == Hash{} }

// MarshalText writes 64 hexadecimal digits.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads 64 hexadecimal digits.
func (h *Hash) UnmarshalText(b []byte) error {
	if hex.DecodedLen(len(b)) != len(h) {
		return fmt.Errorf("a SHA-256 digest has 64 hexadecimal digits, not %d", len(b))
	}
	_, err := hex.Decode(h[:], b)
	return err
}
