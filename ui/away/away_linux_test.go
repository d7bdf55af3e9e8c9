package away

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// busConfig lets everybody own and send everything: it is the test's own.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=%s</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`

// startBus runs a real dbus-daemon and gives its address.
func startBus(t *testing.T) (address string) {
	t.Helper()
	if _, err := exec.LookPath("dbus-daemon"); err != nil {
		t.Skip("there is no dbus-daemon")
	}
	dir := t.TempDir()
	config := filepath.Join(dir, "bus.conf")
	if err := os.WriteFile(config, fmt.Appendf(nil, busConfig, filepath.Join(dir, "bus")), 0o600); err != nil {
		t.Fatal(err)
	}
	daemon := exec.Command("dbus-daemon", "--nofork", "--print-address", "--config-file", config)
	out, err := daemon.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = daemon.Process.Kill()
		_ = daemon.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

// peer is a program on a bus.
type peer struct {
	t *testing.T
	*dbus.Conn
}

func newPeer(t *testing.T, address string, names ...string) *peer {
	t.Helper()
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	for _, name := range names {
		if got, err := conn.RequestName(name, dbus.NameFlagDoNotQueue); err != nil || got != dbus.RequestNameReplyPrimaryOwner {
			t.Fatalf("the name %s: %v, %v", name, got, err)
		}
	}
	return &peer{t, conn}
}

func (p *peer) emit(path, name string, values ...any) {
	p.t.Helper()
	if err := p.Emit(dbus.ObjectPath(path), name, values...); err != nil {
		p.t.Fatal(err)
	}
}

const (
	thisSession  = "/org/freedesktop/login1/session/_31"
	otherSession = "/org/freedesktop/login1/session/_32"
)

// fakeLogind answers what the program asks of logind.
type fakeLogind struct {
	*peer
	awake chan *os.File // of each lock that delays sleep, the other end
}

func newLogind(t *testing.T, address string) *fakeLogind {
	t.Helper()
	l := &fakeLogind{newPeer(t, address), make(chan *os.File, 8)}
	if err := l.ExportMethodTable(map[string]any{"Inhibit": l.inhibit, "GetSessionByPID": session}, logindPath, logindManager); err != nil {
		t.Fatal(err)
	}
	if _, err := l.RequestName(logind, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return l
}

func session(uint32) (dbus.ObjectPath, *dbus.Error) { return thisSession, nil }

func (l *fakeLogind) inhibit(what, _, _, mode string) (dbus.UnixFD, *dbus.Error) {
	if what != "sleep" || mode != "delay" {
		return 0, dbus.MakeFailedError(fmt.Errorf("inhibits %s, %s", what, mode))
	}
	ours, theirs, err := os.Pipe()
	if err != nil {
		return 0, dbus.MakeFailedError(err)
	}
	time.AfterFunc(time.Second, func() { theirs.Close() }) // it was handed over by then
	l.awake <- ours
	return dbus.UnixFD(theirs.Fd()), nil
}

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
	address := startBus(t)
	l := newLogind(t, address)
	all := listen(t, address, nowhere)
	for range 2 {
		held := wait(t, "sleep is delayed", l.awake)
		l.emit(logindPath, logindManager+".PrepareForSleep", true)
		got := wait(t, "it tells", all)
		if got.why != Sleep {
			t.Errorf("it told %v", got.why)
		}
		gone := make(chan error, 1)
		go func() {
			_, err := held.Read(make([]byte, 1))
			gone <- err
		}()
		select {
		case err := <-gone:
			t.Fatalf("the computer slept before the vault was locked: %v", err)
		case <-time.After(1500 * time.Millisecond): // past the moment when logind's own end is closed
		}
		got.ready()
		if err := wait(t, "the computer sleeps", gone); err == nil {
			t.Error("something was written")
		}
		l.emit(logindPath, logindManager+".PrepareForSleep", false)
	}
}

func TestSessionLock(t *testing.T) {
	address := startBus(t)
	l := newLogind(t, address)
	all := listen(t, address, nowhere)
	wait(t, "it listens", l.awake)
	l.emit(otherSession, logindSession+".Lock")
	l.emit(thisSession, logindSession+".Unlock")
	wantNothing(t, all)
	l.emit(thisSession, logindSession+".Lock")
	if got := wait(t, "it tells", all); got.why != Locked {
		t.Errorf("it told %v", got.why)
	}
}

func TestScreenLock(t *testing.T) {
	for _, name := range savers {
		address := startBus(t)
		saver := newPeer(t, address, name)
		all := listen(t, nowhere, address)
		path := "/" + strings.ReplaceAll(name, ".", "/")
		saver.until(t, all, func() { saver.emit(path, name+activeChanged, true) })
		saver.emit(path, name+activeChanged, false)
		wantNothing(t, all)
	}
}

// until repeats something until the program, which has just begun to listen,
// hears it.
func (p *peer) until(t *testing.T, all <-chan told, do func()) {
	t.Helper()
	for range 50 {
		do()
		select {
		case got := <-all:
			if got.why != Locked {
				t.Errorf("it told %v", got.why)
			}
			for len(all) > 0 {
				<-all
			}
			return
		case <-time.After(100 * time.Millisecond):
		}
	}
	t.Fatal("it never tells")
}

// Who is not logind locks nothing, even by a signal straight to the program.
func TestOthersAreNotBelieved(t *testing.T) {
	address := startBus(t)
	l := newLogind(t, address)
	all := listen(t, address, nowhere)
	wait(t, "it listens", l.awake)
	stranger := newPeer(t, address)
	stranger.emit(logindPath, logindManager+".PrepareForSleep", true)
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
	l.emit(logindPath, logindManager+".PrepareForSleep") // one that says nothing
	l.emit(logindPath, logindManager+".PrepareForSleep", "yes")
	wantNothing(t, all)
}

func everybody(t *testing.T, p *peer) (names []string) {
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
