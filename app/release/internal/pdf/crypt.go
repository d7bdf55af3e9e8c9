package pdf

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxPassword is the longest password that revision 6 tells apart, in bytes
// (ISO 32000-2, 7.6.4.3.2).
const maxPassword = 127

// allPermissions is the P entry that withholds nothing, printing included
// (ISO 32000-2, table 22: bits 1 and 2 are reserved as 0).
const allPermissions = int32(-4)

// cipherer encrypts strings and streams with the file's key, and holds what
// lets a reader get that key from the password: the standard security handler,
// version 5, revision 6 (ISO 32000-2, 7.6.4).
type cipherer struct {
	block          cipher.Block
	user, userKey  []byte // U and UE
	owner, ownrKey []byte // O and OE
	perms          []byte
}

func newCipherer(password string) (*cipherer, error) {
	pw, err := preparePassword(password)
	if err != nil {
		return nil, err
	}
	key := random(32)
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	c := &cipherer{block: block}
	if c.user, c.userKey, err = wrapKey(pw, key, nil); err != nil {
		return nil, err
	}
	// The same password as the owner's: whoever may read the record may do
	// everything with it.
	if c.owner, c.ownrKey, err = wrapKey(pw, key, c.user); err != nil {
		return nil, err
	}
	c.perms = permissions(block)
	return c, nil
}

// wrapKey seals the file's key under a password: algorithms 8 and 9 of ISO
// 32000-2. For the owner's password, user is the finished U entry.
func wrapKey(password, key, user []byte) (check, wrapped []byte, err error) {
	validation, salt := random(8), random(8)
	sum, err := hardenedHash(password, validation, user)
	if err != nil {
		return nil, nil, err
	}
	check = append(append(sum, validation...), salt...)
	wrapping, err := hardenedHash(password, salt, user)
	if err != nil {
		return nil, nil, err
	}
	block, err := aes.NewCipher(wrapping)
	if err != nil {
		return nil, nil, err
	}
	wrapped = make([]byte, len(key))
	cipher.NewCBCEncrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(wrapped, key)
	return check, wrapped, nil
}

// permissions is algorithm 10: the P entry again, sealed against change.
func permissions(block cipher.Block) []byte {
	p := make([]byte, aes.BlockSize)
	binary.LittleEndian.PutUint32(p, uint32(0xffffffff&int64(allPermissions)))
	copy(p[4:], "\xff\xff\xff\xffTadb")
	copy(p[12:], random(4))
	block.Encrypt(p, p)
	return p
}

// encrypt is algorithm 1.A: AES-256 in CBC mode, a random vector in front,
// padded to whole blocks.
func (c *cipherer) encrypt(data []byte) []byte {
	pad := aes.BlockSize - len(data)%aes.BlockSize
	out := make([]byte, aes.BlockSize+len(data)+pad)
	rand.Read(out[:aes.BlockSize])
	copy(out[aes.BlockSize:], data)
	for i := aes.BlockSize + len(data); i < len(out); i++ {
		out[i] = byte(pad)
	}
	body := out[aes.BlockSize:]
	cipher.NewCBCEncrypter(c.block, out[:aes.BlockSize]).CryptBlocks(body, body)
	return out
}

// dictionary is the encryption dictionary (ISO 32000-2, 7.6.2).
func (c *cipherer) dictionary() string {
	return fmt.Sprintf("<< /Filter /Standard /V 5 /R 6 /Length 256 /P %d /EncryptMetadata true "+
		"/CF << /StdCF << /AuthEvent /DocOpen /CFM /AESV3 /Length 32 >> >> /StmF /StdCF /StrF /StdCF "+
		"/U <%X> /UE <%X> /O <%X> /OE <%X> /Perms <%X> >>",
		allPermissions, c.user, c.userKey, c.owner, c.ownrKey, c.perms)
}

// Extensions gives the catalog's entry that names what the file uses beyond
// PDF 1.7: revision 6 of the security handler, which came with Adobe's
// extension level 8 and then PDF 2.0.
func (w *Writer) Extensions() string {
	if w.cipher == nil {
		return ""
	}
	return " /Extensions << /ADBE << /BaseVersion /1.7 /ExtensionLevel 8 >> >>"
}

// preparePassword brings a password into the one form that every reader
// derives from what is typed: SASLprep (RFC 4013) in UTF-8.
func preparePassword(password string) ([]byte, error) {
	mapped := strings.Map(func(r rune) rune {
		switch {
		case r == '\u00ad' || r == '\u200b' || unicode.Is(unicode.Variation_Selector, r) || r == '\u2060' || r == '\ufeff':
			return -1
		case unicode.Is(unicode.Zs, r):
			return ' '
		}
		return r
	}, password)
	prepared := norm.NFKC.String(mapped)
	for _, r := range prepared {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return nil, errors.New("the password holds a control character or a broken one: use letters, digits, spaces and signs")
		}
	}
	if len(prepared) > maxPassword {
		return nil, fmt.Errorf("the password is longer than the %d bytes that a PDF can tell apart: use a shorter one", maxPassword)
	}
	if prepared == "" {
		return nil, errors.New("the password is empty: use letters, digits, spaces and signs")
	}
	return []byte(prepared), nil
}

// random gives n bytes of the system's randomness, which never fails.
func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}
