package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"casekeep/app"
	"casekeep/vault/record"
)

const otherPassphrase = "cellar Umbra 77 violin"

// keyOn reads the key off a printed sheet, as somebody does who types it.
func keyOn(t *testing.T, pdf string) string {
	t.Helper()
	_, rest, found := strings.Cut(read(t, pdf), "AGE-SECRET-KEY-PQ-1")
	frame, _, _ := strings.Cut(rest, "No group has")
	groups := regexp.MustCompile(`\b[0-9A-Z]{2}(?:[0-9A-Z]{2})?\b`).FindAllString(frame, -1)
	groups = slices.DeleteFunc(groups, func(g string) bool { return g == "11" }) // a line's number
	if !found || len(strings.Join(groups, "")) != 58 {
		t.Fatalf("no key stands on the sheet: %q", groups)
	}
	return strings.ToLower(strings.Join(groups, " "))
}

// sheet makes the recovery sheet, and gives the key on it.
func (w *world) sheet() (key, pdf string) {
	w.t.Helper()
	pdf = filepath.Join(w.t.TempDir(), "sheet.pdf")
	_, err := w.MakeRecoverySheet(ctx, passphrase, app.PaperFile{Path: pdf})
	w.must(err)
	return keyOn(w.t, pdf), pdf
}

func (w *world) keys() app.Keys {
	w.t.Helper()
	k, err := w.Keys(ctx)
	w.must(err)
	return k
}

func (w *world) unlock(s app.Secret) error {
	p, err := app.UnlockWith(ctx, w.dir, s, w.config)
	if err == nil {
		w.Practice = p
		w.t.Cleanup(func() { _ = p.Lock() })
	}
	return err
}

// actors gives who did the newest events of an action, the newest first.
func (w *world) actors(action string) (all []string) {
	w.t.Helper()
	events, err := w.History(ctx, 0, 100)
	w.must(err)
	for _, e := range events {
		if e.Action == action {
			all = append(all, e.Actor)
		}
	}
	return all
}

func TestRecoverySheet(t *testing.T) {
	w := newWorld(t)
	out := app.PaperFile{Path: filepath.Join(t.TempDir(), "sheet.pdf")}
	if _, err := w.MakeRecoverySheet(ctx, "wrong", out); !errors.Is(err, app.ErrPassphrase) {
		t.Errorf("without the passphrase: %v", err)
	}
	if r := w.keys().Recovery(); r != nil {
		t.Fatalf("before there is one: %+v", r)
	}
	key, pdf := w.sheet()
	if text := read(t, pdf); !strings.Contains(text, "holders/recovery.age") || !strings.Contains(text, "Quill Street Practice") {
		t.Errorf("the sheet says:\n%s", text)
	}
	if r := w.keys().Recovery(); r == nil || r.Means != record.MeansSheet || !r.Tested.IsZero() || !r.Added.Equal(w.now) {
		t.Errorf("the holder: %+v", r)
	}
	if _, err := w.MakeRecoverySheet(ctx, passphrase, out); err == nil || !strings.Contains(err.Error(), "November 21, 2026") {
		t.Errorf("a second one: %v", err)
	}

	w.now = w.now.Add(time.Hour)
	h, err := w.CheckSheet(ctx, app.Secret{Typed: key})
	if err != nil || h.Name != "recovery" || !h.Tested.Equal(w.now) {
		t.Errorf("checking it while the vault is open: %+v, %v", h, err)
	}
	w.must(w.Lock())
	w.now = w.now.Add(time.Hour)
	if name, err := w.config.CheckSheet(w.dir, app.Secret{Typed: strings.ToUpper(strings.ReplaceAll(key, " ", "-"))}); err != nil || name != "recovery" {
		t.Errorf("checking it while the vault is locked: %q, %v", name, err)
	}
	w.must(w.unlock(app.Secret{Passphrase: passphrase}))
	if r := w.keys().Recovery(); r == nil || !r.Tested.Equal(w.now) {
		t.Errorf("the day of the last test: %+v", r)
	}
	w.must(w.Lock())
	w.must(w.unlock(app.Secret{Typed: key}))
	if who := w.actors("vault.open"); len(who) != 1 || who[0] != "whoever has the recovery sheet (recovery)" {
		t.Errorf("the opening is %q's", who)
	}
	whole(t, w.Practice)
}

