package main

import (
	"bytes"
	"context"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// checkFormat names the Go files that gofmt would change.
func (p *project) checkFormat(context.Context) error {
	unformatted, err := unformattedFiles(p.root)
	if err != nil {
		return err
	}
	if len(unformatted) > 0 {
		return fmt.Errorf("run gofmt -w on these:\n  %s", strings.Join(unformatted, "\n  "))
	}
	return nil
}

func unformattedFiles(root string) ([]string, error) {
	var unformatted []string
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && file != root && skipFolder(entry.Name()) {
			return filepath.SkipDir
		}
		if entry.IsDir() || filepath.Ext(file) != ".go" {
			return nil
		}
		name, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		if same, err := formatted(file); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		} else if !same {
			unformatted = append(unformatted, name)
		}
		return nil
	})
	return unformatted, err
}

// skipFolder tells the folders that hold no Go of ours: what the go command
// skips, and what dev builds.
func skipFolder(name string) bool {
	return name == "build" || name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

func formatted(file string) (bool, error) {
	source, err := os.ReadFile(file)
	if err != nil {
		return false, err
	}
	better, err := format.Source(source)
	return bytes.Equal(source, better), err
}
