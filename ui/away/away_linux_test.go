package away

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"casekeep/ui/away/fakebus"
)

// told is what Watch told.
type told struct {
	why   Why
	ready func()
}

// listen runs Watch on buses, and gives what it tells.
func listen(t *testing.T, system, session string) <-chan told {
	t.Helper()
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", system)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", session)
	ctx, cancel := context.WithCancel(t.Context())
	all, ended := make(chan told, 8), make(chan struct{})
	go func() {
		defer close(ended)
		Watch(ctx, func(why Why, ready func()) { all <- told{why, ready} })
	}()
	t.Cleanup(func() {
		cancel()
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			t.Error("Watch does not end")
		}
	})
	return all
}

const nowhere = "unix:path=/nonexistent/bus"

func wait[T any](t *testing.T, what string, from <-chan T) (got T) {
	t.Helper()
	select {
	case got = <-from:
	case <-time.After(10 * time.Second):
		t.Fatalf("it never happens: %s", what)
	}
	return got
}

func wantNothing(t *testing.T, from <-chan told) {
	t.Helper()
	select {
	case got := <-from:
		t.Errorf("it told %v", got.why)
	case <-time.After(300 * time.Millisecond):
	}
}

// The computer sleeps only once the program is ready, and is delayed again
// after it woke.
func TestSleepWaitsForTheLock(t *testing.T) {
	address := fakebus.Start(t)
	l := fakebus.NewLogind(t, address)
	all := listen(t, address, nowhere)
	for range 2 {
		delay := wait(t, "sleep is delayed", l.Delays)
		l.Sleeps(true)
		got := wait(t, "it tells", all)
		if got.why != Sleep {
			t.Errorf("it told %v", got.why)
		}
		if delay.GivenUp(fakebus.HandedOver + 300*time.Millisecond) {
			t.Fatal("the computer slept before the vault was locked")
		}
		got.ready()
		if !delay.GivenUp(10 * time.Second) {
			t.Fatal("the computer cannot sleep")
		}
		l.Sleeps(false)
	}
}

func TestSessionLock(t *testing.T) {
	address := fakebus.Start(t)
	l := fakebus.NewLogind(t, address)
	all := listen(t, address, nowhere)
	wait(t, "it listens", l.Delays)
	l.Tell(fakebus.OtherSession, logindSession+".Lock")
	l.Tell(fakebus.ThisSession, logindSession+".Unlock")
	wantNothing(t, all)
	l.Tell(fakebus.ThisSession, logindSession+".Lock")
	if got := wait(t, "it tells", all); got.why != Locked {
		t.Errorf("it told %v", got.why)
	}
}

func TestScreenLock(t *testing.T) {
	for _, name := range savers {
		address := fakebus.Start(t)
		saver := fakebus.Connect(t, address, name)
		all := listen(t, nowhere, address)
		path := "/" + strings.ReplaceAll(name, ".", "/")
		untilHeard(t, all, func() { saver.Tell(path, name+activeChanged, true) })
		saver.Tell(path, name+activeChanged, false)
		wantNothing(t, all)
	}
}

// untilHeard repeats something until the program, which has just begun to
// listen, hears it.
func untilHeard(t *testing.T, all <-chan told, do func()) {
	t.Helper()
	for range 50 {
		do()
		select {
		case got := <-all:
			if got.why != Locked {
				t.Errorf("it told %v", got.why)
			}
			for { // and what came of the repetitions
				select {
				case <-all:
				case <-time.After(300 * time.Millisecond):
					return
				}
			}
		case <-time.After(100 * time.Millisecond):
		}
	}
	t.Fatal("it never tells")
}

// Who is not logind locks nothing, even by a signal straight to the program.
func TestOthersAreNotBelieved(t *testing.T) {
	address := fakebus.Start(t)
	l := fakebus.NewLogind(t, address)
	all := listen(t, address, nowhere)
	wait(t, "it listens", l.Delays)
	stranger := fakebus.Connect(t, address)
	stranger.Tell(logindPath, logindManager+".PrepareForSleep", true)
	for _, to := range everybody(t, stranger) {
		stranger.Send(&dbus.Message{
			Type: dbus.TypeSignal,
			Headers: map[dbus.HeaderField]dbus.Variant{
				dbus.FieldDestination: dbus.MakeVariant(to),
				dbus.FieldPath:        dbus.MakeVariant(dbus.ObjectPath(logindPath)),
				dbus.FieldInterface:   dbus.MakeVariant(logindManager),
				dbus.FieldMember:      dbus.MakeVariant("PrepareForSleep"),
				dbus.FieldSignature:   dbus.MakeVariant(dbus.SignatureOf(true)),
			},
			Body: []any{true},
		}, nil)
	}
	l.Tell(logindPath, logindManager+".PrepareForSleep") // one that says nothing
	l.Tell(logindPath, logindManager+".PrepareForSleep", "yes")
	wantNothing(t, all)
}

func everybody(t *testing.T, p *fakebus.Peer) (names []string) {
	t.Helper()
	if err := p.BusObject().Call("org.freedesktop.DBus.ListNames", 0).Store(&names); err != nil {
		t.Fatal(err)
	}
	return names
}

// A bus that never answers, one that talks nonsense, one that is not there and
// one on another computer keep Watch from nothing, its end included.
func TestBusesThatAreNone(t *testing.T) {
	dir := t.TempDir()
	for name, serve := range map[string]func(net.Conn){
		"silent":  func(net.Conn) {},
		"hostile": func(c net.Conn) { fmt.Fprint(c, strings.Repeat("REJECTED EXTERNAL\r\nOK \r\nDATA\r\n", 1000)) },
	} {
		at := filepath.Join(dir, name)
		server, err := net.Listen("unix", at)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { server.Close() })
		go func() {
			for {
				c, err := server.Accept()
				if err != nil {
					return
				}
				serve(c)
			}
		}()
	}
	network, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer network.Close()
	for _, address := range []string{
		nowhere, "", "nonsense", "unix:path=" + filepath.Join(dir, "silent"), "unix:path=" + filepath.Join(dir, "hostile"),
		fmt.Sprintf("tcp:host=127.0.0.1,port=%d", network.Addr().(*net.TCPAddr).Port), "unixexec:path=/bin/true", "autolaunch:",
	} {
		t.Run(address, func(t *testing.T) {
			t.Setenv("XDG_RUNTIME_DIR", "")
			wantNothing(t, listen(t, address, address))
		})
	}
	_ = network.(*net.TCPListener).SetDeadline(time.Now().Add(100 * time.Millisecond))
	if _, err := network.Accept(); err == nil {
		t.Error("it called a bus over the network")
	}
}
