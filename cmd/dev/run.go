package main

import (
	"context"
	"errors"
	"os"
)

// runVerb builds the program and starts the desktop.
func runVerb(ctx context.Context, p *project, args []string) error {
	if err := findDisplay(p.goos, os.Getenv); err != nil {
		return err
	}
	if err := p.setUp(ctx, desktopNeeds()); err != nil {
		return err
	}
	if err := p.build(ctx, p.binary("casekeep"), p.desktopTags()); err != nil {
		return err
	}
	casekeep := p.command(ctx, p.binary("casekeep"), args...)
	casekeep.Dir = "" // a vault named in args is named from where the developer stands
	casekeep.Stdin = os.Stdin
	return asProgram(casekeep.Run())
}

// findDisplay says, in one line, why no window can open here and what to do.
// Only on Linux can that be told from the environment.
func findDisplay(goos string, getenv func(string) string) error {
	if goos != "linux" || getenv("DISPLAY") != "" {
		return nil
	}
	if getenv("WAYLAND_DISPLAY") != "" {
		return errors.New("this Wayland session shows no X11 windows: install xwayland, sign in again, and DISPLAY will be set")
	}
	return errors.New("there is no display (DISPLAY is not set): run this in a desktop session, " +
		"or under xvfb-run (package xvfb), or build the commands without a window: go run ./cmd/dev build --headless")
}
