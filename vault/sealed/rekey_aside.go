package sealed

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"

	"filippo.io/age"

	"casekeep/vault/sealed/disk"
)

// overTail ends the name of a file that holds another one, sealed over.
const overTail = ".age"

// sealAsides seals over what was set aside under the keys before. Each file stays
// as it was within another, NAME.age: to seal the base itself anew would part it
// from its journal, which no present key can chain to it.
func (r *rekey) sealAsides(ctx context.Context) error {
	folders, err := r.files.List(r.dir)
	if err != nil {
		return err
	}
	for _, folder := range folders {
		if !strings.HasPrefix(folder, setAside) || r.isLinked(folder) {
			continue
		}
		files, err := r.files.List(r.path(folder))
		if disk.IsNotFolder(err) {
			continue
		}
		if err != nil {
			return err
		}
		for _, file := range files {
			if err := r.sealOver(ctx, folder+"/"+file); err != nil {
				return err
			}
		}
		if err := r.files.SyncDir(r.path(folder)); err != nil {
			return err
		}
	}
	return nil
}

// sealOver puts a file into another that only the new identity opens, and removes
// it once that was read back and has its name for good.
func (r *rekey) sealOver(ctx context.Context, rel string) error {
	if strings.HasSuffix(rel, unfinished) {
		return r.removeThere(rel)
	}
	file, err := r.files.Open(r.path(rel))
	if misplaced(err) != "" || errors.Is(err, fs.ErrNotExist) {
		return nil // a link to nowhere
	}
	if err != nil {
		return err
	}
	defer file.Close()
	size, err := file.Size()
	if err != nil {
		return err
	}
	if _, _, err := age.DecryptReaderAt(file, size, r.to.identity); err == nil {
		return nil
	} else if misplaced(err) != "" {
		return nil // a folder, and nothing that was set aside here
	} else if isIO(err) {
		return err
	}
	return r.replaceBySealed(ctx, io.NewSectionReader(file, 0, size), file, rel)
}

func (r *rekey) replaceBySealed(ctx context.Context, content io.Reader, open io.Closer, rel string) error {
	over := rel + overTail
	temporary := over + unfinished
	if err := r.removeThere(temporary); err != nil {
		return err
	}
	var b Blob
	err := r.sealBlob(ctx, r.to.recipient, r.path(temporary), content, &b)
	if err == nil {
		err = r.blobReadsBack(ctx, temporary, b, r.to)
	}
	if err == nil {
		err = r.files.Rename(r.path(temporary), r.path(over))
	}
	if err != nil {
		_ = r.files.Remove(r.path(temporary)) // swept later where this fails too
		return err
	}
	folder, _, _ := strings.Cut(rel, "/")
	if err := r.files.SyncDir(r.path(folder)); err != nil {
		return err
	}
	_ = open.Close() // Windows removes no open file
	return r.files.Remove(r.path(rel))
}

// removeThere removes a file, if it is there.
func (r *rekey) removeThere(rel string) error {
	if err := r.files.Remove(r.path(rel)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
