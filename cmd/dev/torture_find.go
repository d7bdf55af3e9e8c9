package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// trials are the tests of one package that count the states they try.
type trials struct {
	pkg   string // as go test takes it, such as ./vault/sealed
	tests []string
}

// findTrials gives every test of the project that calls crash.Tally, itself or
// through a helper of its package, and whose name matches.
func findTrials(root string, pattern *regexp.Regexp) (found []trials, err error) {
	err = filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		if name := e.Name(); path != root && (name == "build" || name == "testdata" || strings.HasPrefix(name, ".")) {
			return filepath.SkipDir
		}
		tests, err := trialsIn(path)
		if err != nil {
			return err
		}
		tests = slices.DeleteFunc(tests, func(name string) bool { return !pattern.MatchString(name) })
		if len(tests) == 0 {
			return nil
		}
		rel, err := filepath.Rel(root, path)
		found = append(found, trials{"./" + filepath.ToSlash(rel), tests})
		return err
	})
	return found, err
}

// trialsIn gives the tests in one folder that count, sorted.
func trialsIn(folder string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil {
		return nil, err
	}
	uses := map[string][]string{}
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("reading the tests: %w", err)
		}
		for _, d := range f.Decls {
			if function, ok := d.(*ast.FuncDecl); ok {
				uses[function.Name.Name] = append(uses[function.Name.Name], used(function)...)
			}
		}
	}
	var tests []string
	for name := range counting(uses) {
		if strings.HasPrefix(name, "Test") {
			tests = append(tests, name)
		}
	}
	slices.Sort(tests)
	return tests, nil
}

const tallies = "crash.Tally"

// used gives the names that a function mentions.
func used(function *ast.FuncDecl) (names []string) {
	ast.Inspect(function, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Name+"."+n.Sel.Name == tallies {
				names = append(names, tallies)
			}
		case *ast.Ident:
			names = append(names, n.Name)
		}
		return true
	})
	return names
}

// counting gives the functions that count, or that use one which does.
func counting(uses map[string][]string) map[string]bool {
	known := map[string]bool{tallies: true}
	for grown := true; grown; {
		grown = false
		for name, mentioned := range uses {
			if !known[name] && slices.ContainsFunc(mentioned, func(m string) bool { return known[m] }) {
				known[name], grown = true, true
			}
		}
	}
	return known
}
