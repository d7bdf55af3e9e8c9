package app_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/vault/record"
)

// Revoking makes a key worthless for all that is sealed since, those that stay
// open as before, and a lost sheet is replaced the same way.
func TestRevoke(t *testing.T) {
	w := newWorld(t)
	ada := addClient(t, w.Practice, "Ada Quill")
	w.log(ada, "hello")
	key, _ := w.sheet()
	pdf := filepath.Join(t.TempDir(), "maria.pdf")
	_, err := w.MakeHolderSheet(ctx, passphrase, record.Holder{Who: "Maria Osei", Kind: record.HolderExecutor}, app.PaperFile{Path: pdf})
	w.must(err)
	hers := keyOn(t, pdf)
	for name, c := range map[string]struct {
		passphrase string
		names      []string
	}{"a wrong passphrase": {mistyped, []string{"maria-osei"}}, "nobody": {passphrase, []string{"nobody"}}} {
		if err := w.Revoke(ctx, c.passphrase, c.names, nil); err == nil {
			t.Errorf("%s: it was revoked", name)
		}
	}
	if k := w.keys(); k.Unfinished || len(k.Holders) != 2 || !k.Holders[0].Opens() || !k.Holders[1].Opens() {
		t.Fatalf("after what was refused: %+v", k)
	}

	w.now = w.now.Add(time.Hour)
	w.must(w.Revoke(ctx, passphrase, []string{"maria-osei"}, nil))
	k := w.keys()
	if k.Unfinished || k.Holders[0].Name != "recovery" || !k.Holders[0].Opens() || k.Holders[1].State != record.HolderRevoked || !k.Holders[1].Revoked.Equal(w.now) {
		t.Fatalf("holders: %+v", k)
	}
	if _, err := w.CheckSheet(ctx, app.Secret{Typed: hers}); err == nil || !strings.Contains(err.Error(), "was revoked") {
		t.Errorf("the revoked key: %v", err)
	}
	if _, err := w.CheckSheet(ctx, app.Secret{Typed: key}); err != nil {
		t.Errorf("the recovery sheet: %v", err)
	}
	replaced := filepath.Join(t.TempDir(), "again.pdf")
	if _, err := w.ReplaceSheet(ctx, passphrase, "recovery", app.PaperFile{Path: replaced}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := w.CheckSheet(ctx, app.Secret{Typed: key}); err == nil {
		t.Error("the lost sheet opens the vault still")
	}
	key = keyOn(t, replaced)
	if h, err := w.CheckSheet(ctx, app.Secret{Typed: key}); err != nil || h.Name != "recovery-2" || h.Kind != record.HolderRecovery {
		t.Errorf("the new sheet: %+v, %v", h, err)
	}
	w.must(w.Lock())
	if err := w.unlock(app.Secret{Typed: hers}); err == nil {
		t.Error("the revoked key opens the vault")
	}
	w.must(w.unlock(app.Secret{Passphrase: passphrase}))
	found, err := w.Search(ctx, app.Search{Query: "hello"})
	if err != nil || len(found) != 1 {
		t.Errorf("found %+v, %v", found, err)
	}
	whole(t, w.Practice)
	out, err := w.ExecutorSheet(ctx, app.PaperFile{Path: filepath.Join(t.TempDir(), "executor.pdf")})
	w.must(err)
	if text := read(t, out.File); !strings.Contains(text, "recovery sheet, since November 21, 2026") || strings.Contains(text, "Maria Osei, professional executor") {
		t.Errorf("the executor's sheet:\n%s", text)
	}
}

// A revocation that is canceled changes nothing or is finished later, by whoever
// unlocks the vault with the passphrase.
func TestRevokeCanceled(t *testing.T) {
	w := newWorld(t)
	ada := addClient(t, w.Practice, "Ada Quill")
	for i := range 40 {
		w.log(ada, strings.Repeat("word ", i))
	}
	own := "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
	_, err := w.AddHolder(ctx, passphrase, record.Holder{Who: "Bo Larsen", Kind: record.HolderExecutor, Recipient: own})
	w.must(err)
	unfinished := 0
	for at := int64(0); ; at++ {
		stopping, stop := context.WithCancel(ctx)
		told := int64(0)
		err := w.Revoke(stopping, passphrase, []string{"bo-larsen"}, func(int64, int64, string) {
			if told++; told > at {
				stop()
			}
		})
		stop()
		k := w.keys()
		if err == nil {
			break
		}
		switch {
		case !errors.Is(err, context.Canceled):
			t.Fatalf("canceled at %d: %v", at, err)
		case errors.Is(err, app.ErrUnfinished) != k.Unfinished:
			t.Fatalf("canceled at %d: %v, unfinished %v", at, err, k.Unfinished)
		case !k.Unfinished:
			if k.Holders[0].State != record.HolderOpens {
				t.Fatalf("nothing was changed, but %+v", k.Holders[0])
			}
			continue
		}
		unfinished++
		if said := app.Sentence(err); !strings.Contains(said, "begun and not finished") || strings.Contains(said, "nothing was changed") {
			t.Errorf("it is said that %q", said)
		}
		if _, err := w.AddHolder(ctx, passphrase, record.Holder{Who: "C", Kind: record.HolderOther, Recipient: own}); err == nil {
			t.Error("a holder was added meanwhile")
		}
		w.must(w.Lock())
		w.must(w.unlock(app.Secret{Passphrase: passphrase}))
		if !w.keys().Unfinished || !w.CanFinish() {
			t.Fatal("after a restart nobody knows that it is unfinished")
		}
		w.must(w.FinishRekey(ctx, "", nil))
		if k := w.keys(); k.Unfinished || w.CanFinish() || k.Holders[0].State != record.HolderRevoked {
			t.Fatalf("after it was finished: %+v", k)
		}
		whole(t, w.Practice)
		h, err := w.AddHolder(ctx, passphrase, record.Holder{Who: "Bo Larsen", Kind: record.HolderExecutor, Recipient: own})
		w.must(err)
		if h.Name == "bo-larsen" {
			t.Error("a name is given twice")
		}
		break
	}
	if unfinished == 0 {
		t.Error("no revocation was cut off in its middle")
	}
}

// A restore of a backup from before a revocation does not give the key back that
// was revoked since, and neither does the next revocation in the restored vault.
func TestRestoreGivesNoKeyBack(t *testing.T) {
	w := newWorld(t)
	key, _ := w.sheet()
	pdf := filepath.Join(t.TempDir(), "maria.pdf")
	_, err := w.MakeHolderSheet(ctx, passphrase, record.Holder{Who: "Maria Osei", Kind: record.HolderExecutor}, app.PaperFile{Path: pdf})
	w.must(err)
	hers := keyOn(t, pdf)
	_, err = w.BackUp(ctx, nil, w.target)
	w.must(err)
	w.now = w.now.Add(time.Hour)
	w.must(w.Revoke(ctx, passphrase, []string{"maria-osei"}, nil))
	if old, err := w.OldBackups(ctx); err != nil || len(old) != 1 || old[0].Count != 1 {
		t.Errorf("older backups: %+v, %v", old, err)
	}
	addClient(t, w.Practice, "Ada Quill")
	_, err = w.BackUp(ctx, nil, w.target)
	w.must(err)
	w.must(w.Lock())

	folder, err := app.OpenBackups(w.target, app.Secret{Passphrase: passphrase}, w.config)
	w.must(err)
	list, err := folder.List(ctx)
	if err != nil || len(list) != 2 {
		t.Fatalf("backups: %+v, %v", list, err)
	}
	w.dir = filepath.Join(t.TempDir(), filepath.Base(w.dir))
	_, err = folder.Restore(ctx, list[1].Name, w.dir, false, nil)
	w.must(err)
	w.must(w.unlock(app.Secret{Passphrase: passphrase}))
	if h, err := w.keys().Find("maria-osei"); err != nil || h.State != record.HolderMissing {
		t.Errorf("in the restored vault: %+v, %v", h, err)
	}
	there, err := w.BackupsAt(w.target)
	w.must(err)
	if list, err := there.List(ctx); err != nil || len(list) != 2 || list[0].Problem != "" || list[1].Problem != "" {
		t.Errorf("the restored vault reads its backups as %+v, %v", list, err)
	}
	for range 2 {
		if _, err := w.CheckSheet(ctx, app.Secret{Typed: hers}); err == nil {
			t.Error("the revoked key opens the restored vault")
		}
		if _, err := w.CheckSheet(ctx, app.Secret{Typed: key}); err != nil {
			t.Errorf("the recovery sheet: %v", err)
		}
		again := filepath.Join(t.TempDir(), "again.pdf")
		_, err = w.ReplaceSheet(ctx, passphrase, w.keys().Recovery().Name, app.PaperFile{Path: again}, nil)
		w.must(err)
		key = keyOn(t, again)
	}
	whole(t, w.Practice)
}

// A backup from before a revocation, restored beside one that was made in its
// middle, gives a vault that waits to be finished; that does not seal it to the
// key which was being revoked.
func TestRestoreInTheMiddleOfARevocation(t *testing.T) {
	w := newWorld(t)
	ada := addClient(t, w.Practice, "Ada Quill")
	w.log(ada, "hello")
	w.sheet()
	pdf := filepath.Join(t.TempDir(), "maria.pdf")
	_, err := w.MakeHolderSheet(ctx, passphrase, record.Holder{Who: "Maria Osei", Kind: record.HolderExecutor}, app.PaperFile{Path: pdf})
	w.must(err)
	hers := keyOn(t, pdf)
	_, err = w.BackUp(ctx, nil, w.target)
	w.must(err)
	w.now = w.now.Add(time.Hour)
	stopping, stop := context.WithCancel(ctx)
	defer stop()
	err = w.Revoke(stopping, passphrase, []string{"maria-osei"}, func(done, total int64, _ string) {
		if total > 0 && done == total { // the new key is in force, and the key files still hold both
			stop()
		}
	})
	if !errors.Is(err, app.ErrUnfinished) {
		t.Fatalf("it was to be cut off: %v", err)
	}
	_, err = w.BackUp(ctx, nil, w.target)
	w.must(err)
	w.must(w.Lock())

	folder, err := app.OpenBackups(w.target, app.Secret{Passphrase: passphrase}, w.config)
	w.must(err)
	list, err := folder.List(ctx)
	if err != nil || len(list) != 2 {
		t.Fatalf("backups: %+v, %v", list, err)
	}
	w.dir = filepath.Join(t.TempDir(), filepath.Base(w.dir))
	_, err = folder.Restore(ctx, list[1].Name, w.dir, false, nil)
	w.must(err)
	w.must(w.unlock(app.Secret{Passphrase: passphrase}))
	if !w.keys().Unfinished {
		t.Error("the restored vault waits for nothing")
	}
	w.must(w.FinishRekey(ctx, passphrase, nil))
	if h, err := w.CheckSheet(ctx, app.Secret{Typed: hers}); err == nil {
		t.Errorf("the key that was being revoked opens the vault as %s", h.Name)
	}
	there, err := w.BackupsAt(w.target)
	w.must(err)
	if list, err := there.List(ctx); err != nil || len(list) != 2 || list[0].Problem != "" || list[1].Problem != "" {
		t.Errorf("its backups: %+v, %v", list, err)
	}
	whole(t, w.Practice)
}

// The backups from before a revocation are read as ever, and go once there is a
// new one.
func TestOlderBackupsGo(t *testing.T) {
	w := newWorld(t)
	ada := addClient(t, w.Practice, "Ada Quill")
	w.log(ada, "hello")
	w.sheet()
	_, err := w.BackUp(ctx, nil, w.target)
	w.must(err)
	w.now = w.now.Add(time.Hour)
	w.must(w.Revoke(ctx, passphrase, []string{"recovery"}, nil))
	if d, err := w.Drill(ctx, nil); err != nil || !d.Whole {
		t.Errorf("the drill of the older backup: %+v, %v", d, err)
	}
	w.now = w.now.Add(time.Hour)
	done, err := w.RemoveOldBackups(ctx, nil)
	if err != nil || len(done) != 1 || done[0].Count != 1 || done[0].Err != nil {
		t.Fatalf("removed: %+v, %v", done, err)
	}
	there, err := w.BackupsAt(w.target)
	w.must(err)
	if list, err := there.List(ctx); err != nil || len(list) != 1 || list[0].Problem != "" {
		t.Errorf("left: %+v, %v", list, err)
	}
	if check, err := there.Check(ctx, nil); err != nil || !check.OK {
		t.Errorf("what is left: %+v, %v", check, err)
	}
	if d, err := w.Drill(ctx, nil); err != nil || !d.Whole {
		t.Errorf("the drill: %+v, %v", d, err)
	}
	if old, err := w.OldBackups(ctx); err != nil || len(old) != 0 {
		t.Errorf("older backups: %+v, %v", old, err)
	}
}

// What the plan removed in the same step counts among the older backups that were
// announced, and the wraps of the revoked key go with them.
func TestOlderBackupsThatThePlanRemovesCount(t *testing.T) {
	w := newWorld(t)
	w.sheet()
	w.must(w.SetBackupPlan(ctx, record.BackupPlan{Keep: record.BackupKeep{Last: 1}}))
	w.must(w.AddBackupTarget(ctx, w.target))
	w.backUp()
	w.now = w.now.Add(time.Hour)
	w.must(w.Revoke(ctx, passphrase, []string{"recovery"}, nil))
	w.now = w.now.Add(time.Hour)
	done, err := w.RemoveOldBackups(ctx, nil)
	if err != nil || len(done) != 1 || done[0].Count != 1 || done[0].Err != nil {
		t.Fatalf("removed: %+v, %v", done, err)
	}
	wraps, err := filepath.Glob(filepath.Join(w.target, "*", "keys", "*"))
	if err != nil || len(wraps) != 1 {
		t.Errorf("the keys of the backups: %q, %v", wraps, err)
	}
	if sheets, err := filepath.Glob(filepath.Join(w.target, "*", "keys", "*", "holders", "*")); err != nil || len(sheets) != 0 {
		t.Errorf("the wraps of holders: %q, %v", sheets, err)
	}
}
