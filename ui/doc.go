// Package ui is Casekeep's desktop: pages over package app, made of the
// primitives in package kit and the colors, sizes and icons in package look.
// It never imports fyne/app, so its tests need no screen.
//
// # Ground rules
//
//   - Call everything on the main goroutine. Work that takes time runs in a
//     goroutine of its own and comes back through fyne.Do.
//   - Use no canvas objects and no Fyne widgets in pages: kit has them all,
//     with focus, keyboard and themes. Colors are tokens (look.Muted), never
//     values.
//   - No symbol characters (check marks, arrows, triangles, clips) in texts:
//     they measure and draw wrong. Use icons.
//   - Text goes into kit in the order in which it was written. kit reorders
//     right-to-left text for drawing; what it draws is never stored, copied or
//     searched.
//   - Objects given to a page stay the same; change them by their setters,
//     which repaint only themselves. Don't build a page anew for a keystroke.
//   - Global keys (Ctrl+K, Ctrl+L) are main-menu shortcuts, since canvas
//     shortcuts do not reach a focused entry. Keys that a focused primitive has
//     no use for come to the canvas's OnTypedKey, Escape included.
//   - On lock call lines.Forget, and drop the pages: they hold what was shown.
//     What was decoded to be shown goes before the lock (Desk.WhenLocked), and
//     copies that were opened outside with it (outside.Sweep). What Go and the
//     toolkit keep beyond that goes with the process, which replaces itself
//     (Restart): see Shell.seal.
//   - The window's title, preferences, log lines and error texts of the toolkit
//     name no client. A text goes to the clipboard through Desk.Copy, which
//     clears it.
//
// # Arrangement
//
// kit.Column, kit.Row, kit.TopRow, kit.Flow (wraps), kit.Grow (takes what is
// left; also gives way), kit.Space, kit.Pad, kit.Wide and kit.Tall (fixed),
// kit.Middle (centered), kit.Frame (edges and middle), kit.NewScroll, kit.On
// (a ground), kit.Card, kit.Note (a soft ground of a tone), kit.Rule and
// kit.Edge (thin lines). They know that wrapped text is higher where it is
// narrower; Fyne's own layouts do not.
//
// # Text
//
// One line, shortened where it must: kit.NewTitle (22 bold), NewHeading (15
// bold), NewLabel and NewStrong (14), NewSubtitle (13 muted), NewCaption (12
// muted), NewSection (12, capitals). Wrapping: kit.NewText (14), NewNote (13
// muted), NewSmall (12 muted), NewLinked (muted, ends with a link). To select and copy from: kit.NewBody. A long
// label in a Row belongs into kit.Grow.
//
// # Acts and choices
//
// kit.NewButton, NewPrimary (one a page), NewDanger, NewLink, NewIconButton;
// kit.Menu opens a menu under a button, kit.MenuAt where a list was clicked. kit.NewSegments (one of a few, may
// start unanswered; wraps), kit.NewSelect (one of many), kit.NewCheck (wraps),
// kit.NewTabs (fold into More), kit.NewNavItem, kit.NewSideTabs (the parts of a
// page, at its left). Questions of a form: kit.NewAnswer (yes or no, or one of a
// few, under its text; unanswered at first), kit.NewChecks (several of many).
//
// # Typing
//
// kit.NewField, NewPassword, NewArea (several lines, Ctrl+Enter, a Footer for
// a composer's choices) with SetError under the field; kit.NewSearch with its
// keys shown; kit.NewStrength for a new passphrase. kit.NewDayField for a day,
// as package days reads it, or from a month. kit.NewSignature to draw one.
//
// Fields, day fields, selects, answers, checks and signatures have Must, Value
// (which says what is wrong under them), SetError and Error alike. A form stands in a kit.NewSheet: title, one column that
// scrolls, and a foot that stays in sight. The page hands it Save and Cancel
// for KeySave and KeyEscape.
//
// # Lists
//
// kit.NewList shows any number of rows of any heights: give it Count, Height,
// New and Bind; Kind, Skip, Chosen, Open, Menu and More as needed. After a
// change call Reload, Grew (rows were added at the end) or Update (one row).
// Rows for it: kit.NewItem (two lines and a right caption, ItemHeight),
// kit.NewMessageRow (a timeline entry: Message.Height measures it without
// objects), kit.NewDay (between days, DayHeight), kit.NewDutyRow (of a standing:
// Duty.Height), kit.NewTaskRow (of Today: TaskHeight), kit.NewHead (between
// groups, HeadHeight). Links in a row are reached with Left and Right and
// pressed with Enter, which else opens the row.
//
// # Forms
//
// A structured entry is filled in by sheet.Open: it draws any form.Spec over
// the page, files it, and keeps what was typed over a lock. sheet.OpenPlain is a
// sheet of fields that are no entry. A page that leaves
// its list in sight beside a sheet is a desk.Staged. Whatever takes the user
// elsewhere goes through desk.LeaveSheet; session.Go does so by itself.
//
// # States
//
// kit.NewChip, kit.NewChipButton (leads somewhere), kit.Empty, kit.Busy, kit.NewProgress (bar, count, cancel;
// or of bytes with Bytes), kit.NewFootLink (at the window's foot),
// kit.NewToasts (with Undo; lay it over a page with Over), kit.NewDialog,
// kit.Confirm, kit.ConfirmDanger, kit.Tell.
package ui
