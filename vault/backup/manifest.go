package backup

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk"
)

const (
	manifestFormat = "casekeep backup 1"
	manifestInfo   = "casekeep backup manifest 1"
	// maxManifest bounds a manifest in bytes: far more than the page map of a
	// database of 64 GiB takes.
	maxManifest = 256 << 20

	pageSize = 4096 // bytes; SQLite's own pages may have another size
	// maxSize bounds a database in bytes: far more than any computer holds in
	// memory.
	maxSize = 1 << 42
)

// manifest is a generation as it is written: JSON, a line end, and in
// hexadecimal digits the HMAC-SHA256 of both by a key of the vault's identity.
// age alone does not say who encrypted.
type manifest struct {
	Format          string          `json:"format"`
	Name            string          `json:"name"`
	Vault           sealed.VaultID  `json:"-"`
	VaultHex        string          `json:"vault"`
	Position        sealed.Position `json:"position"`
	Key             string          `json:"key"`
	Facts           json.RawMessage `json:"facts,omitempty"`
	Size            int64           `json:"size"`   // of the database
	Sum             string          `json:"sha256"` // of the database
	Attachments     int             `json:"attachments"`
	AttachmentBytes int64           `json:"attachment_bytes"`
	FullAt          time.Time       `json:"full_at"` // of the last full pack
	Since           int64           `json:"since"`   // bytes of pages in packs since that one
	Packs           []packRef       `json:"packs"`
	Pages           []run           `json:"pages"` // in the database's order, without a gap
	Retired         []retirement    `json:"retired,omitempty"`

	key *sealed.Key // that opened it
	at  time.Time
}

type packRef struct {
	Name string `json:"name"`
	Size int64  `json:"size"` // sealed, in bytes
}

// run says where some pages in a row are: the pack's number in the manifest, the
// first one's place in the pack, and how many, in pages.
type run [3]int64

// pagesOf counts the pages of a database; the last may be cut short.
func pagesOf(size int64) int64 { return (size + pageSize - 1) / pageSize }

func (m *manifest) generation() Generation {
	full := false
	for _, p := range m.Packs {
		full = full || m.FullAt.Equal(m.at) && packIsFullOf(p.Name, m.at)
	}
	return Generation{Name: m.Name, At: m.at, Vault: m.Vault, Position: m.Position, Key: m.Key, Facts: m.Facts, Size: m.Size,
		Attachments: m.Attachments, AttachmentBytes: m.AttachmentBytes, Full: full}
}

func packIsFullOf(name string, at time.Time) bool {
	m := packPattern.FindStringSubmatch(name)
	return m != nil && m[2] == "full" && m[1] == generationName(at)
}

// seal gives the manifest's file.
func (m *manifest) seal(k *sealed.Key) ([]byte, error) {
	m.Format, m.VaultHex = manifestFormat, m.Vault.String()
	text, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	text = append(text, '\n')
	return encrypt(k, append(text, hex.EncodeToString(macOf(k, manifestInfo, text))...))
}

func macOf(k *sealed.Key, info string, text []byte) []byte {
	h := hmac.New(sha256.New, k.MAC(info))
	h.Write(text)
	return h.Sum(nil)
}

func encrypt(k *sealed.Key, plain []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := k.Encrypt(&out)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

var (
	errForeign = errors.New("it does not open with this vault's key: it is damaged, or sealed with another key")
	errNotOurs = errors.New("it was not written by this vault's key")
	errNotJSON = errors.New("the facts of a backup are not JSON")
	errShape   = errors.New("it does not hold together")
)

// decrypt reads a small sealed file whole, with the first key that opens it.
func (s *store) decrypt(rel string, keys []*sealed.Key) ([]byte, *sealed.Key, error) {
	f, size, err := s.open(rel)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	if size > maxManifest {
		return nil, nil, &DamagedError{File: rel, Reason: (&disk.TooLongError{Size: size}).Error()}
	}
	failed := errForeign
	for _, k := range keys {
		plain, n, err := k.Decrypt(f, size)
		if err != nil {
			if isIO(err) {
				failed = err
			}
			continue
		}
		text := make([]byte, n)
		if err := readAll(plain, text, 0); err != nil {
			return nil, nil, damaged(rel, err)
		}
		return text, k, nil
	}
	return nil, nil, damaged(rel, failed)
}

// readManifest reads the manifest of a generation.
func (s *store) readManifest(name string, keys []*sealed.Key) (*manifest, error) {
	rel := generationPath(name)
	text, k, err := s.decrypt(rel, keys)
	if err != nil {
		return nil, err
	}
	m, err := parseManifest(text, k)
	if err == nil && m.Name != name {
		err = errors.New("it was written as " + m.Name)
	}
	if err != nil {
		return nil, damaged(rel, err)
	}
	return m, nil
}

func parseManifest(text []byte, k *sealed.Key) (*manifest, error) {
	cut := len(text) - hex.EncodedLen(sha256.Size)
	if cut < 0 {
		return nil, errNotOurs
	}
	mac, err := hex.DecodeString(string(text[cut:]))
	if err != nil || !hmac.Equal(mac, macOf(k, manifestInfo, text[:cut])) {
		return nil, errNotOurs
	}
	m := &manifest{key: k}
	if err := json.Unmarshal(text[:cut], m); err != nil {
		return nil, err
	}
	if m.Format != manifestFormat {
		return nil, sealed.ErrTooNew
	}
	id, err := hex.DecodeString(m.VaultHex)
	if err != nil || copy(m.Vault[:], id) != len(m.Vault) {
		return nil, errShape
	}
	var ok bool
	if m.at, ok = generationTime(m.Name); !ok || m.Key != k.Name() || !m.covers() {
		return nil, errShape
	}
	return m, nil
}

// covers reports whether the page map leads every page somewhere.
func (m *manifest) covers() bool {
	if m.Size < 0 || m.Size > maxSize {
		return false
	}
	left := pagesOf(m.Size)
	for _, r := range m.Pages {
		if r[0] < 0 || r[0] >= int64(len(m.Packs)) || r[1] < 0 || r[1] > pagesOf(maxSize) || r[2] <= 0 || r[2] > left {
			return false
		}
		left -= r[2]
	}
	return left == 0
}
