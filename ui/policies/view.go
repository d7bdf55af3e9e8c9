package policies

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/app/form"
	"casekeep/ui/days"
	"casekeep/ui/kit"
	"casekeep/ui/paper"
	"casekeep/ui/sheet"
	"casekeep/vault/record"
)

// view shows one policy: its text, who has not been told, its versions.
type view struct {
	page    *page
	policy  app.Policy
	version int // on show, an index of the policy's versions; -1: none
	run     int // counts readings: a late one is dropped

	title, about *kit.Label
	chips        *fyne.Container
	notes        *fyne.Container
	write        *kit.Button
	handout      *kit.Button
	reviewed     *kit.Button
	tabs         *kit.Tabs
	text         *fyne.Container
	scroll       *kit.Scroll
	people       *kit.List
	versions     *kit.List
	nobody       fyne.CanvasObject
	body         *fyne.Container
	content      fyne.CanvasObject
}

// the tabs
const (
	tabText = iota
	tabPeople
	tabVersions
)

func newView(p *page) *view {
	v := &view{page: p, title: kit.NewTitle(""), about: kit.NewSubtitle(""), chips: kit.Flow(6), notes: kit.Column(8), text: kit.Column(8)}
	v.write = kit.NewPrimary("New version", func() { p.editor.open(v.policy) })
	v.handout = kit.NewButton("Handout", v.print)
	v.reviewed = kit.NewButton("It still holds", v.review)
	v.tabs = kit.NewTabs([]string{"Text", "Clients not told", "Versions"}, v.showTab)
	v.scroll = kit.NewScroll(kit.Pad(14, 40, 26, 22, v.text))
	v.people = kit.NewList(kit.Rows{
		Count:  func() int { return len(v.policy.NotTold) },
		Height: func(int, float32) float32 { return kit.TaskHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewTaskRow() },
		Bind:   v.bindPerson,
		Open:   func(i int) { v.record(v.policy.NotTold[i]) },
	})
	v.versions = kit.NewList(kit.Rows{
		Count:  func() int { return len(v.policy.Versions) },
		Height: func(int, float32) float32 { return kit.ItemHeight },
		New:    func(int) fyne.CanvasObject { return kit.NewItem() },
		Bind:   func(i int, o fyne.CanvasObject, on bool) { o.(*kit.Item).Set(v.versionItem(i), on) },
		Open:   v.showVersion,
	})
	v.nobody = kit.Empty("Everybody has been told", "Each active client has acknowledged the version in effect.")
	v.body = container.NewStack(v.scroll, v.people, v.versions, v.nobody)
	acts := kit.Flow(8, v.write, v.handout, v.reviewed)
	head := kit.Column(10, kit.Column(2, v.title, v.about), v.chips, acts, v.notes, v.tabs)
	v.content = kit.Frame(kit.Pad(18, 22, 0, 22, head), nil, nil, nil, v.body)
	return v
}

// show shows a policy, at its text.
func (v *view) show(p app.Policy) {
	same := v.policy.Topic.Key == p.Topic.Key
	v.policy = p
	v.people.Reload()
	v.versions.Reload()
	v.title.SetText(p.Topic.Title)
	v.about.SetText(p.Topic.Summary)
	v.chips.Objects = nil
	for _, m := range marks(p, v.page.today) {
		v.chips.Add(kit.NewChip(m.tone, m.text))
	}
	v.version = p.Current
	if v.version < 0 && len(p.Versions) > 0 {
		v.version = 0
	}
	v.write.SetText("New version")
	if len(p.Versions) == 0 {
		v.write.SetText("Write it")
	}
	v.handout.Hidden, v.reviewed.Hidden = v.version < 0, p.Current < 0
	v.note()
	if !same {
		v.tabs.Choose(tabText)
		v.scroll.Top()
	}
	v.showTab(v.tabs.Chosen())
	v.read()
	v.content.Refresh()
}

// note says what asks for a new version.
func (v *view) note() {
	v.notes.Objects = nil
	if n := len(v.policy.Changed); n > 0 {
		text := "Since this version: " + strings.Join(v.policy.Changed, " ")
		v.notes.Add(kit.Note(kit.Amber, kit.Column(6, kit.NewText(text).Most(4),
			kit.Row(0, kit.NewLink("Look at the new version", func() { v.page.editor.open(v.policy) }), kit.Space()))))
	}
	if len(v.policy.Gaps) > 0 {
		v.notes.Add(kit.Note(kit.Amber, kit.NewText("Still to be filled in: "+strings.Join(v.policy.Gaps, "; ")+".").Most(3)))
	}
}

// showTab shows one of the tabs.
func (v *view) showTab(tab int) {
	none := len(v.policy.NotTold) == 0
	v.scroll.Hidden = tab != tabText
	v.people.Hidden = tab != tabPeople || none
	v.nobody.(*fyne.Container).Hidden = tab != tabPeople || !none
	v.versions.Hidden = tab != tabVersions
	v.body.Refresh()
}

