package inbox

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casekeep/app"
	"casekeep/app/intake"
)

// export is a file that was looked at.
type export struct {
	path    string
	preview intake.Preview
	err     error // why it cannot be imported
}

// problem says why a file cannot be imported.
func (x export) problem() string { return app.Sentence(x.err) }

// exports are the files that lie in the inbox.
type exports []export

// readable gives the files that can be imported.
func (e exports) readable() exports {
	return slices.DeleteFunc(slices.Clone(e), func(x export) bool { return x.err != nil })
}

func (e exports) broken() exports {
	return slices.DeleteFunc(slices.Clone(e), func(x export) bool { return x.err == nil })
}

// that gives the files of which something is true.
func (e exports) that(is func(intake.Preview) bool) exports {
	return slices.DeleteFunc(slices.Clone(e), func(x export) bool { return !is(x.preview) })
}

func (e exports) previews() []intake.Preview {
	var all []intake.Preview
	for _, x := range e {
		all = append(all, x.preview)
	}
	return all
}

// paths gives the files at some places.
func (e exports) paths(places []int) []string {
	var all []string
	for _, i := range places {
		all = append(all, e[i].path)
	}
	return all
}

// holds reports whether a file was looked at already.
func (e exports) holds(path string) bool {
	return slices.ContainsFunc(e, func(x export) bool { return x.path == path })
}

// endings are those of files that an import reads.
var endings = []string{".xml", ".eml", ".mbox"}

// isExport tells by its name whether a file may be an export.
func isExport(name string) bool {
	return slices.Contains(endings, strings.ToLower(filepath.Ext(name)))
}

// unfold replaces every folder by the exports in it.
func unfold(paths []string) []export {
	var all exports
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case err != nil || !info.IsDir():
			all = append(all, export{path: path})
		default:
			all = append(all, inFolder(path)...)
		}
	}
	return all
}

func inFolder(dir string) []export {
	var all []export
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && isExport(d.Name()) {
			all = append(all, export{path: path})
		}
		return err
	})
	switch {
	case err != nil:
		all = append(all, export{path: dir, err: fmt.Errorf("the folder %s cannot be read to the end: %w", filepath.Base(dir), err)})
	case len(all) == 0:
		all = append(all, export{path: dir, err: fmt.Errorf("there is no .xml, .eml or .mbox file in the folder %s", filepath.Base(dir))})
	}
	return all
}

func sizeOf(files []export) int64 {
	var total int64
	for _, x := range files {
		if info, err := os.Stat(x.path); err == nil {
			total += info.Size()
		}
	}
	return total
}

// survey looks at files one after the other. A file that cannot be read keeps
// its error, and the others go on; only a cancellation ends it.
func survey(ctx context.Context, p *app.Practice, files []export, report func(done, total int64, text string)) error {
	total, before := sizeOf(files), int64(0)
	for i := range files {
		x := &files[i]
		if x.err != nil {
			continue
		}
		x.preview, x.err = p.Survey(ctx, x.path, func(done, _ int64) {
			report((before+done)>>20, total>>20, "Megabytes of "+filepath.Base(x.path))
		})
		if errors.Is(x.err, context.Canceled) {
			return x.err
		}
		before += x.preview.Size
	}
	return nil
}