// Whose key opened the vault the key says, and not the name of the file: it can be
// copied to another's.
func TestAKeyIsItsHoldersUnderAnyName(t *testing.T) {
	w := newWorld(t)
	w.sheet()
	pdf := filepath.Join(t.TempDir(), "maria.pdf")
	_, err := w.MakeHolderSheet(ctx, passphrase, record.Holder{Who: "Maria Osei", Kind: record.HolderExecutor}, app.PaperFile{Path: pdf})
	w.must(err)
	hers := keyOn(t, pdf)
	w.must(w.Lock())
	file := func(name string) string { return filepath.Join(w.dir, "holders", name+".age") }
	wrap, err := os.ReadFile(file("maria-osei"))
	w.must(err)
	for _, name := range []string{"recovery", "aaa"} {
		w.must(os.WriteFile(file(name), wrap, 0o600))
		_ = os.Remove(file("maria-osei"))
		w.must(w.unlock(app.Secret{Typed: hers}))
		if who := w.actors("vault.open"); who[0] != "Maria Osei, professional executor" {
			t.Errorf("as %s the opening is %q's", name, who[0])
		}
		if err := w.ChangePassphrase(ctx, app.Secret{Typed: hers}, otherPassphrase); err == nil || !strings.Contains(err.Error(), "somebody else") {
			t.Errorf("as %s the key changes the passphrase: %v", name, err)
		}
		w.must(w.Lock())
		w.must(os.Remove(file(name)))
	}
}

// A key with a mistake in it, one of another vault, a passphrase or nothing check
// nothing, and say why.
func TestSheetThatOpensNothing(t *testing.T) {
	w, other := newWorld(t), newWorld(t)
	key, _ := w.sheet()
	foreign, _ := other.sheet()
	swapped := []byte(key)
	swapped[0], swapped[1] = 'q', 'z'
	for name, c := range map[string]struct {
		secret app.Secret
		says   string
	}{
		"a mistake":       {app.Secret{Typed: string(swapped)}, "mistake"},
		"half of it":      {app.Secret{Typed: key[:30]}, ""},
		"another vault's": {app.Secret{Typed: foreign}, "does not open this vault"},
		"a passphrase":    {app.Secret{Passphrase: passphrase}, "no key to check"},
		"nothing":         {app.Secret{}, "no key to check"},
		"no file":         {app.Secret{KeyFile: filepath.Join(t.TempDir(), "none")}, "there is no key file"},
	} {
		_, err := w.CheckSheet(ctx, c.secret)
		if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), key[5:14]) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if r := w.keys().Recovery(); !r.Tested.IsZero() {
		t.Errorf("it counts as tested: %+v", r)
	}
	// The wrap is another vault's, put in place of this one's.
	w.must(w.Lock())
	foreignWrap, err := os.ReadFile(filepath.Join(other.dir, "holders", "recovery.age"))
	w.must(err)
	w.must(os.WriteFile(filepath.Join(w.dir, "holders", "recovery.age"), foreignWrap, 0o600))
	if _, err := w.config.CheckSheet(w.dir, app.Secret{Typed: foreign}); err == nil || !strings.Contains(err.Error(), "does not open its database") {
		t.Errorf("another vault's wrap: %v", err)
	}
}

