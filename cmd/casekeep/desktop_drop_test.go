//go:build tour && !headless

package main

import (
	"fmt"
	"io"
	"log"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// dropper drags files over a window and lets them fall: the source's side of
// XDND 5 (freedesktop.org, "Drag-and-Drop Protocol for the X Window System").
type dropper struct {
	t      *testing.T
	conn   *xgb.Conn
	window xproto.Window // ours
	target xproto.Window
	atoms  map[string]xproto.Atom
	list   string // the files, as text/uri-list
}

// drop drops files into the middle of the window.
func (s *realWindow) drop(files ...string) {
	s.t.Helper()
	number, err := strconv.ParseUint(s.id, 10, 32)
	if err != nil {
		s.t.Fatal(err)
	}
	xgb.Logger = log.New(io.Discard, "", 0) // it writes what it also returns
	conn, err := xgb.NewConn()
	if err != nil {
		s.t.Fatal(err)
	}
	defer conn.Close()
	d := &dropper{t: s.t, conn: conn, target: xproto.Window(number), atoms: map[string]xproto.Atom{}}
	for _, file := range files {
		d.list += (&url.URL{Scheme: "file", Path: file}).String() + "\r\n"
	}
	d.open()
	d.enter()
	d.serve()
}

func (d *dropper) atom(name string) xproto.Atom {
	if known, ok := d.atoms[name]; ok {
		return known
	}
	reply, err := xproto.InternAtom(d.conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		d.t.Fatal(err)
	}
	d.atoms[name] = reply.Atom
	return reply.Atom
}

// open makes a window of ours and takes the selection that a drag stands for.
func (d *dropper) open() {
	root := xproto.Setup(d.conn).DefaultScreen(d.conn).Root
	window, err := xproto.NewWindowId(d.conn)
	if err != nil {
		d.t.Fatal(err)
	}
	d.window = window
	if err := xproto.CreateWindowChecked(d.conn, 0, window, root, 0, 0, 1, 1, 0,
		xproto.WindowClassInputOnly, 0, 0, nil).Check(); err != nil {
		d.t.Fatal(err)
	}
	if err := xproto.SetSelectionOwnerChecked(d.conn, window, d.atom("XdndSelection"), xproto.TimeCurrentTime).Check(); err != nil {
		d.t.Fatal(err)
	}
}

func (d *dropper) send(kind string, data ...uint32) {
	d.t.Helper()
	data = append(data, make([]uint32, 5-len(data))...)
	event := xproto.ClientMessageEvent{Format: 32, Window: d.target, Type: d.atom(kind), Data: xproto.ClientMessageDataUnionData32New(data)}
	if err := xproto.SendEventChecked(d.conn, false, d.target, xproto.EventMaskNoEvent, string(event.Bytes())).Check(); err != nil {
		d.t.Fatal(err)
	}
}

// enter drags the files over the window.
func (d *dropper) enter() {
	at, err := xproto.TranslateCoordinates(d.conn, d.target, xproto.Setup(d.conn).DefaultScreen(d.conn).Root, 400, 400).Reply()
	if err != nil {
		d.t.Fatal(err)
	}
	d.send("XdndEnter", uint32(d.window), 5<<24, uint32(d.atom("text/uri-list")))
	d.send("XdndPosition", uint32(d.window), 0, uint32(at.DstX)<<16|uint32(at.DstY), xproto.TimeCurrentTime, uint32(d.atom("XdndActionCopy")))
}

// serve lets the files fall once the window says that it takes them, and hands
// them over when it asks.
func (d *dropper) serve() {
	d.t.Helper()
	events := make(chan xgb.Event)
	go func() {
		for {
			event, err := d.conn.WaitForEvent()
			if event == nil && err == nil { // the connection was closed
				close(events)
				return
			}
			if event != nil {
				events <- event
			}
		}
	}()
	end := time.After(patience)
	for {
		select {
		case event := <-events:
			if d.answer(event) {
				return
			}
		case <-end:
			d.t.Fatal("the window took no files")
		}
	}
}

func (d *dropper) answer(event xgb.Event) (finished bool) {
	switch event := event.(type) {
	case xproto.ClientMessageEvent:
		switch event.Type {
		case d.atom("XdndStatus"):
			d.send("XdndDrop", uint32(d.window), 0, xproto.TimeCurrentTime)
		case d.atom("XdndFinished"):
			return true
		}
	case xproto.SelectionRequestEvent:
		if event.Target != d.atom("text/uri-list") {
			d.t.Errorf("the window asks for %s", d.name(event.Target))
			return true
		}
		xproto.ChangeProperty(d.conn, xproto.PropModeReplace, event.Requestor, event.Property, event.Target, 8,
			uint32(len(d.list)), []byte(d.list))
		notify := xproto.SelectionNotifyEvent{Time: event.Time, Requestor: event.Requestor, Selection: event.Selection,
			Target: event.Target, Property: event.Property}
		xproto.SendEvent(d.conn, false, event.Requestor, xproto.EventMaskNoEvent, string(notify.Bytes()))
	}
	return false
}

func (d *dropper) name(a xproto.Atom) string {
	reply, err := xproto.GetAtomName(d.conn, a).Reply()
	if err != nil {
		return fmt.Sprint(a)
	}
	return strings.ToValidUTF8(reply.Name, "?")
}
