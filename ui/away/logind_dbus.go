//go:build !windows && !darwin

package away

import (
	"context"
	"os"

	"github.com/godbus/dbus/v5"
	"golang.org/x/sys/unix"
)

// The names of org.freedesktop.login1(5).
const (
	logind        = "org.freedesktop.login1"
	logindPath    = "/org/freedesktop/login1"
	logindManager = "org.freedesktop.login1.Manager"
	logindSession = "org.freedesktop.login1.Session"
)

// login listens to logind, and keeps the computer awake until what has to be
// done before it sleeps is done.
type login struct {
	*bus
	ctx     context.Context
	session dbus.ObjectPath // this program's own; "": it is not known
	awake   int             // the lock that delays sleep; -1: none is held
}

func onSystem(ctx context.Context, tell func(Why, func())) error {
	b, err := connect(ctx, systemBus())
	if err != nil {
		return err
	}
	defer b.end()
	l := &login{bus: b, ctx: ctx, awake: -1}
	defer func() { l.letSleep(l.awake) }()
	if err := b.listen(ctx, logind, logindManager, "PrepareForSleep"); err != nil {
		return err
	}
	if err := b.listen(ctx, logind, logindSession, "Lock"); err != nil {
		return err
	}
	l.session = l.ownSession()
	l.stayAwake()
	for s := b.next(ctx); s != nil; s = b.next(ctx) {
		if b.isFrom(ctx, s, logind) {
			l.heard(s, tell)
		}
	}
	return ctx.Err()
}

func (l *login) heard(s *dbus.Signal, tell func(Why, func())) {
	switch {
	case s.Name == logindManager+".PrepareForSleep" && says(s):
		held := l.awake
		l.awake = -1
		tell(Sleep, func() { l.letSleep(held) })
	case s.Name == logindManager+".PrepareForSleep":
		l.stayAwake() // it woke
	case s.Name == logindSession+".Lock" && (l.session == "" || s.Path == l.session):
		tell(Locked, func() {})
	}
}

// stayAwake takes a lock that delays sleep. Without one, as where the computer
// is falling asleep already, it sleeps at once.
func (l *login) stayAwake() {
	if l.awake >= 0 {
		return
	}
	var held dbus.UnixFD
	if l.call(l.ctx, logind, logindPath, logindManager+".Inhibit", "sleep", "Casekeep", "locks the vault", "delay").Store(&held) == nil {
		l.awake = int(held)
		unix.CloseOnExec(l.awake)
	}
}

func (*login) letSleep(held int) {
	if held >= 0 {
		_ = unix.Close(held)
	}
}

// ownSession gives the session that this program belongs to. What the desktop
// starts as a service belongs to none that logind knows; then any session's
// lock counts.
func (l *login) ownSession() dbus.ObjectPath {
	var path dbus.ObjectPath
	if l.call(l.ctx, logind, logindPath, logindManager+".GetSessionByPID", uint32(os.Getpid())).Store(&path) == nil {
		return path
	}
	if id := os.Getenv("XDG_SESSION_ID"); id != "" &&
		l.call(l.ctx, logind, logindPath, logindManager+".GetSession", id).Store(&path) == nil {
		return path
	}
	return ""
}
