package app_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/vault/record"
)

func newDemo(t *testing.T, size app.DemoSize) *app.Practice {
	t.Helper()
	p, err := app.Demo(ctx, filepath.Join(t.TempDir(), "Demo.casekeep"), passphrase, config(t), size, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Lock() })
	return p
}

// everything gives all clients with their whole timelines.
func everything(t *testing.T, p *app.Practice) (clients []record.Client, entries []record.Entry) {
	t.Helper()
	list, err := p.Clients(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		c, err := p.OpenClient(ctx, s.ID)
		if err != nil {
			t.Fatal(err)
		}
		timeline, err := p.Timeline(ctx, s.ID, app.Page{Oldest: true})
		if err != nil {
			t.Fatal(err)
		}
		contacts := 0
		for _, e := range timeline {
			if e.IsContact() {
				contacts++
			}
		}
		if contacts != s.Entries {
			t.Errorf("%s has %d contacts, and the list says %d", s.Name, contacts, s.Entries)
		}
		clients, entries = append(clients, c), append(entries, timeline...)
	}
	return clients, entries
}

// The sample practice shows every kind of client, every channel, and all that
// can happen to an entry.
func TestDemoShowsEverything(t *testing.T) {
	p := newDemo(t, app.DemoSize{})
	clients, entries := everything(t, p)
	seen := map[string]int{}
	for _, c := range clients {
		seen["kind "+string(c.Kind)]++
		seen["status "+string(c.Status)]++
		if c.SafeContact != "" {
			seen["safe contact"]++
		}
		if c.Risk != "" {
			seen["risk"]++
		}
	}
	var said strings.Builder
	book, err := p.Timeline(ctx, record.Book, app.Page{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range append(book, entries...) {
		seen["channel "+string(e.Channel)]++
		seen["form "+string(e.Form)]++
		seen["direction "+string(e.Direction)]++
		seen["attachments"] += len(e.Attachments)
		seen["amended"] += len(e.Amendments)
		if e.Struck != nil {
			seen["struck"]++
		}
		if e.Late() {
			seen["late"]++
		}
		if e.Provenance != nil {
			seen["imported "+e.Provenance.Source.Format]++
			if e.Provenance.Damaged {
				seen["damaged"]++
			}
		}
		said.WriteString(e.Subject + " " + e.Body + "\n")
	}
	for _, k := range record.Kinds() {
		need(t, seen, "kind "+string(k))
	}
	for _, c := range record.Channels() {
		need(t, seen, "channel "+string(c))
	}
	for _, f := range form.All() {
		need(t, seen, "form "+string(f.Form))
	}
	need(t, seen, "status screening", "status active", "status closed", "risk", "attachments", "amended", "struck", "late", "damaged",
		"direction third", "imported SMS Backup & Restore texts", "imported SMS Backup & Restore calls", "imported mailbox", "imported email")
	if seen["safe contact"] != len(clients) {
		t.Errorf("%d of %d clients have a safe-contact line", seen["safe contact"], len(clients))
	}
	for _, script := range []string{"شكرا", "בוקר", "明天见", "नमस्ते", "hẹn gặp lại", "längtan", "🙏🏽", "👨‍👦‍👦", "🇲🇽", "🏳️‍🌈"} {
		if !strings.Contains(said.String(), script) {
			t.Errorf("nobody says %s", script)
		}
	}
	v, err := p.Verify(ctx, nil)
	if err != nil || !v.OK {
		t.Errorf("verify: %+v, %v", v, err)
	}
}

func need(t *testing.T, seen map[string]int, names ...string) {
	t.Helper()
	for _, name := range names {
		if seen[name] == 0 {
			t.Errorf("the sample practice shows no %s", name)
		}
	}
}

// Names that the drawings of the desktop show, latest contact first.
func TestDemoClients(t *testing.T) {
	list, err := newDemo(t, app.DemoSize{}).Clients(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range list[:11] {
		names = append(names, c.Name)
	}
	want := "Ada Quill, Amélie Österberg, Bo & Kit Larsen, Dolores Fuentes, Lena Ptak, José Ibáñez, Marcus Webb, " +
		"Nguyễn Thị Hoa, Siobhán Reilly, Tuesday group, 王芳 Wang Fang"
	if got := strings.Join(names, ", "); got != want {
		t.Errorf("the list begins with\n%s, not with\n%s", got, want)
	}
}

func TestDemoIsAsLargeAsAskedFor(t *testing.T) {
	for _, size := range []app.DemoSize{{1, 1}, {3, 30}, {5, 500}, {0, 700}, {60, 0}, {40, 4000}} {
		t.Run(fmt.Sprintf("clients=%d,contacts=%d", size.Clients, size.Contacts), func(t *testing.T) {
			list, err := newDemo(t, size).Clients(ctx)
			if err != nil {
				t.Fatal(err)
			}
			contacts := 0
			for _, c := range list {
				contacts += c.Entries
			}
			if size.Clients != 0 && len(list) != size.Clients || size.Contacts != 0 && contacts != size.Contacts {
				t.Errorf("%d clients and %d contacts", len(list), contacts)
			}
		})
	}
}

// The same moment makes the same practice.
func TestDemoIsTheSameEveryTime(t *testing.T) {
	tell := func() string {
		_, entries := everything(t, newDemo(t, app.DemoSize{Clients: 25, Contacts: 600}))
		var b strings.Builder
		for _, e := range entries {
			fmt.Fprintln(&b, e.ID, e.Written, e.Subject, e.Body, e.Parties)
			for _, a := range e.Attachments {
				fmt.Fprintln(&b, a.Name, a.SHA256)
			}
		}
		return b.String()
	}
	if first, again := tell(), tell(); first != again {
		t.Error("two sample practices of one moment differ")
	}
}

func TestTempDemoIsGoneAfterwards(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	c := config(t)
	folder, err := app.TempDemo(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	p, err := app.Unlock(ctx, folder.Dir(), app.DemoPassphrase, c)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Lock(); err != nil {
		t.Fatal(err)
	}
	memory := filepath.Join(c.StateDir, "vaults.json")
	if text, err := os.ReadFile(memory); err != nil || !strings.Contains(string(text), "casekeep-demo-") {
		t.Fatalf("the computer does not remember the vault: %s, %v", text, err)
	}
	if err := folder.Remove(); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if text, err := os.ReadFile(memory); err != nil || strings.Contains(string(text), "casekeep-demo-") {
		t.Errorf("the computer still remembers: %s, %v", text, err)
	}
}

func TestCanceledDemoLeavesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Demo.casekeep")
	soon, cancel := context.WithCancel(ctx)
	_, err := app.Demo(soon, dir, passphrase, config(t), app.DemoSize{}, func(done, _ int) {
		if done > 50 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a canceled sample practice: %v", err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("it is there all the same")
	}
}
