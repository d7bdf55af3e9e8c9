package policy

import (
	"crypto/sha256"
	"fmt"

	"casekeep/vault/record"
)

// Digest names a version for ever: an acknowledgment holds it, so what somebody
// agreed to cannot be changed unseen. It is the SHA-256 of these bytes, lines
// ending in "\n" and nothing after the text:
//
//	casekeep policy 1
//	topic "TOPIC"
//	version N
//	effective YYYY-MM-DD
//
//	TEXT
//
// TOPIC is quoted as a Go string, and the date is empty where it is unknown, so
// no two versions share these bytes. Anybody can write them and run sha256sum.
func Digest(topic string, version int, effective record.Date, text string) record.Hash {
	head := fmt.Sprintf("casekeep policy 1\ntopic %q\nversion %d\neffective %s\n\n", topic, version, effective)
	return sha256.Sum256([]byte(head + text))
}