func (v *view) focus() {
	switch v.tabs.Chosen() {
	case tabPeople:
		kit.Focus(v.people)
	case tabVersions:
		kit.Focus(v.versions)
	default:
		kit.Focus(v.write)
	}
}

// read fetches the text of the version on show, or what a first one would say.
func (v *view) read() {
	v.run++
	run, topic, version := v.run, v.policy.Topic.Key, v.version
	var text string
	practice := v.page.desk.Practice()
	v.page.desk.Load(func(ctx context.Context) (err error) {
		if version < 0 {
			text, _, err = practice.DraftPolicy(ctx, topic)
			return err
		}
		text, err = practice.PolicyText(ctx, v.policy.Versions[version].Entry)
		return err
	}, func(err error) {
		if run != v.run {
			return
		}
		if err != nil {
			v.page.desk.Fail(err)
			return
		}
		v.text.Objects = nil
		switch {
		case version < 0:
			v.text.Add(kit.Note(kit.Blue, kit.NewText("This is what a first version would say. Nobody has been told it yet.")))
		case version != v.policy.Current:
			v.text.Add(kit.Note(kit.Blue, kit.NewText(v.whichVersion(version))))
		}
		v.text.Objects = append(v.text.Objects, Blocks(text)...)
		v.text.Refresh()
		v.scroll.Fit()
	})
}

func (v *view) whichVersion(i int) string {
	version := v.policy.Versions[i]
	if v.page.today.Before(version.Effective) {
		return fmt.Sprintf("This is version %d, which applies from %s.", version.Version, version.Effective.Long())
	}
	return fmt.Sprintf("This is version %d, which applied from %s.", version.Version, version.Effective.Long())
}

func (v *view) versionItem(i int) kit.ItemText {
	version := v.policy.Versions[i]
	text := kit.ItemText{Title: fmt.Sprintf("Version %d", version.Version), Caption: version.Changed, Right: "from " + days.Short(version.Effective)}
	if i == v.policy.Current {
		text.Title += ", in effect"
	}
	if text.Caption == "" {
		text.Caption = "SHA-256 " + version.Hash.String()[:16]
	}
	return text
}

func (v *view) showVersion(i int) {
	v.version = i
	v.tabs.Choose(tabText)
	v.showTab(tabText)
	v.scroll.Top()
	v.read()
}

func (v *view) bindPerson(i int, o fyne.CanvasObject, selected bool) {
	one := v.policy.NotTold[i]
	task := kit.Task{Icon: "person", Title: one.Name, Caption: "has not acknowledged the version in effect", Action: "Record"}
	o.(*kit.TaskRow).Set(task, selected, func() { v.record(one) }, nil)
}

// record opens the acknowledgment of a client who has not been told.
func (v *view) record(c app.PolicyClient) {
	current, in := v.policy.InEffect()
	if !in {
		return
	}
	sheet.Open(v.page.desk, sheet.Ask{
		Client: c.ID, Form: record.FormAcknowledgment, Values: form.Values{"policies": []record.PolicyRef{current.Ref()}},
		Done: func(record.Entry) { kit.Focus(v.people) },
	})
}

// print exports the version on show for a client to read and sign.
func (v *view) print() {
	version := v.policy.Versions[v.version]
	paper.Open(v.page.desk, paper.Ask{
		Title: "Print the handout", Text: "A PDF for a client to read, keep and sign. It names the version, so that what was signed can be told.",
		Name: fmt.Sprintf("%s, version %d", version.Title, version.Version),
		Print: func(ctx context.Context, out app.PaperFile) (app.Printed, error) {
			return v.page.desk.Practice().PolicyHandout(ctx, version.Entry, out)
		},
	})
}

// review says that the version in effect was looked at and stays.
func (v *view) review() {
	current, _ := v.policy.InEffect()
	found := kit.NewField("What you found").Must("Say what you looked at.")
	found.SetText("Read again: it still holds.")
	var dialog *kit.Dialog
	save := func() {
		text, ok := found.Value()
		if !ok {
			return
		}
		v.page.desk.Load(func(ctx context.Context) error {
			_, err := v.page.desk.Practice().ReviewPolicy(ctx, current.Entry, text)
			return err
		}, func(err error) {
			if err != nil {
				v.page.desk.Fail(err)
				return
			}
			dialog.Close()
			v.page.desk.Toast("Reviewed. It is due again in a year.", "", nil)
			v.page.desk.Changed(record.Book)
		})
	}
	found.OnEnter = func(string) { save() }
	dialog = kit.NewDialog("It still holds", kit.Column(10,
		kit.NewNote("You have read this version again and it stays as it is. Clients need not acknowledge it anew."), found),
		kit.NewPrimary("Save", save))
	dialog.Open(v.page.desk.Window())
}
