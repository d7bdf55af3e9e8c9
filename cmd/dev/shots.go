package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// shotsVerb writes pictures of every page, at both window sizes, light and dark.
func shotsVerb(ctx context.Context, p *project, args []string) error {
	folder := p.path("build", "shots")
	switch {
	case len(args) > 1, len(args) == 1 && strings.HasPrefix(args[0], "-"):
		return usageError{"shots takes one folder"}
	case len(args) == 1:
		named, err := filepath.Abs(args[0])
		if err != nil {
			return err
		}
		folder = named
	}
	if err := p.setUp(ctx, screenNeeds()); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	drawing := p.with("CASEKEEP_SHOTS=" + folder)
	err := drawing.onScreen(ctx, func(p *project) error { return p.windowTest(ctx, "shots", "TestShots") })
	if err != nil {
		return err
	}
	pictures, err := filepath.Glob(filepath.Join(folder, "*.png"))
	if err != nil {
		return err
	}
	if len(pictures) == 0 {
		return fmt.Errorf("no picture was written to %s", folder)
	}
	fmt.Fprintf(p.stdout, "%s in %s\n", count(len(pictures), "picture"), folder)
	return nil
}
