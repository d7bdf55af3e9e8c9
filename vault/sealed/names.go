package sealed

import (
	"path/filepath"
	"regexp"
	"strings"
)

// The names in a vault's folder.
const (
	keyFile     = "key.age"
	keySumFile  = "key.age.sha256"
	baseFile    = "records.db.age"
	readmeFile  = "README.txt"
	lockFile    = "vault.lock"
	plantFile   = "restore.new" // stands in a folder while Plant fills it
	blobFolder  = "attachments"
	holders     = "holders"
	unfinished  = ".new" // ends the name of what is being written
	journalHead = "records-"
	journalTail = ".journal"
	blobTail    = ".age"
	holderTail  = ".age"
)

var journalPattern = regexp.MustCompile(`^records-[0-9a-f]{32}\.journal$`)

// journalName names the journal of a base: by it a journal is never taken for
// that of another base.
func journalName(base baseID) string {
	return journalHead + base.short() + journalTail
}

// leftover reports whether name is one that a cut-off write or checkpoint
// leaves behind, in a vault whose journal is current.
func leftover(name, current string) bool {
	stem, cut := strings.CutSuffix(name, unfinished)
	switch {
	case cut:
		return name == plantFile || stem == baseFile || stem == keyFile || stem == keySumFile || stem == readmeFile || journalPattern.MatchString(stem)
	default:
		return journalPattern.MatchString(name) && name != current
	}
}

func (db *DB) path(name string) string { return filepath.Join(db.dir, filepath.FromSlash(name)) }
