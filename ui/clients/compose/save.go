package compose

import (
	"context"
	"path/filepath"

	"casekeep/app"
	"casekeep/vault/record"
)

// save logs an entry, with a bar where files go with it, and takes its draft
// out of the vault.
func (c *Composer) save(e record.Entry) {
	files := c.now.Files
	practice := c.desk.Practice()
	logged := e
	log := func(ctx context.Context) error {
		var uploads []app.Upload
		for _, path := range files {
			uploads = append(uploads, app.FileUpload(path))
		}
		var err error
		if logged, err = practice.Log(ctx, e, uploads...); err != nil {
			return err
		}
		held, err := practice.Draft(ctx, e.Client)
		if err != nil || held == "" {
			return err
		}
		return practice.SaveDraft(ctx, e.Client, "")
	}
	done := func(err error) {
		if err != nil {
			logged = e
		} else {
			delete(c.drafts.kept, e.Client)
			c.drafts.kept[e.Client] = false
		}
		c.saved(logged, err)
	}
	if len(files) == 0 {
		c.desk.Load(log, done)
		return
	}
	title := "Sealing " + filepath.Base(files[0])
	c.desk.Run(title, func(ctx context.Context, report func(done, total int64, text string)) error {
		report(0, 0, title)
		return log(ctx)
	}, done)
}
