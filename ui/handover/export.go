package handover

import (
	"context"
	"fmt"

	"casekeep/app"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/desk"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
)

// Export asks into which file the whole vault goes, and for whom it is sealed.
func Export(d desk.Desk) {
	p := d.Practice()
	out := outField(d, app.VaultName(p.Dir())+" "+p.Now().Format("2006-01-02"))
	s := newSeal(d)
	var dialog *kit.Dialog
	export := func() {
		path, ok := out.Value()
		to, sealed := s.value()
		if !ok || !sealed {
			return
		}
		var done app.WholeExport
		d.RunBytes("Exporting the whole vault", func(ctx context.Context, report func(int64, int64, string)) (err error) {
			done, err = p.ExportWhole(ctx, written(path), to, report)
			return err
		}, func(err error) {
			if err != nil {
				out.SetError(app.Sentence(err))
				return
			}
			dialog.Close()
			tellExported(d, done)
		})
	}
	out.OnEnter = func(string) { s.first.Focus() }
	s.onEnter(export)
	dialog = kit.NewDialog("Export the whole vault", kit.Column(12,
		kit.NewNote("One sealed file with everything: the database, the attachments and a list of both. age, tar and sqlite3 open it without Casekeep. "+
			"It is no backup that follows the vault: it stays as it is now."),
		out, s.content), kit.NewPrimary("Export", export)).Width(560)
	dialog.Open(d.Window())
}

func tellExported(d desk.Desk, e app.WholeExport) {
	body := kit.Column(10,
		kit.NewText(fmt.Sprintf("%s, %s and %s, in %s.", phrase.Count(e.Clients, "client", "clients"), phrase.Count(e.Entries, "entry", "entries"),
			phrase.Count(e.Attachments, "attachment", "attachments"), phrase.Size(e.Bytes))),
		kit.NewNote(folders.Short(e.File)), damagedNote(e.Damaged), kit.NewSmall("SHA-256"), kit.NewBody(e.SHA256.String()))
	kit.NewDialog("The vault is exported", body, nil).Width(560).Open(d.Window())
}
