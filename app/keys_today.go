package app

import (
	"context"

	"casekeep/app/standing"
	"casekeep/vault/record"
)

// keyTasks gives what Today asks about the keys: sealing to be finished, and
// a recovery sheet that was tested. Before the first questions are answered it
// asks for no sheet.
func (p *Practice) keyTasks(ctx context.Context, practice *standing.Practice) ([]standing.Task, error) {
	keys, err := p.Keys(ctx)
	if err != nil {
		return nil, err
	}
	task := standing.Task{Client: record.Book, Icon: "key", Since: practice.Today, Act: standing.Act{Page: "keys"}}
	if keys.Unfinished {
		task.Key, task.Title, task.Act.Label = "keys/unfinished", "Finish sealing everything to the new key", "Finish"
		task.Caption = "It was cut off: until then the old key opens what is left"
		task.Since = record.Date{} // before all else
		if keys.Back {
			task.Title, task.Caption = "Remove the file of a revoked key", "It is back in the vault’s folder, as a service that copies folders can bring it"
			task.Act.Label = "Remove"
		}
		return []standing.Task{task}, nil
	}
	if practice.Settings.Started.IsZero() {
		return nil, nil
	}
	task.Calm = true
	switch r := keys.Recovery(); {
	case r == nil:
		task.Key, task.Title, task.Act.Label = "keys/recovery", "Make a recovery sheet", "Make it"
		task.Caption = "If the passphrase is forgotten, or you cannot give it, nothing else opens the records"
	case r.Tested.IsZero():
		task.Key, task.Title, task.Act.Label = "keys/tested", "Check the recovery sheet", "Check it"
		task.Caption = "Type the key from the paper once: a sheet that was never tried may not be whole"
	default:
		return nil, nil
	}
	return []standing.Task{task}, nil
}
