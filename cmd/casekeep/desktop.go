//go:build !headless && (!linux || x11 || wayland)

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"casekeep/app"
	"casekeep/ui"
	"casekeep/ui/away"
	"casekeep/ui/idle"
	"casekeep/ui/look"
)

// appID names the program to the system and the toolkit.
const appID = "org.casekeep.Casekeep"

// openDesktop opens a vault in the window, or lets one be chosen there.
func (m *Main) openDesktop(ctx context.Context, dir string) error {
	h := takeHandover()
	if h.Dir != "" {
		return m.openWindow(ctx, ui.Options{Config: m.Config, Vault: h.Dir, Again: h.Again}, nil)
	}
	if dir != "" {
		whole, err := filepath.Abs(dir)
		if err != nil {
			return err
		}
		if dir = whole; !app.IsVault(dir) {
			return fmt.Errorf("%s: %w", dir, app.ErrNotVault)
		}
	}
	return m.openWindow(ctx, ui.Options{Config: m.Config, Vault: dir}, nil)
}

// openDemo opens the sample practice in the window, and removes it afterwards.
func (m *Main) openDemo(ctx context.Context) (err error) {
	if err := findDisplay(); err != nil {
		return err
	}
	h := takeHandover()
	folder, p, err := m.sample(ctx, h)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, folder.Remove()) }()
	return m.openWindow(ctx, ui.Options{Config: m.Config, Vault: h.Dir, Again: h.Again, Sample: ui.Sample{
		Dir:      folder.Dir(),
		Practice: p,
		What:     "Sample practice, gone when you quit",
		Hint:     "A sample practice of invented people. Its passphrase is: " + app.DemoPassphrase,
	}}, folder)
}

// sample takes over the sample practice of the program before this one, or
// makes and unlocks one.
func (m *Main) sample(ctx context.Context, h handover) (*app.DemoFolder, *app.Practice, error) {
	if h.Sample != "" {
		folder, err := app.TakeDemo(h.Sample, m.Config)
		return folder, nil, err
	}
	folder, err := app.TempDemo(ctx, m.Config)
	if err != nil {
		return nil, nil, err
	}
	p, err := app.Unlock(ctx, folder.Dir(), app.DemoPassphrase, m.Config)
	if err != nil {
		return nil, nil, errors.Join(err, folder.Remove())
	}
	return folder, p, nil
}

// openWindow runs the desktop until its window is closed. A signal locks the
// vault first.
func (m *Main) openWindow(ctx context.Context, o ui.Options, sample *app.DemoFolder) error {
	if err := findDisplay(); err != nil {
		return err
	}
	makeCacheFolder()
	quietToolkit()
	meetPortal()
	hideProcess()
	a := withClipboard(fyneapp.NewWithID(appID))
	a.SetIcon(look.AppIcon())
	o.Clipboard = a.clipboard
	o.Look = look.NewSwitch(a.Settings(), look.Choice(m.Config.Computer().Look))
	if source, err := idle.System(); err == nil {
		o.Idle = source
	}
	w := a.NewWindow("Casekeep")
	w.SetMaster()
	var shell *ui.Shell
	o.Restart = func(again ui.Again) error {
		err := m.restart(ctx, w, sample, again)
		if err != nil {
			endOnSignal(ctx, shell)
		}
		return err
	}
	shell = ui.New(w, o)
	open, closed := context.WithCancel(context.Background())
	last := sync.OnceValue(shell.Close)
	end := onClosed(w, closed, func() error {
		err := last()
		if sample != nil {
			err = errors.Join(err, sample.Remove())
		}
		return err
	})
	a.Lifecycle().SetOnStarted(func() {
		// The toolkit's own handler closes the window at once, with the vault open.
		signal.Reset(os.Interrupt, syscall.SIGTERM)
		endOnSignal(ctx, shell)
		go shell.Watch(open.Done())
		go away.Watch(open, shell.Away)
	})
	w.ShowAndRun()
	end.toolkitEnded()
	return last() // where it has begun, it is waited for
}

// makeCacheFolder makes the user's cache folder where it is missing: the
// toolkit complains about it otherwise. It works without one.
func makeCacheFolder() {
	if dir, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(dir, 0o700)
	}
}

// watchedApp is the app with a clipboard that knows what was put there.
type watchedApp struct {
	fyne.App
	clipboard *ui.Clipboard
}

func withClipboard(a fyne.App) *watchedApp {
	w := &watchedApp{App: a, clipboard: &ui.Clipboard{Clipboard: a.Clipboard()}}
	fyne.SetCurrentApp(w)
	return w
}

// Clipboard gives the clipboard to every widget of the window.
func (w *watchedApp) Clipboard() fyne.Clipboard { return w.clipboard }
