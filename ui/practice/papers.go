package practice

import (
	"context"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/paper"
)

// papers are what one needs when the computer is gone.
func (s *settings) papers() fyne.CanvasObject {
	return section("If this computer is lost",
		kit.NewSmall("Print these now and keep them locked away: they hold clients’ names. Shred the ones that they replace."),
		kit.Flow(10,
			kit.NewButton("First-hour sheet", func() { PrintFirstHour(s.desk) }).Icon(look.Printer),
			kit.NewButton("Paper fallback", func() { PrintFallback(s.desk) }).Icon(look.Printer),
			kit.NewButton("Executor’s sheet", func() { printExecutor(s.desk) }).Icon(look.Printer)))
}

// PrintFirstHour asks where the sheet goes that says what to do in the first
// hour after a laptop was lost or stolen (NASW 2.12).
func PrintFirstHour(d desk.Desk) {
	paper.Open(d, paper.Ask{Title: "Print the first-hour sheet", Name: "First hour after a loss", Secret: true,
		Text: "What to do in the first hour after a laptop was lost or stolen, and whom to tell.",
		Print: func(ctx context.Context, out app.PaperFile) (app.Printed, error) {
			return d.Practice().FirstHour(ctx, out, true)
		}})
}

// PrintFallback asks where the list of the clients of these days goes, with what
// one would need if the laptop died (NASW 2.12).
func PrintFallback(d desk.Desk) {
	paper.Open(d, paper.Ask{Title: "Print the paper fallback", Name: "Paper fallback", Secret: true,
		Text: "Names, numbers and emergency contacts of the clients with a contact in the last 14 days. Keep it locked away, and shred it when it is replaced.",
		Print: func(ctx context.Context, out app.PaperFile) (app.Printed, error) {
			return d.Practice().PaperFallback(ctx, out)
		}})
}

// printExecutor asks where the sheet for the professional executor goes.
func printExecutor(d desk.Desk) {
	paper.Open(d, paper.Ask{Title: "Print the executor’s sheet", Name: "For the professional executor", Secret: true,
		Text: "What your professional executor needs first: where the records and backups are, and the clients of the last 14 days. It holds no key and no passphrase. Keep it locked away.",
		Print: func(ctx context.Context, out app.PaperFile) (app.Printed, error) {
			return d.Practice().ExecutorSheet(ctx, out)
		}})
}
