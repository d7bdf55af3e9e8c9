package main

import (
	"bytes"
	"context"
	"debug/elf"
	"fmt"
	"slices"
	"strings"
)

// checkTags builds without tags, and with each alone, and wants every build to
// fail with one line that names all the tags it lacks.
func (p *project) checkTags(ctx context.Context) error {
	needed := strings.Split(p.desktopTags(), ",")
	tries := [][]string{nil}
	if len(needed) > 1 {
		for _, one := range needed {
			tries = append(tries, []string{one})
		}
	}
	for _, given := range tries {
		lacking := slices.DeleteFunc(slices.Clone(needed), func(tag string) bool { return slices.Contains(given, tag) })
		if err := p.checkFailure(ctx, strings.Join(given, ","), lacking); err != nil {
			return err
		}
	}
	return nil
}

func (p *project) checkFailure(ctx context.Context, given string, lacking []string) error {
	var output bytes.Buffer
	build := p.command(ctx, "go", "build", "-tags", given, "-o", p.binary("casekeep-untagged"), program)
	build.Stdout, build.Stderr = &output, &output
	if build.Run() == nil {
		return fmt.Errorf("go build -tags %q succeeds, without %s", given, strings.Join(lacking, " and "))
	}
	if !someLineNames(output.String(), lacking) {
		return fmt.Errorf("go build -tags %q fails, but no line names %s:\n%s", given, strings.Join(lacking, " and "), output.String())
	}
	return nil
}

// someLineNames tells whether one line of a text holds every word.
func someLineNames(text string, words []string) bool {
	for line := range strings.Lines(text) {
		if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(line, word) }) {
			return true
		}
	}
	return false
}

// checkHeadless builds the program without its window, and looks whether it
// would start on a machine that has no graphics libraries.
func (p *project) checkHeadless(ctx context.Context) error {
	file := p.binary("casekeep-headless")
	if err := p.build(ctx, file, headlessTags); err != nil {
		return err
	}
	if p.goos != "linux" {
		return nil
	}
	binary, err := elf.Open(file)
	if err != nil {
		return err
	}
	defer binary.Close()
	libraries, err := binary.ImportedLibraries()
	if err != nil {
		return err
	}
	for _, name := range libraries {
		if graphical(name) {
			return fmt.Errorf("the headless program needs %s to start", name)
		}
	}
	return nil
}

// graphical tells a shared library that only machines with a desktop have.
func graphical(library string) bool {
	return strings.HasPrefix(library, "libGL") || strings.HasPrefix(library, "libX") || strings.HasPrefix(library, "libwayland")
}
