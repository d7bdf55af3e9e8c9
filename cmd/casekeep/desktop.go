//go:build !headless && (!linux || x11 || wayland)

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"casekeep/app"
	"casekeep/ui"
	"casekeep/ui/idle"
	"casekeep/ui/look"
)

// appID names the program to the system and the toolkit.
const appID = "org.casekeep.Casekeep"

// openDesktop opens a vault in the window, or lets one be chosen there.
func (m *Main) openDesktop(ctx context.Context, dir string) error {
	if dir != "" {
		whole, err := filepath.Abs(dir)
		if err != nil {
			return err
		}
		if dir = whole; !app.IsVault(dir) {
			return fmt.Errorf("%s: %w", dir, app.ErrNotVault)
		}
	}
	return m.openWindow(ctx, ui.Options{Config: m.Config, Vault: dir})
}

// openDemo opens the sample practice in the window, and removes it afterwards.
func (m *Main) openDemo(ctx context.Context) (err error) {
	if err := findDisplay(); err != nil {
		return err
	}
	dir, remove, err := app.TempDemo(ctx, m.Config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove()) }()
	p, err := app.Unlock(ctx, dir, app.DemoPassphrase, m.Config)
	if err != nil {
		return err
	}
	return m.openWindow(ctx, ui.Options{Config: m.Config, Sample: ui.Sample{
		Practice: p,
		What:     "Sample practice, gone when you quit",
		Hint:     "A sample practice of invented people. Its passphrase is: " + app.DemoPassphrase,
	}})
}

// openWindow runs the desktop until its window is closed. A signal locks the
// vault first.
func (m *Main) openWindow(ctx context.Context, o ui.Options) error {
	if err := findDisplay(); err != nil {
		return err
	}
	makeCacheFolder()
	quietToolkit()
	a := withClipboard(fyneapp.NewWithID(appID))
	a.SetIcon(look.AppIcon())
	o.Clipboard = a.clipboard
	o.Look = look.NewSwitch(a.Settings(), look.Choice(m.Config.Computer().Look))
	if source, err := idle.System(); err == nil {
		o.Idle = source
	}
	w := a.NewWindow("Casekeep")
	w.SetMaster()
	shell := ui.New(w, o)
	stop := make(chan struct{})
	a.Lifecycle().SetOnStarted(func() { go shell.Watch(stop) })
	defer context.AfterFunc(ctx, func() { fyne.Do(shell.Quit) })()
	w.ShowAndRun()
	close(stop)
	return shell.Close()
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
