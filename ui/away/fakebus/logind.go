//go:build linux

package fakebus

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// The sessions that the fake logind knows: the asking program's, and another.
const (
	ThisSession  = "/org/freedesktop/login1/session/_31"
	OtherSession = "/org/freedesktop/login1/session/_32"
)

const (
	logindPath    = "/org/freedesktop/login1"
	logindManager = "org.freedesktop.login1.Manager"
)

// Logind is what stands in for systemd-logind on a bus.
type Logind struct {
	*Peer
	Delays chan *Delay // each lock that delays sleep, as it is taken
}

// Delay is a lock that delays sleep.
type Delay struct{ end *os.File }

// NewLogind puts a logind on a bus.
func NewLogind(t *testing.T, address string) *Logind {
	t.Helper()
	l := &Logind{Connect(t, address), make(chan *Delay, 8)}
	methods := map[string]any{"Inhibit": l.inhibit, "GetSessionByPID": sessionOf}
	if err := l.ExportMethodTable(methods, logindPath, logindManager); err != nil {
		t.Fatal(err)
	}
	l.own("org.freedesktop.login1")
	return l
}

func sessionOf(uint32) (dbus.ObjectPath, *dbus.Error) { return ThisSession, nil }

// inhibit hands one end of a pipe over: the lock is held as long as that is
// open.
func (l *Logind) inhibit(what, _, _, mode string) (dbus.UnixFD, *dbus.Error) {
	if what != "sleep" || mode != "delay" {
		return 0, dbus.MakeFailedError(fmt.Errorf("inhibits %s, %s", what, mode))
	}
	ours, theirs, err := os.Pipe()
	if err != nil {
		return 0, dbus.MakeFailedError(err)
	}
	held := dbus.UnixFD(theirs.Fd())
	time.AfterFunc(HandedOver, func() { theirs.Close() })
	l.Delays <- &Delay{ours}
	return held, nil
}

// HandedOver is how long after it was taken a lock is the program's alone.
const HandedOver = time.Second

// Sleeps tells that the computer goes to sleep, or that it woke.
func (l *Logind) Sleeps(asleep bool) { l.Tell(logindPath, logindManager+".PrepareForSleep", asleep) }

// GivenUp waits so long for a lock to be given up, and reports whether it was.
func (d *Delay) GivenUp(within time.Duration) bool {
	_ = d.end.SetReadDeadline(time.Now().Add(within))
	_, err := d.end.Read(make([]byte, 1))
	return err != nil && !os.IsTimeout(err)
}
