package main

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// A room is a part of the house that the same rules hold for: a package and what
// lies under it, save the rooms under it that have rules of their own.
type room struct {
	path string
	// mayUse are the rooms of ours that it imports. Imports run one way:
	// cmd -> ui -> app -> vault -> vault/backup -> vault/sealed; vault/record and assets are leaves.
	mayUse []string
	// testsMayUse are those that its tests import besides.
	testsMayUse []string
	// never are packages of others that it does not import, nor what lies under
	// them. Its tests may.
	never []string
}

const (
	fyne     = "fyne.io/fyne/v2"
	fyneApp  = "fyne.io/fyne/v2/app" // needs libGL, so the window's file alone has it
	ours     = "casekeep/"
	workshop = "app/*" // what lies under app
)

var sql = []string{"database/sql", "github.com/mattn/go-sqlite3"}

var rooms = []room{
	{path: "cmd/casekeep", mayUse: []string{"ui", "app", workshop, "vault", "vault/backup", "vault/sealed", "vault/record", "assets"}, never: sql},
	{path: "cmd/dev"},
	{path: "ui", mayUse: []string{"app", workshop, "vault/record", "assets"}, testsMayUse: []string{"vault"}, never: sql},
	{path: "app", mayUse: []string{workshop, "vault", "vault/backup", "vault/sealed", "vault/record", "assets"}, never: append(sql, fyne)},
	{path: workshop, mayUse: []string{"vault/record", "assets"}, never: append(sql, fyne)},
	{path: "vault", mayUse: []string{"vault/backup", "vault/sealed", "vault/record", "assets"}, never: []string{fyne}},
	{path: "vault/backup", mayUse: []string{"vault/sealed"}, never: []string{fyne}},
	{path: "vault/sealed", never: []string{fyne}},
	{path: "vault/record", never: append(sql, fyne)},
	{path: "assets", never: append(sql, fyne)},
}

// roomOf finds the room of a folder: the one with the longest path.
func roomOf(folder string) (room, bool) {
	if strings.HasPrefix(folder, "app/") {
		folder = workshop
	}
	for ; folder != "."; folder = path.Dir(folder) {
		for _, r := range rooms {
			if r.path == folder {
				return r, true
			}
		}
	}
	return room{}, false
}

// brokenRule says which rule of the house a Go file breaks by an import, "" for
// none. The file's name is relative to the house.
func brokenRule(file, imported string) string {
	here, known := roomOf(path.Dir(file))
	if !known {
		return fmt.Sprintf("%s is in no room of the house", file)
	}
	test := strings.HasSuffix(file, "_test.go")
	if strings.HasPrefix(imported, ours) {
		return brokenDirection(here, file, imported, test)
	}
	switch {
	case imported == fyneApp && !(path.Dir(file) == "cmd/casekeep" && strings.HasPrefix(path.Base(file), "desktop")):
		return fmt.Sprintf("%s imports %s, which only cmd/casekeep/desktop*.go may", file, imported)
	case reachesNetwork(file, imported) && !test:
		return fmt.Sprintf("%s imports %s: Casekeep opens no connection", file, imported)
	case here.path == "cmd/dev" && !test && (imported == "C" || strings.Contains(imported, ".")):
		return fmt.Sprintf("%s imports %s: dev must start where nothing is installed", file, imported)
	}
	refuses := func(never string) bool { return imported == never || strings.HasPrefix(imported, never+"/") }
	if !test && slices.ContainsFunc(here.never, refuses) {
		return fmt.Sprintf("%s imports %s, which %s never does", file, imported, here.path)
	}
	return ""
}

// offline are the packages with net in their path that open no connection.
var offline = []string{"net/mail", "net/netip", "net/textproto", "net/url", "golang.org/x/net/html", "golang.org/x/net/html/atom", "golang.org/x/net/idna"}

// onThisComputer are packages that talk over sockets, and the only folders that
// import them: those see to it that the sockets are this computer's.
var onThisComputer = map[string][]string{
	"github.com/godbus/dbus":     {"ui/away", "ui/away/fakebus"}, // unix addresses alone; fakebus is for tests
	"github.com/jezek/xgb":       {"ui/idle", "cmd/casekeep"},    // the display that the user set
	"github.com/rymdport/portal": {"cmd/casekeep"},               // over the toolkit's connection to the session's bus
}

// reachesNetwork reports whether a file imports what could open a connection.
func reachesNetwork(file, imported string) bool {
	for library, folders := range onThisComputer {
		if imported == library || strings.HasPrefix(imported, library+"/") {
			return !slices.Contains(folders, path.Dir(file))
		}
	}
	for _, tree := range []string{"net", "golang.org/x/net", "golang.org/x/crypto/ssh", "log/syslog", "crypto/tls", "expvar"} {
		if imported == tree || strings.HasPrefix(imported, tree+"/") {
			return !slices.Contains(offline, imported)
		}
	}
	return false
}

func brokenDirection(here room, file, imported string, test bool) string {
	there, known := roomOf(strings.TrimPrefix(imported, ours))
	switch {
	case !known:
		return fmt.Sprintf("%s imports %s, which is in no room of the house", file, imported)
	case there.path == here.path, slices.Contains(here.mayUse, there.path):
		return ""
	case test && slices.Contains(here.testsMayUse, there.path):
		return ""
	}
	return fmt.Sprintf("%s imports %s: %s never uses %s", file, imported, here.path, there.path)
}
