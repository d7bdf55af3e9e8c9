package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestScreenIsGoneAfterTheWork(t *testing.T) {
	for _, program := range []string{"Xvfb", "openbox", "xdotool"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(err)
		}
	}
	p, _ := linuxProject(t, os.Geteuid())
	ask := func(ctx context.Context, p *project) error {
		cmd := p.command(ctx, "xdotool", "getdisplaygeometry")
		var out bytes.Buffer
		cmd.Stdout = &out
		if err := cmd.Run(); err != nil {
			return err
		}
		if got := strings.TrimSpace(out.String()); got != "1400 900" {
			t.Errorf("the screen is %s", got)
		}
		return nil
	}
	failed := errors.New("the work failed")
	var screen *project
	err := p.onScreen(t.Context(), func(drawing *project) error {
		screen = drawing
		if err := ask(t.Context(), drawing); err != nil {
			t.Errorf("no screen: %v", err)
		}
		return failed
	})
	if err != failed {
		t.Fatalf("got %v", err)
	}
	if err := ask(t.Context(), screen); err == nil {
		t.Error("the screen is still there")
	}
}

func TestScreenIsLinuxAlone(t *testing.T) {
	p := &project{goos: "darwin"}
	if err := p.onScreen(t.Context(), nil); err != errNoScreen {
		t.Errorf("got %v", err)
	}
}
