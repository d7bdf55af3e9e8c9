//go:build linux

// Package fakebus gives tests a message bus of their own, with a logind on it
// that does what they say. The bus is a real one, dbus-daemon.
package fakebus

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// config lets everybody in, and own and send everything: it is the test's own.
const config = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=%s</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`

// Start runs dbus-daemon until the test ends, and gives its address. Where there
// is none the test is skipped.
func Start(t *testing.T) (address string) {
	t.Helper()
	if _, err := exec.LookPath("dbus-daemon"); err != nil {
		t.Skip("there is no dbus-daemon")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "bus.conf")
	if err := os.WriteFile(file, fmt.Appendf(nil, config, filepath.Join(dir, "bus")), 0o600); err != nil {
		t.Fatal(err)
	}
	daemon := exec.Command("dbus-daemon", "--nofork", "--print-address", "--config-file", file)
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

// Peer is a program on a bus.
type Peer struct {
	*dbus.Conn
	t *testing.T
}

// Connect joins a bus under some names.
func Connect(t *testing.T, address string, names ...string) *Peer {
	t.Helper()
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	p := &Peer{conn, t}
	for _, name := range names {
		p.own(name)
	}
	return p
}

func (p *Peer) own(name string) {
	p.t.Helper()
	if got, err := p.RequestName(name, dbus.NameFlagDoNotQueue); err != nil || got != dbus.RequestNameReplyPrimaryOwner {
		p.t.Fatalf("the name %s: %v, %v", name, got, err)
	}
}

// Tell sends a signal to everybody who listens for it.
func (p *Peer) Tell(path, name string, values ...any) {
	p.t.Helper()
	if err := p.Emit(dbus.ObjectPath(path), name, values...); err != nil {
		p.t.Fatal(err)
	}
}
