package inbox

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/keep"
	"casekeep/ui/kit"
	"casekeep/ui/look"
	"casekeep/ui/names"
	"casekeep/vault/record"
)

// preview shows what filing a conversation would do, before anything is kept.
type preview struct {
	desk desk.Desk
	// File files what is on show, n messages, into the record of a client.
	File func(r app.ImportRequest, into string, n int, keepAddress bool)
	// Added is told that a client was added for the conversation on show.
	Added func(record.ClientID)

	of     *conversation
	files  []string
	client record.ClientSummary // 0: not chosen
	found  app.Preview
	run    int    // counts what was asked for: a late answer is dropped
	cancel func() // ends the reading that is under way

	content         fyne.CanvasObject
	title, subtitle *kit.Label
	parts           *kit.Segments
	whose           *kit.Button
	zone            *zoneChoice
	drafts, keep    *kit.Check
	middle          *fyne.Container
	messages        *messages
	progress        *kit.Progress
	problem         *kit.Text
	warning         *fyne.Container
	hold            *kit.Text       // the legal holds on the client's record
	held            *fyne.Container // holds it
	stats           *stats
	file            *kit.Button
	stranger        *stranger
}

func newPreview(d desk.Desk) *preview {
	v := &preview{
		desk: d, cancel: func() {}, title: kit.NewTitle(""), subtitle: kit.NewSubtitle(""),
		messages: newMessages(d.Window()), progress: kit.NewProgress("Reading", nil),
		problem: kit.NewSmall("").Color(look.Red), stats: newStats(),
	}
	v.parts = kit.NewSegments([]string{"All"}, 0, func(i int) { v.messages.filter(filter(i)) })
	v.whose = kit.NewButton("Whose record?", v.chooseClient).Small().Icon(look.Person)
	v.zone = newZoneChoice(d.Window(), v.read)
	v.drafts = kit.NewCheck("Drafts and failed too", false, func(bool) { v.read() })
	v.keep = kit.NewCheck("Keep the address with the client", false, nil)
	v.file = kit.NewPrimary("File", v.fileNow)
	v.stranger = newStranger(v.chooseClient, v.addClient)
	v.warning = kit.Pad(0, 22, 10, 22, kit.Note(kit.Red, v.problem))
	v.hold = kit.NewSmall("").Color(look.Red)
	v.held = kit.Pad(0, 22, 10, 22, kit.Note(kit.Red, v.hold))
	v.held.Hide()
	v.middle = container.NewStack()
	head := kit.Pad(18, 22, 8, 22, kit.Column(8,
		kit.TopRow(14, kit.Grow(kit.Column(1, v.title, v.subtitle)), kit.Pad(3, 0, 0, 0, v.parts)),
		kit.Flow(8, v.whose, v.zone.button, v.drafts, v.keep)))
	bar := kit.On(look.Ground, kit.Column(0, kit.Rule(), kit.Pad(13, 22, 13, 22, kit.Row(14, kit.Grow(v.stats.content), v.file))))
	v.content = kit.Frame(head, kit.Column(0, v.held, v.warning, bar), nil, nil, v.middle)
	return v
}

// show looks at a conversation in some files.
func (v *preview) show(c *conversation, files []string) {
	v.of, v.files, v.client = c, files, asked(c)
	v.drafts.Set(false)
	v.keep.Set(false)
	v.read()
}

// choose takes another client for the conversation on show.
func (v *preview) choose(c record.ClientSummary) {
	v.client = c
	v.read()
}

// request gives the import that is on show.
func (v *preview) request() app.ImportRequest {
	return app.ImportRequest{Files: v.files, Client: v.client.ID, Only: []string{v.of.key()}, Zone: v.zone.chosen(), Drafts: v.drafts.On()}
}

// read shows the head at once and reads the files for the rest.
func (v *preview) read() {
	v.leave()
	v.found = app.Preview{}
	v.problem.SetText("")
	v.held.Hide()
	v.head()
	v.readHold(v.run)
	if v.client.ID == 0 {
		v.showStranger()
		return
	}
	v.put()
	ctx, cancel := context.WithCancel(context.Background())
	v.cancel = cancel
	run, request := v.run, v.request()
	var found app.Preview
	v.desk.Load(func(session context.Context) (err error) {
		session, stop := context.WithCancel(session)
		defer stop()
		defer context.AfterFunc(ctx, stop)()
		found, err = v.desk.Practice().Preview(session, request, v.reading(run))
		return err
	}, func(err error) {
		if run == v.run && !errors.Is(err, context.Canceled) {
			v.take(found, err)
		}
	})
}

