// Package chooser lets files or a folder be chosen with the keyboard alone:
// type a path, or a part of a name, or go through the folders.
package chooser

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// Ask is what is asked for.
type Ask struct {
	Title string
	Text  string // one or two sentences under the title
	Act   string // what the main button says
	From  string // the folder to begin in
	// Wanted tells by its name which files come first; "take all" takes them.
	// Nil: a folder is asked for.
	Wanted func(name string) bool
	// Whole tells which folders are taken as they are and never gone into, such
	// as a vault, and what their rows call them; "": an ordinary folder. Nil:
	// all folders are.
	Whole  func(dir string) string
	One    bool                // a single file: all of a folder are not offered
	More   []fyne.CanvasObject // further buttons
	Chosen func(paths []string)
}

// Any is Wanted where every file can be chosen.
func Any(string) bool { return true }

// Chooser is a dialog that asks for files or a folder.
type Chooser struct {
	ask   Ask
	desk  desk.Desk
	dir   string // whose entries are held
	all   []entry
	shown []entry
	run   int    // counts readings: a late one is dropped
	busy  bool   // a folder is being read
	again func() // what was pressed meanwhile

	path    *kit.Search
	list    *kit.List
	problem *kit.Text
	dialog  *kit.Dialog
}

const listRows = 5

// Open asks.
func Open(d desk.Desk, ask Ask) *Chooser {
	c := &Chooser{ask: ask, desk: d, problem: kit.NewSmall("").Color(look.Red)}
	c.path = kit.NewSearch("Type a path, or a part of a name", "")
	c.list = kit.NewList(kit.Rows{
		Count:  func() int { return len(c.shown) },
		Height: func(int, float32) float32 { return kit.ItemHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewItem() },
		Bind:   func(i int, o fyne.CanvasObject, on bool) { o.(*kit.Item).Set(c.text(c.shown[i]), on) },
		Open:   func(int) { c.enter() },
	})
	c.path.OnChanged = func(string) { c.typed() }
	c.path.OnMove = func(ev *fyne.KeyEvent) { c.list.Key(ev) }
	c.path.OnEnter = func(string) { c.enter() }
	body := kit.Column(10, kit.NewNote(ask.Text), c.path, kit.Tall(listRows*kit.ItemHeight, c.list), c.problem)
	c.dialog = kit.NewDialog(ask.Title, body, kit.NewPrimary(ask.Act, c.act).Shortcut("Ctrl Enter")).Width(580).More(ask.More...)
	c.problem.Hide()
	c.path.SetText(shortDir(folders.Existing(ask.From)))
	c.dialog.Open(d.Window())
	c.toEnd()
	return c
}

// toEnd puts the cursor behind what is typed, where a name goes.
func (c *Chooser) toEnd() {
	kit.Focus(c.path.Entry())
	c.path.Entry().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
}

// Path gives the field that takes the keyboard.
func (c *Chooser) Path() *kit.Search { return c.path }

// Close takes the dialog away.
func (c *Chooser) Close() { c.dialog.Close() }

// shortDir writes a folder so that a name can be typed behind it.
func shortDir(dir string) string {
	short := folders.Short(dir)
	if !os.IsPathSeparator(short[len(short)-1]) {
		short += string(filepath.Separator)
	}
	return short
}

// typed reads the folder that is typed now, and shows what fits.
func (c *Chooser) typed() {
	c.fail("")
	dir, _ := split(c.path.Text())
	c.run++
	c.busy, c.again = dir != c.dir, nil
	if !c.busy {
		c.filter()
		return
	}
	run := c.run
	var found []entry
	c.desk.Load(func(context.Context) (err error) {
		found, err = read(dir, c.ask)
		return err
	}, func(err error) {
		if run != c.run {
			return
		}
		c.busy = false
		c.dir, c.all = dir, found
		if err != nil {
			c.dir = ""
		}
		c.filter()
		if c.again != nil {
			c.again()
		}
	})
}

// later puts off what is pressed until the folder has been read.
func (c *Chooser) later(press func()) bool {
	if c.busy {
		c.again = press
	}
	return c.busy
}

func (c *Chooser) filter() {
	_, part := split(c.path.Text())
	c.shown = match(c.all, part, c.ask.Wanted != nil)
	if n := len(wantedPaths(c.shown)); n > 1 && !c.ask.One {
		c.shown = append([]entry{{name: "All " + kit.Number(n) + " exports in this folder", path: c.dir, all: n}}, c.shown...)
	}
	if above := filepath.Dir(c.dir); part == "" && c.dir != "" && above != c.dir {
		c.shown = append(c.shown, entry{name: "Folder above", path: above, folder: true})
	}
	c.list.Reload()
	c.list.Top()
	first := -1
	if part != "" && len(c.shown) > 0 {
		first = 0
	}
	c.list.Select(first)
}

func (c *Chooser) text(e entry) kit.ItemText {
	switch {
	case e.all > 0:
		return kit.ItemText{Title: e.name, Caption: "they are looked at together"}
	case e.whole != "":
		return kit.ItemText{Title: e.name, Caption: e.whole}
	case e.folder:
		return kit.ItemText{Title: e.name, Caption: "folder"}
	}
	return kit.ItemText{Title: e.name, Caption: phrase.Size(e.size), Right: phrase.Lately(e.at, time.Now(), time.Local), Faint: !e.wanted}
}

// enter opens the folder that is selected, takes the file that is selected, or a
// folder that is taken whole, or what was typed.
func (c *Chooser) enter() {
	if c.later(c.enter) {
		return
	}
	if i := c.list.Selected(); i >= 0 {
		c.takeEntry(c.shown[i])
		return
	}
	c.takeTyped()
}

// act is the main button: it takes a selected folder instead of opening it,
// where a folder is asked for.
func (c *Chooser) act() {
	if c.later(c.act) {
		return
	}
	i := c.list.Selected()
	if c.ask.Wanted == nil && i >= 0 {
		c.take(c.shown[i].path)
		return
	}
	c.enter()
}

func (c *Chooser) takeEntry(e entry) {
	switch {
	case e.all > 0:
		c.take(wantedPaths(c.shown)...)
	case e.folder && e.whole == "":
		c.path.SetText(shortDir(e.path))
		c.toEnd()
	default:
		c.take(e.path)
	}
}

func (c *Chooser) takeTyped() {
	dir, part := split(c.path.Text())
	whole := filepath.Join(dir, part)
	info, err := os.Stat(whole)
	switch {
	case err != nil:
		c.fail("There is no " + whole + ".")
	case !info.IsDir() && c.ask.Wanted == nil:
		c.fail("That is a file: choose a folder.")
	case info.IsDir() && c.ask.Wanted != nil:
		c.fail("Choose a file: type a part of its name, or go down to it.")
	default:
		c.take(whole)
	}
}

func (c *Chooser) take(paths ...string) {
	c.dialog.Close()
	c.ask.Chosen(paths)
}

func (c *Chooser) fail(problem string) {
	c.problem.SetText(problem)
	c.problem.Hidden = problem == ""
	c.dialog.Refresh()
}