func TestChangePassphrase(t *testing.T) {
	w := newWorld(t)
	key, _ := w.sheet()
	for name, c := range map[string]struct {
		old  app.Secret
		next string
	}{"a wrong one": {app.Secret{Passphrase: "wrong"}, otherPassphrase}, "no new one": {app.Secret{Passphrase: passphrase}, "  "}, "nothing": {app.Secret{}, otherPassphrase}} {
		if err := w.ChangePassphrase(ctx, c.old, c.next); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	w.now = w.now.Add(time.Hour)
	w.must(w.ChangePassphrase(ctx, app.Secret{Passphrase: passphrase}, otherPassphrase))
	if since := w.keys().Since; !since.Equal(w.now) {
		t.Errorf("since %s", since)
	}
	w.must(w.Lock())
	if err := w.unlock(app.Secret{Passphrase: passphrase}); !errors.Is(err, app.ErrPassphrase) {
		t.Errorf("the old passphrase: %v", err)
	}
	w.must(w.unlock(app.Secret{Passphrase: otherPassphrase}))
	// Forgotten: the recovery sheet stands for the old one.
	w.must(w.ChangePassphrase(ctx, app.Secret{Typed: key}, passphrase))
	w.must(w.Lock())
	w.must(w.unlock(app.Secret{Passphrase: passphrase}))
	whole(t, w.Practice)
}

// What somebody does with a key of theirs is in the trail under their name and
// role, and they change nobody's keys.
func TestHolderIsAuditedByNameAndRole(t *testing.T) {
	w := newWorld(t)
	ada := addClient(t, w.Practice, "Ada Quill")
	pdf := filepath.Join(t.TempDir(), "maria.pdf")
	_, err := w.MakeHolderSheet(ctx, passphrase, record.Holder{Who: "María Osei", Kind: record.HolderCustodian, Reach: "601 555 0177"}, app.PaperFile{Path: pdf})
	w.must(err)
	key := keyOn(t, pdf)
	if text := read(t, pdf); !strings.Contains(text, "Key of María Osei") || !strings.Contains(text, "record custodian, 601 555 0177") || !strings.Contains(text, "holders/maria-osei.age") {
		t.Errorf("the sheet says:\n%s", text)
	}
	w.must(w.Lock())
	w.must(w.unlock(app.Secret{Typed: key}))
	if err := w.ChangePassphrase(ctx, app.Secret{Typed: key}, otherPassphrase); err == nil || !strings.Contains(err.Error(), "somebody else") {
		t.Errorf("the custodian changes the passphrase: %v", err)
	}
	w.must(w.ViewAsExecutor(ctx, "maría osei", time.Hour))
	if _, err := w.OpenClient(ctx, ada.ID); err != nil {
		t.Error(err)
	}
	if _, err := w.AddHolder(ctx, passphrase, record.Holder{Who: "X", Kind: record.HolderOther, Recipient: "age1"}); !errors.Is(err, app.ErrReadOnly) {
		t.Errorf("a viewer adds a holder: %v", err)
	}
	for _, action := range []string{"vault.open", "vault.view", "client.open"} {
		if who := w.actors(action); len(who) == 0 || who[0] != "María Osei, record custodian" {
			t.Errorf("%s is %q's", action, who)
		}
	}
	w.must(w.Lock())
	w.must(w.unlock(app.Secret{Typed: key}))
	w.must(w.ViewAsExecutor(ctx, "Bo Larsen", time.Hour))
	if who := w.actors("vault.view"); who[0] != "Bo Larsen, with the key of María Osei, record custodian" {
		t.Errorf("somebody else with the key is %q", who[0])
	}
}

func TestAddHolder(t *testing.T) {
	w := newWorld(t)
	own := "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
	h, err := w.AddHolder(ctx, passphrase, record.Holder{Who: " Bo  Larsen ", Kind: record.HolderExecutor, Recipient: " " + own + "\n"})
	if err != nil || h.Name != "bo-larsen" || h.Who != "Bo Larsen" || h.State != record.HolderOpens || h.Means != record.MeansOwn {
		t.Fatalf("%+v, %v", h, err)
	}
	for name, c := range map[string]struct {
		h    record.Holder
		says string
	}{
		"the same key again": {record.Holder{Who: "B. L.", Kind: record.HolderOther, Recipient: own}, "the key of Bo Larsen"},
		"nobody":             {record.Holder{Kind: record.HolderOther, Recipient: "age1pfve4sdfwe4gswspu9gc88ghmdr6cyunrjuq9su4vrg8y3qrfpds0fg9rs"}, ""},
		"a secret key":       {record.Holder{Who: "C", Kind: record.HolderOther, Recipient: "AGE-SECRET-KEY-1QQQ"}, "secret key"},
		"no key":             {record.Holder{Who: "C", Kind: record.HolderOther}, "there is no key"},
	} {
		if _, err := w.AddHolder(ctx, passphrase, c.h); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if list := w.keys().Holders; len(list) != 1 {
		t.Errorf("holders: %+v", list)
	}
	// What lies in the folder opens the vault, whether the vault knows of it or not.
	w.must(os.Rename(filepath.Join(w.dir, "holders", "bo-larsen.age"), filepath.Join(w.dir, "holders", "stranger.age")))
	list := w.keys().Holders
	if len(list) != 2 || list[0].State != record.HolderUnknown || list[0].Name != "stranger" || list[1].State != record.HolderMissing {
		t.Errorf("holders: %+v", list)
	}
}

// A sheet that cannot be written adds nobody, and one for nobody is not left
// behind.
func TestSheetIsWholeOrNotAtAll(t *testing.T) {
	w := newWorld(t)
	folder := t.TempDir()
	if _, err := w.MakeRecoverySheet(ctx, passphrase, app.PaperFile{Path: filepath.Join(folder, "none", "sheet.pdf")}); err == nil {
		t.Error("it was written into a folder that does not exist")
	}
	if _, err := w.MakeHolderSheet(ctx, passphrase, record.Holder{Kind: record.HolderOther}, app.PaperFile{Path: filepath.Join(folder, "sheet.pdf")}); err == nil {
		t.Error("a sheet for nobody was made")
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if k := w.keys(); k.Recovery() != nil {
		t.Errorf("holders: %+v", k.Holders)
	}
}

func TestTodayAsksForARecoverySheet(t *testing.T) {
	w := newWorld(t)
	asked := func(want string) {
		t.Helper()
		today, err := w.Today(ctx)
		w.must(err)
		var got []string
		for _, task := range today.Tasks {
			if strings.HasPrefix(task.Key, "keys/") {
				got = append(got, task.Key)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("asked for %q, want %q", got, want)
		}
	}
	asked("")
	w.must(w.Start(ctx, app.FirstAnswers{Name: "Dana Quill"}))
	asked("keys/recovery")
	key, _ := w.sheet()
	asked("keys/tested")
	_, err := w.CheckSheet(ctx, app.Secret{Typed: key})
	w.must(err)
	asked("")
}
