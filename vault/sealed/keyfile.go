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
	"syscall"

	"filippo.io/age"

	"casekeep/vault/sealed/disk"
)

// A key file holds the vault's identity as age-keygen writes it, so that
// `age -d -i key.age` understands it. While a re-key is under way there are
// several, the newest first, and a comment that says for whom it is.
const rekeyComment = "# re-key for: "

// text gives what a key file of k holds, decrypted.
func (k *Key) text() []byte {
	var b bytes.Buffer
	for _, id := range k.all() {
		fmt.Fprintf(&b, "# public key: %s\n%s\n", id.Recipient(), id)
	}
	if k.set != "" {
		fmt.Fprintf(&b, "%s%s\n", rekeyComment, k.set)
	}
	return b.Bytes()
}

// sealKey encrypts what a key file of k holds.
func sealKey(k *Key, to age.Recipient) ([]byte, error) {
	text := k.text()
	defer wipe(text)
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if out.Len() > maxKeyFile {
		return nil, errors.New("the change of this vault's keys was begun too many times for others: finish it for the same holders")
	}
	return out.Bytes(), nil
}

// sealWith gives the content of key.age. It was opened again: what cannot be
// must not lock records away.
func sealWith(k *Key, passphrase string, workFactor int) ([]byte, error) {
	to, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, err
	}
	if workFactor != 0 {
		to.SetWorkFactor(workFactor)
	}
	sealed, err := sealKey(k, to)
	if err != nil {
		return nil, err
	}
	return sealed, opensAs(k, sealed, passphrase)
}

// opensAs checks that key.age opens, as the key that it should.
func opensAs(k *Key, sealed []byte, passphrase string) error {
	again, err := openSealed(sealed, passphrase)
	if err != nil {
		return fmt.Errorf("the new key does not open: %w", err)
	}
	if !bytes.Equal(again.text(), k.text()) {
		return errors.New("the new key opens as another one: check this computer's memory")
	}
	return nil
}

// openSealed decrypts key.age. Wrong is [ErrPassphrase], also where the
// ciphertext was damaged in a way that looks like it: age cannot tell, the
// checksum beside the key can.
func openSealed(sealed []byte, passphrase string) (*Key, error) {
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
	k, err := parseKey(r)
	if err != nil {
		return nil, damagedKey(err)
	}
	return k, nil
}

var errNoIdentity = errors.New("it holds no post-quantum age identity")

// parseKey reads what a key file holds.
func parseKey(r io.Reader) (*Key, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxKeyFile))
	if err != nil {
		return nil, err
	}
	defer wipe(text)
	k := new(Key)
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if set, ok := strings.CutPrefix(line, rekeyComment); ok {
			k.set = set
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		id, err := age.ParseHybridIdentity(line)
		if err != nil {
			return nil, errNoIdentity // age's error repeats the key
		}
		if k.identity == nil {
			k.identity = id
		} else {
			k.others = append(k.others, id)
		}
	}
	if k.identity == nil {
		return nil, errors.New("it holds no identity")
	}
	return k, nil
}

func damagedKey(cause error) error {
	return &DamagedError{File: keyFile, Offset: -1, Reason: short(cause), Cause: cause}
}

// short gives an error's text, of which age's may repeat a whole line of the file.
func short(err error) string {
	text := err.Error()
	if len(text) > 150 {
		text = strings.ToValidUTF8(text[:150], "") + "..."
	}
	return text
}

// keySum gives the checksum file of key.age, as sha256sum writes and checks it.
func keySum(sealed []byte) []byte {
	return fmt.Appendf(nil, "%x  %s\n", sha256.Sum256(sealed), keyFile)
}

// readKeyFile opens the vault's identity with the passphrase.
func readKeyFile(files disk.Files, dir, passphrase string) (*Key, error) {
	sealed, err := readSmall(files, filepath.Join(dir, keyFile), maxKeyFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, damagedKey(errors.New("it is missing"))
	}
	if err != nil {
		return nil, err
	}
	k, err := openSealed(sealed, passphrase)
	if errors.Is(err, ErrPassphrase) && !sumAgrees(files, dir, sealed) {
		return nil, damagedKey(errors.New("its checksum does not match"))
	}
	return k, err
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

// misplaced says what stands where a file or a folder should; "": a failure of
// the disk.
func misplaced(err error) string {
	switch {
	case errors.Is(err, syscall.EISDIR):
		return "it is a folder"
	case disk.IsNotFolder(err):
		return "it is no folder"
	case errors.Is(err, syscall.ELOOP):
		return "it is a link that leads back to itself"
	}
	return ""
}

// readSmall reads a whole file of at most limit bytes.
func readSmall(files disk.Files, path string, limit int64) ([]byte, error) {
	b, err := disk.ReadFile(files, path, limit)
	var long *disk.TooLongError
	if errors.As(err, &long) {
		return nil, &DamagedError{File: long.Name, Offset: -1, Reason: long.Error()}
	}
	if reason := misplaced(err); reason != "" {
		return nil, &DamagedError{File: filepath.Base(path), Offset: -1, Reason: reason, Cause: err}
	}
	return b, err
}
