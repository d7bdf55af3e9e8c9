package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// licensesVerb writes the licenses of everything that is linked into the program
// into assets, from where the program shows them.
func licensesVerb(ctx context.Context, p *project, args []string) error {
	rest, err := parse(flag.NewFlagSet("licenses", flag.ContinueOnError), args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return usageError{"licenses takes no argument"}
	}
	text, err := p.licenses(ctx)
	if err != nil {
		return err
	}
	return os.WriteFile(p.path("assets", "licenses.txt"), text, 0o644)
}

const licensesHead = `Casekeep is built from the works of others. This file names them with the
version that is in it, and gives their licenses in full: each stands once, under
the names of all that it is the license of. SQLite, which comes within
github.com/mattn/go-sqlite3, is in the public domain.
`

// notice is a license, and what it is the license of.
type notice struct {
	text string
	of   []string
}

// licenses gives the text of all licenses.
func (p *project) licenses(ctx context.Context) ([]byte, error) {
	modules, err := p.linked(ctx)
	if err != nil {
		return nil, err
	}
	goroot, err := p.output(ctx, nil, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	var all []*notice
	add := func(of, path string) error {
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text := strings.TrimSpace(strings.ReplaceAll(string(content), "\r\n", "\n"))
		at := slices.IndexFunc(all, func(n *notice) bool { return n.text == text })
		if at < 0 {
			at, all = len(all), append(all, &notice{text: text})
		}
		if n := all[at]; !slices.Contains(n.of, of) {
			n.of = append(n.of, of)
		}
		return nil
	}
	err = errors.Join(add("Go, its standard library", filepath.Join(strings.TrimSpace(goroot), "LICENSE")),
		add("PDFium, and what it is built from", p.path("assets", "licenses-pdfium.txt")))
	for _, m := range modules {
		name, dir, _ := strings.Cut(m, "\t")
		files, found := licenseFiles(dir)
		if found == nil && len(files) == 0 {
			found = fmt.Errorf("%s has no license", name)
		}
		err = errors.Join(err, found)
		for _, file := range files {
			err = errors.Join(err, add(name, file))
		}
	}
	if err != nil {
		return nil, fmt.Errorf("gathering the licenses: %w", err)
	}
	var out bytes.Buffer
	out.WriteString(licensesHead)
	for _, n := range all {
		fmt.Fprintf(&out, "\n%s\n\n%s\n\n%s\n", strings.Repeat("=", 78), strings.Join(n.of, "\n"), n.text)
	}
	return out.Bytes(), nil
}

// linked gives the modules that are in the program on any system, as "path
// version" and the folder of each, sorted.
func (p *project) linked(ctx context.Context) ([]string, error) {
	var all []string
	for _, system := range []string{"linux", "windows", "darwin"} {
		said, err := p.output(ctx, []string{"GOOS=" + system, "CGO_ENABLED=1"}, "list", "-e", "-deps", "-tags", "sqlite_fts5,x11",
			"-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}", "./cmd/casekeep")
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(said) {
			if line = strings.TrimSpace(line); line != "" {
				all = append(all, line)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// output gives what the go tool prints.
func (p *project) output(ctx context.Context, env []string, args ...string) (string, error) {
	cmd := p.with(env...).command(ctx, "go", args...)
	var out bytes.Buffer
	cmd.Stdout = &out
	err := cmd.Run()
	return out.String(), err
}

var licenseFile = regexp.MustCompile(`^(LICEN[CS]E|COPYING|NOTICE)`)

// licenseFiles gives the files with licenses in a module: its own first, then
// those of what it has taken in, such as fonts.
func licenseFiles(dir string) (files []string, err error) {
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && path != dir && (strings.HasPrefix(e.Name(), ".") || e.Name() == "testdata" || e.Name() == "cmd"):
			return filepath.SkipDir
		case !e.IsDir() && licenseFile.MatchString(e.Name()) && filepath.Ext(path) != ".go":
			files = append(files, path)
		}
		return nil
	})
	depth := func(path string) int { return strings.Count(path, string(filepath.Separator)) }
	slices.SortStableFunc(files, func(a, b string) int { return depth(a) - depth(b) })
	return files, err
}
