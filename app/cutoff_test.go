package app_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casekeep/app"
	"casekeep/vault/record"
	"casekeep/vault/sealed"
)

// What a restore or a salvage left that was cut off keeps the next one from
// nothing, and no vault that is there is taken for a leftover.
func TestAfterACutOff(t *testing.T) {
	w := newWorld(t)
	w.log(addClient(t, w.Practice, "Ada Quill"), "hello")
	w.must(w.AddBackupTarget(ctx, w.target))
	w.backUp()
	above := t.TempDir()
	export := filepath.Join(above, "whole.age")
	_, err := w.ExportWhole(ctx, export, app.Sealing{Passphrase: "gravel lantern Monday"}, nil)
	w.must(err)
	w.must(w.Lock())
	copyTo := func(name string) string {
		dir := filepath.Join(above, name)
		w.must(os.CopyFS(dir, os.DirFS(w.dir)))
		return dir
	}
	opens := func(dir string) {
		t.Helper()
		p, err := app.Unlock(ctx, dir, passphrase, w.config)
		w.must(err)
		whole(t, p)
		w.must(p.Lock())
	}

	over, other := copyTo("over"+app.Suffix), copyTo("over"+app.Suffix+".restored")
	folder, err := app.OpenBackups(w.target, app.Secret{Passphrase: passphrase}, w.config)
	w.must(err)
	r, err := folder.Restore(ctx, "", over, true, nil)
	w.must(err)
	for _, dir := range []string{over, other, r.Aside} {
		opens(dir)
	}

	planted := filepath.Join(above, "planted"+app.Suffix)
	copyTo("planted" + app.Suffix + ".unfinished-7")
	_, err = app.RestoreExport(ctx, export, app.Secret{Passphrase: "gravel lantern Monday"}, planted, passphrase, w.config, nil)
	w.must(err)
	opens(planted)

	saved := filepath.Join(above, "saved"+app.Suffix)
	busy := copyTo("saved" + app.Suffix + ".unfinished-1")
	at, err := app.Unlock(ctx, busy, passphrase, w.config)
	w.must(err)
	copyTo("saved" + app.Suffix + ".unfinished-2")
	canceled, cancel := context.WithCancel(ctx)
	_, err = app.Salvage(canceled, w.dir, app.Secret{Passphrase: passphrase}, saved, passphrase, w.config, func(int64, int64, string) { cancel() })
	if _, there := os.Stat(saved); err == nil || !os.IsNotExist(there) {
		t.Errorf("a salvage that was canceled: %v, and leaves %v", err, there)
	}
	w.must(os.Mkdir(saved, 0o700))
	_, err = app.Salvage(ctx, w.dir, app.Secret{Passphrase: passphrase}, saved, passphrase, w.config, nil)
	w.must(err)
	opens(saved)
	if _, err := app.Salvage(ctx, w.dir, app.Secret{Passphrase: passphrase}, saved, passphrase, w.config, nil); err == nil || !strings.Contains(err.Error(), sealed.ErrExists.Error()) {
		t.Errorf("a salvage into a vault: %v", err)
	}
	if _, err := at.AddClient(ctx, record.Client{Name: "Bo Larsen"}); err != nil {
		t.Error(err)
	}
	w.must(at.Lock())
	var left []string
	entries, err := os.ReadDir(above)
	w.must(err)
	for _, e := range entries {
		if strings.Contains(e.Name(), ".unfinished-") {
			left = append(left, e.Name())
		}
	}
	if len(left) != 1 || left[0] != filepath.Base(busy) {
		t.Errorf("left: %q", left)
	}
}
