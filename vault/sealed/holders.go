package sealed

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"

	"filippo.io/age"

	"casekeep/vault/sealed/disk"
)

// Bounds on what a folder of holders may make opening cost: a practice has a
// handful, each file sealed to one key. A thousand post-quantum headers take a
// tenth of a second to try.
const (
	maxHolders       = 1000
	maxHolderStanzas = 4
)

var holderName = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)

// deviceName is what Windows takes for no file, whatever ends it.
var deviceName = regexp.MustCompile(`^(aux|con|nul|prn|com[0-9]|lpt[0-9])$`)

// Holders gives the names of those beside the passphrase whose keys open the
// vault in a folder, sorted.
func Holders(dir string, opt Options) ([]string, error) {
	names, err := listHolders(opt.withDefaults().Files, dir)
	if err != nil {
		return nil, reading(err)
	}
	return names, nil
}

func listHolders(files disk.Files, dir string) (names []string, err error) {
	found, err := files.List(filepath.Join(dir, holders))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, badHolders(err)
	}
	for _, file := range found {
		if name, ok := strings.CutSuffix(file, holderTail); ok {
			names = append(names, name)
		}
	}
	return names, nil
}

// badHolders tells what stands in the place of the folder from a failing disk.
func badHolders(err error) error {
	if reason := misplaced(err); reason != "" {
		return &DamagedError{File: holders, Offset: -1, Reason: reason, Cause: err}
	}
	return err
}

// readHolders opens the vault's identity as one of its holders. A file that is
// damaged is passed over as long as another one opens.
func readHolders(files disk.Files, dir string, ids []age.Identity) (*Key, error) {
	names, err := listHolders(files, dir)
	if err != nil {
		return nil, err
	}
	failed := ErrNoHolder
	if len(names) > maxHolders {
		failed = &DamagedError{File: holders, Offset: -1, Reason: fmt.Sprintf("it holds %d keys, where a vault has a few", len(names))}
		names = names[:maxHolders]
	}
	for _, name := range names {
		k, err := readHolder(files, filepath.Join(dir, holders, name+holderTail), ids)
		if err == nil {
			k.holder = name
			return k, nil
		}
		var other *age.NoIdentityMatchError
		if !errors.As(err, &other) && failed == ErrNoHolder {
			failed = damagedHolder(name+holderTail, err)
		}
	}
	return nil, failed
}

func damagedHolder(file string, err error) error {
	var damage *DamagedError
	if errors.As(err, &damage) {
		return &DamagedError{File: holders + "/" + file, Offset: -1, Reason: damage.Reason, Cause: err}
	}
	if isIO(err) {
		return err
	}
	return &DamagedError{File: holders + "/" + file, Offset: -1, Reason: short(err), Cause: err}
}

var errManyStanzas = errors.New("it is sealed to more keys than a holder has")

func readHolder(files disk.Files, path string, ids []age.Identity) (*Key, error) {
	sealed, err := readSmall(files, path, maxKeyFile)
	if err != nil {
		return nil, err
	}
	if bytes.Count(sealed, []byte("\n-> ")) > maxHolderStanzas {
		return nil, errManyStanzas
	}
	r, err := age.Decrypt(bytes.NewReader(sealed), ids...)
	if err != nil {
		return nil, err
	}
	return parseKey(r)
}
