package backup

import (
	"crypto/rand"
	"encoding/hex"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// The names in a backup folder.
const (
	folderTail  = ".casekeep-backup"
	readmeFile  = "README.txt"
	vaultFile   = "vault.txt"
	lockFile    = "backup.lock"
	droppedFile = "dropped.age"
	keysFolder  = "keys"
	generations = "generations"
	packs       = "packs"
	attachments = "attachments"
	sealedTail  = ".age"
	unfinished  = ".new" // ends the name of what is being written

	keyFile     = "key.age" // these as in a vault's folder
	keySumFile  = "key.age.sha256"
	holders     = "holders"
	keySumsFile = "SHA256SUMS"
)

const nameLayout = "20060102T150405.000Z"

var (
	packPattern = regexp.MustCompile(`^(\d{8}T\d{6}\.\d{3}Z)-(full|part)-[0-9a-f]{16}(-sums)?\.age$`)
	blobPattern = regexp.MustCompile(`^[0-9a-f]{32}$`)
	keyPattern  = regexp.MustCompile(`^[0-9a-f]{32}$`)
)

// Folder gives the folder for the backups of a vault in a target.
func Folder(target, vaultName string) string {
	// What no usual file system takes in a name; Windows trims its end too.
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '-'
		}
		return r
	}, vaultName)
	return filepath.Join(target, strings.TrimRight(plain, " .")+folderTail)
}

func generationName(at time.Time) string { return at.UTC().Format(nameLayout) }

// generationTime gives the time in a generation's name.
func generationTime(name string) (at time.Time, ok bool) {
	at, err := time.Parse(nameLayout, name)
	return at, err == nil && at.Format(nameLayout) == name
}

// Newest gives when the newest backup in a folder was made, by the names in it
// alone; zero: it holds none, or cannot be read. Whether that backup is whole, and
// whose, it does not say; one that is dated more than a day ahead does not count.
func Newest(folder string, opt Options) time.Time {
	names, err := newStore(folder, opt).list(generations, sealedTail)
	if err != nil {
		return time.Time{}
	}
	var newest time.Time
	end := opt.withDefaults().Now().AddDate(0, 0, 1)
	for _, name := range names {
		if at, ok := generationTime(name); ok && at.After(newest) && at.Before(end) {
			newest = at
		}
	}
	return newest
}

// Has reports whether a folder has the manifest of the generation of a name, which
// it does not read.
func Has(folder, name string, opt Options) bool {
	names, err := newStore(folder, opt).list(generations, sealedTail)
	return err == nil && slices.Contains(names, name)
}

func generationPath(name string) string { return generations + "/" + name + sealedTail }

// packName names a new pack. Only generations from that time on refer to it.
func packName(at time.Time, full bool) string {
	kind := "part"
	if full {
		kind = "full"
	}
	var random [8]byte
	rand.Read(random[:])
	return generationName(at) + "-" + kind + "-" + hex.EncodeToString(random[:]) + sealedTail
}

// sumsName names the file with the sums of a pack's pages.
func sumsName(pack string) string { return strings.TrimSuffix(pack, sealedTail) + "-sums" + sealedTail }

// packTime gives the time in the name of a pack, or of its sums.
func packTime(name string) (at time.Time, ok bool) {
	m := packPattern.FindStringSubmatch(name)
	if m == nil {
		return at, false
	}
	return generationTime(m[1])
}

func blobPath(name string) string {
	return attachments + "/" + name[:2] + "/" + name + sealedTail
}
