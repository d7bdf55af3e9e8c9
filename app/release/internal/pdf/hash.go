package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"crypto/sha512"
)

// hardenedHash is algorithm 2.B of ISO 32000-2 (7.6.4.3.4), the slow hash of
// revision 6.
func hardenedHash(password, salt, user []byte) ([]byte, error) {
	first := sha256.New()
	first.Write(password)
	first.Write(salt)
	first.Write(user)
	key := first.Sum(nil)

	for round := 0; ; round++ {
		once := bytes.Join([][]byte{password, key, user}, nil)
		text := bytes.Repeat(once, 64)
		block, err := aes.NewCipher(key[:16])
		if err != nil {
			return nil, err
		}
		cipher.NewCBCEncrypter(block, key[16:32]).CryptBlocks(text, text)

		// The first 16 bytes as one number, modulo 3; 256 is 1 modulo 3.
		sum := 0
		for _, b := range text[:16] {
			sum += int(b)
		}
		switch sum % 3 {
		case 0:
			h := sha256.Sum256(text)
			key = h[:]
		case 1:
			h := sha512.Sum384(text)
			key = h[:]
		default:
			h := sha512.Sum512(text)
			key = h[:]
		}
		if round >= 63 && int(text[len(text)-1]) <= round-31 {
			return key[:32], nil
		}
	}
}
