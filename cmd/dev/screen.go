package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

const (
	screenSize  = "1400x900x24" // holds the 1180x760 window with its frame
	screenStart = 20 * time.Second
)

var errNoScreen = errors.New("a screen in memory is made by Xvfb, so on Linux alone")

// onScreen gives work a project whose programs draw on a screen in memory: Xvfb
// with openbox, started for it and stopped after it.
func (p *project) onScreen(ctx context.Context, work func(*project) error) (err error) {
	if p.goos != "linux" {
		return errNoScreen
	}
	x, display, err := p.startXvfb(ctx)
	if err != nil {
		return err
	}
	defer stop(x)
	drawing := p.with("DISPLAY="+display, "WAYLAND_DISPLAY=", "LIBGL_ALWAYS_SOFTWARE=1")
	manager, err := drawing.startOpenbox(ctx)
	if err != nil {
		return err
	}
	defer stop(manager)
	return work(drawing)
}

// startXvfb starts an X server that picks a free display by itself, and waits
// until it says which: then it answers.
func (p *project) startXvfb(ctx context.Context) (*exec.Cmd, string, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, "", err
	}
	defer read.Close()
	x := p.command(ctx, "Xvfb", "-displayfd", "3", "-screen", "0", screenSize, "-nolisten", "tcp", "-noreset")
	x.Stdout, x.Stderr = nil, nil
	x.ExtraFiles = []*os.File{write}
	err = x.Start()
	write.Close()
	if err != nil {
		return nil, "", fmt.Errorf("no screen could be made: %w", err)
	}
	number, err := firstLine(read, screenStart)
	if err != nil {
		stop(x)
		return nil, "", fmt.Errorf("the screen did not start (Xvfb): %w", err)
	}
	return x, ":" + number, nil
}

// firstLine waits for one line, so long and no longer.
func firstLine(from *os.File, wait time.Duration) (string, error) {
	if err := from.SetReadDeadline(time.Now().Add(wait)); err != nil {
		return "", err
	}
	line, err := bufio.NewReader(from).ReadString('\n')
	if err == io.EOF {
		return "", errors.New("it ended at once")
	}
	return strings.TrimSpace(line), err
}

// startOpenbox starts the window manager, with the system's settings and not the
// developer's, and waits until it manages.
func (p *project) startOpenbox(ctx context.Context) (*exec.Cmd, error) {
	manager := p.with("XDG_CONFIG_HOME="+os.DevNull).command(ctx, "openbox", "--sm-disable")
	manager.Stdout, manager.Stderr = nil, nil
	if err := manager.Start(); err != nil {
		return nil, fmt.Errorf("no window manager: %w", err)
	}
	for end := time.Now().Add(screenStart); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		ask := p.command(ctx, "xdotool", "get_num_desktops") // fails until a manager answers
		ask.Stdout, ask.Stderr = nil, nil
		if ask.Run() == nil {
			return manager, nil
		}
	}
	stop(manager)
	return nil, errors.New("openbox did not start")
}

func stop(cmd *exec.Cmd) {
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}
