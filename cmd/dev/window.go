package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
)

// tour goes through the desktop as a person would, in a real window, and locks
// it in every way.
func (p *project) tour(ctx context.Context) error {
	return p.onScreen(ctx, func(p *project) error { return p.windowTest(ctx, "tour", "TestTour.*") })
}

// windowTest runs one of the tests of the program that a build tag keeps from
// those without a screen. go test would not mind its absence; this does.
func (p *project) windowTest(ctx context.Context, tag, name string) error {
	var output bytes.Buffer
	test := p.command(ctx, "go", "test", "-tags", p.desktopTags(tag), "-count", "1", "-timeout", "20m",
		"-run", "^"+name+"$", program)
	test.Stdout = io.MultiWriter(p.stdout, &output)
	if err := test.Run(); err != nil {
		return fmt.Errorf("%s failed: %w", name, err)
	}
	if strings.Contains(output.String(), "no test") { // "no tests to run", "no test files"
		return fmt.Errorf("%s has no %s under the tag %s", program, name, tag)
	}
	return nil
}