// readHold says what a legal hold on the client's record means for an import.
func (v *preview) readHold(run int) {
	var held keep.Held
	client := v.client.ID
	v.desk.Load(func(ctx context.Context) (err error) {
		held, err = keep.ReadHeld(ctx, v.desk.Practice())
		return err
	}, func(err error) {
		text := held.Says(client)
		if run != v.run || err != nil || text == "" {
			return
		}
		v.hold.SetText(text + ". What is filed now stays: an import into a record under a hold cannot be undone.")
		v.held.Show()
		v.content.Refresh()
	})
}

// leave drops what is being read.
func (v *preview) leave() {
	v.run++
	v.cancel()
}

// reading shows a bar once a file is so large that reading it takes a while.
func (v *preview) reading(run int) app.Progress {
	var shown time.Time
	return func(done, total int64, _ int) {
		if time.Since(shown) < 100*time.Millisecond {
			return
		}
		shown = time.Now()
		fyne.Do(func() {
			if run == v.run && len(v.found.Report.Files) == 0 {
				v.progress.Set(int(done>>20), int(total>>20))
				v.put(kit.Pad(8, 22, 0, 22, v.progress))
			}
		})
	}
}

// take shows what was read, or why nothing could be.
func (v *preview) take(found app.Preview, err error) {
	if err != nil {
		v.fail(err)
		v.put()
		return
	}
	v.found = found
	v.messages.set(found, v.client, v.desk.Practice().Now())
	v.put(v.messages.list)
	v.head()
}

// fail shows in its place why something could not be done.
func (v *preview) fail(err error) {
	v.problem.SetText(app.Sentence(err))
	v.warning.Show()
	v.content.Refresh()
}

// showStranger shows a conversation without a client.
func (v *preview) showStranger() {
	v.stranger.set(v.of, v.zone.location(), v.desk.Practice().Now())
	v.put(v.stranger.content)
}

func (v *preview) put(middle ...fyne.CanvasObject) {
	v.middle.Objects = middle
	v.middle.Refresh()
}

// head brings everything around the messages up to date.
func (v *preview) head() {
	c, report := v.of, v.found.Report
	v.title.SetText(c.title())
	v.whose.SetText("Whose record?")
	if v.client.ID != 0 {
		v.title.SetText(v.client.Name)
		v.whose.SetText("Into " + names.Of(v.client.Name) + " record")
	}
	v.subtitle.SetText(c.summary(v.zone.location()))
	v.zone.button.Hidden = c.counts[record.Mail] == c.messages
	v.drafts.Hidden = c.unsent == 0
	v.drafts.Note(kit.Number(c.unsent))
	_, known := c.owner()
	v.keep.Hidden = v.client.ID == 0 || known || len(contactsOf(c)) == 0
	v.parts.Hidden = len(report.Files) == 0
	v.parts.SetOptions([]string{"All", "New " + kit.Number(report.Imported), "Filed " + kit.Number(report.Duplicates),
		"Damaged " + kit.Number(report.Damaged)})
	v.parts.Choose(0)
	v.stats.set(c, report)
	v.file.SetText("File")
	if report.Imported > 0 {
		v.file.SetText("File " + kit.Number(report.Imported))
		v.file.Enable()
	} else {
		v.file.Disable()
	}
	v.warning.Hidden = v.problem.Text() == ""
	v.content.Refresh()
}

// next gives the keyboard to what comes after choosing a conversation: its
// client, or the button that files.
func (v *preview) next() {
	switch {
	case v.client.ID == 0:
		v.stranger.name.Focus()
	case v.file.Disabled():
		kit.Focus(v.messages.list)
	default:
		kit.Focus(v.file)
	}
}

func (v *preview) fileNow() {
	v.problem.SetText("")
	v.warning.Hide()
	v.File(v.request(), v.client.Name, v.found.Report.Imported, v.keep.On() && v.keep.Visible())
}

func (v *preview) chooseClient() {
	newWho(v.desk, v.of, v.choose).open()
}

// addClient opens a record for the person whom nobody knows yet.
func (v *preview) addClient(name string) {
	c := record.Client{Name: name, Contacts: contactsOf(v.of)}
	v.desk.Load(func(ctx context.Context) (err error) {
		c, err = v.desk.Practice().AddClient(ctx, c)
		return err
	}, func(err error) {
		if err != nil {
			v.stranger.fail(err)
			return
		}
		v.Added(c.ID)
	})
}

// contactsOf gives the address of a conversation as a contact point. People of
// a group keep theirs: which is whose nobody has said.
func contactsOf(c *conversation) []record.ContactPoint {
	if c.group() || len(c.thread) == 0 {
		return nil
	}
	system := record.Phone
	if isMail(c.thread[0]) {
		system = record.Email
	}
	return []record.ContactPoint{{System: system, Value: c.thread[0]}}
}
