//go:build !headless && !windows && !darwin

package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// placeOf gives where the window's content is on the screen, in pixels. On
// Wayland no program learns that.
func placeOf(w fyne.Window) (x, y int, known bool) {
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return 0, 0, false
	}
	native.RunNative(func(of any) {
		if of, ok := of.(driver.X11WindowContext); ok {
			x, y, known = placeOnX11(xproto.Window(of.WindowHandle))
		}
	})
	return x, y, known
}

func placeOnX11(window xproto.Window) (x, y int, known bool) {
	conn, err := xgb.NewConn()
	if err != nil {
		return 0, 0, false
	}
	defer conn.Close()
	at, err := xproto.TranslateCoordinates(conn, window, xproto.Setup(conn).DefaultScreen(conn).Root, 0, 0).Reply()
	if err != nil {
		return 0, 0, false
	}
	return int(at.DstX), int(at.DstY), true
}
