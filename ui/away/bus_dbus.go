//go:build !windows && !darwin

package away

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

var errNoBus = errors.New("there is no bus on this computer")

// bus is a connection of our own: what hangs here hangs nobody else.
type bus struct {
	*dbus.Conn
	signals chan *dbus.Signal
	end     context.CancelFunc
}

// connect opens a bus on this computer: its addresses are those of sockets in
// the file system, for Casekeep opens no connection to another computer.
func connect(ctx context.Context, addresses string) (*bus, error) {
	var local []string
	for address := range strings.SplitSeq(addresses, ";") {
		if strings.HasPrefix(address, "unix:") {
			local = append(local, address)
		}
	}
	if len(local) == 0 {
		return nil, errNoBus
	}
	ctx, end := context.WithCancel(ctx) // which closes the connection
	late := time.AfterFunc(patience, end)
	conn, err := dbus.Connect(strings.Join(local, ";"), dbus.WithContext(ctx))
	late.Stop()
	if err != nil {
		end()
		return nil, err
	}
	b := &bus{conn, make(chan *dbus.Signal, 16), end}
	conn.Signal(b.signals)
	return b, nil
}

func systemBus() string {
	if address := os.Getenv("DBUS_SYSTEM_BUS_ADDRESS"); address != "" {
		return address
	}
	return "unix:path=/run/dbus/system_bus_socket"
}

func sessionBus() string {
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" {
		return address
	}
	if dir := os.Getenv("XDG_RUNTIME_DIR"); dir != "" {
		return "unix:path=" + dbus.EscapeBusAddressValue(filepath.Join(dir, "bus"))
	}
	return ""
}

// call calls a method, and waits for the answer no longer than patience.
func (b *bus) call(ctx context.Context, to, path, method string, args ...any) *dbus.Call {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return b.Object(to, dbus.ObjectPath(path)).CallWithContext(ctx, method, 0, args...)
}

// listen asks for the signals of one program. One that never starts is no
// error.
func (b *bus) listen(ctx context.Context, from, of, member string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return b.AddMatchSignalContext(ctx, dbus.WithMatchSender(from), dbus.WithMatchInterface(of), dbus.WithMatchMember(member))
}

// next waits for a signal; nil: the bus has gone, or ctx ended.
func (b *bus) next(ctx context.Context) *dbus.Signal {
	select {
	case <-ctx.Done():
		return nil
	case s := <-b.signals:
		return s
	}
}

// isFrom reports whether a signal is the program's that goes by a name. Any
// program can send one straight to another, past what was asked for.
func (b *bus) isFrom(ctx context.Context, s *dbus.Signal, name string) bool {
	var owner string
	err := b.call(ctx, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.GetNameOwner", name).Store(&owner)
	return err == nil && owner == s.Sender
}

// says gives the boolean that a signal carries.
func says(s *dbus.Signal) bool {
	if len(s.Body) == 0 {
		return false
	}
	yes, _ := s.Body[0].(bool)
	return yes
}
