//go:build !headless && !windows && !darwin

package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/jezek/xgb"
)

// findDisplay says, before the toolkit fails in its own way, why no window can
// open here and what to do.
func findDisplay() error {
	display := os.Getenv("DISPLAY")
	if display == "" {
		return errors.New("there is no display to open the window on (DISPLAY is not set): " +
			"start it in a desktop session, or use one of the commands that casekeep --help lists")
	}
	// The library writes to standard error what it also returns.
	xgb.Logger = log.New(io.Discard, "", 0)
	conn, err := xgb.NewConn()
	if err != nil {
		return fmt.Errorf("the display %s does not answer: start it in a desktop session, "+
			"or use one of the commands that casekeep --help lists", display)
	}
	conn.Close()
	return nil
}
