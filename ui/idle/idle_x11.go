//go:build !windows && !darwin

package idle

import (
	"fmt"
	"io"
	"log"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/screensaver"
	"github.com/jezek/xgb/xproto"
)

// x11 asks the X server's MIT-SCREEN-SAVER extension, on a connection of its
// own.
type x11 struct {
	conn *xgb.Conn
	root xproto.Drawable
}

func system() (Source, error) {
	// The library writes to standard error what it also returns.
	xgb.Logger = log.New(io.Discard, "", 0)
	conn, err := xgb.NewConn()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnknown, err)
	}
	s := &x11{conn: conn, root: xproto.Drawable(xproto.Setup(conn).DefaultScreen(conn).Root)}
	if err := screensaver.Init(conn); err != nil {
		conn.Close()
		return nil, fmt.Errorf("%w: %w", ErrUnknown, err)
	}
	if _, err := s.Idle(); err != nil {
		conn.Close()
		return nil, err
	}
	return s, nil
}

func (s *x11) Idle() (time.Duration, error) {
	info, err := screensaver.QueryInfo(s.conn, s.root).Reply()
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrUnknown, err)
	}
	return time.Duration(info.MsSinceUserInput) * time.Millisecond, nil
}
