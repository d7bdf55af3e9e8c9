//go:build !headless && (!linux || x11 || wayland)

package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui"
)

// handoverName is the variable of the environment by which a program that
// replaces itself when it locks hands over to the next.
const handoverName = "CASEKEEP_HANDOVER"

// handover is what it leaves. None of it is secret.
type handover struct {
	ui.Again
	Sample string `json:"sample,omitempty"` // the sample practice's folder
}

// takeHandover gives what the program before this one left. Programs that this
// one starts do not get it.
func takeHandover() (h handover) {
	text, there := os.LookupEnv(handoverName)
	if !there {
		return handover{}
	}
	_ = os.Unsetenv(handoverName)
	if json.Unmarshal([]byte(text), &h) != nil {
		return handover{}
	}
	return h
}

// maxNotice bounds what the next program tells the user, in bytes: a variable
// of the environment has little room.
const maxNotice = 8 << 10

// underWay is how long a signal may be on its way from the system to ctx.
const underWay = 10 * time.Millisecond

// restart replaces the program once its vault is closed. A signal that comes
// meanwhile finds nothing left to lock and ends the program at once; one that
// came before is obeyed.
func (m *Main) restart(ctx context.Context, w fyne.Window, sample *app.DemoFolder, again ui.Again) error {
	signal.Reset(os.Interrupt, syscall.SIGTERM)
	select {
	case <-ctx.Done():
		return nil
	case <-time.After(underWay):
	}
	again.X, again.Y, again.Placed = placeOf(w)
	again.Notice = strings.ToValidUTF8(again.Notice[:min(len(again.Notice), maxNotice)], "")
	h := handover{Again: again}
	args := []string{os.Args[0]}
	if sample != nil {
		h.Sample = sample.Dir()
		args = append(args, "demo")
	}
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	env := append(os.Environ(), handoverName+"="+string(text))
	if sample == nil {
		return replaceProgram(args, env)
	}
	sample.HandOver()
	return errors.Join(replaceProgram(args, env), sample.TakeBack())
}
