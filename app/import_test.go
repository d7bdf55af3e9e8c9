package app_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casekeep/app"
	"casekeep/vault/record"
)

const backup = `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="6">
<sms address="+16015550142" date="1795292040000" type="1" body="Running late &#55357;&#56898;" read="1" status="-1" contact_name="Ada"/>
<sms address="6015550142" date="1795292100000" type="2" body="Drive carefully." read="1" status="-1"/>
<sms address="6015550142" date="1795292160000" type="3" body="a draft" read="1" status="-1"/>
<sms address="+16015550177" date="1795292200000" type="1" body="somebody else" read="1" status="-1"/>
<mms address="6015550142" date="1795292300000" msg_box="1" m_id="m1"><parts>
<part seq="0" ct="text/plain" name="null" text="see the letter"/>
<part seq="1" ct="image/jpeg" name="IMG_2041.jpg" cl="IMG_2041.jpg" text="null" data="aG91c2luZyBsZXR0ZXI="/>
</parts><addrs><addr address="6015550142" type="137"/></addrs></mms>
<mms address="+16015550142~+16015550177" date="1795292400000" msg_box="1" m_id="m2"><parts>
<part seq="0" ct="text/plain" name="null" text="group"/></parts><addrs><addr address="+16015550177" type="137"/></addrs></mms>
</smses>`

type counts struct{ Found, Imported, Duplicates, Skipped, Refused int }

func countsOf(r app.ImportReport) counts {
	return counts{r.Found, r.Imported, r.Duplicates, r.Skipped, r.Refused}
}

func TestImportFilesOnlyTheClientsMessages(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill", "(601) 555-0142")
	file := write(t, "sms.xml", backup)
	for i, want := range []counts{{6, 3, 0, 3, 0}, {6, 0, 3, 3, 0}} {
		dry, err := p.Import(ctx, app.ImportRequest{Files: []string{file}, Client: ada.ID, DryRun: true}, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := p.Import(ctx, app.ImportRequest{Files: []string{file}, Client: ada.ID}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, countsOf(got)); diff != "" || got.Declared != 6 {
			t.Errorf("import %d: %s, declared %d", i+1, diff, got.Declared)
		}
		if diff := cmp.Diff(countsOf(got), countsOf(dry)); diff != "" {
			t.Errorf("the dry run told something else: %s", diff)
		}
	}
	list, err := p.Timeline(ctx, ada.ID, app.Page{Oldest: true})
	if err != nil || len(list) != 3 {
		t.Fatalf("%d entries, %v", len(list), err)
	}
	if list[0].Body != "Running late 🙂" || list[0].Direction != record.In || list[1].Direction != record.Out {
		t.Errorf("entries: %+v", list[:2])
	}
	if list[0].Zone != "America/Chicago" || list[0].Provenance.Source.Name != "sms.xml" || list[0].Provenance.Source.SHA256.IsZero() {
		t.Errorf("provenance: %+v", list[0].Provenance)
	}
	_, r, err := p.OpenAttachment(ctx, list[2].Attachments[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if content, err := io.ReadAll(r); err != nil || string(content) != "housing letter" {
		t.Errorf("attachment: %q, %v", content, err)
	}
	if found := whole(t, p); found.Leftover != 0 || found.Attachments != 1 {
		t.Errorf("found: %+v", found)
	}
	if hits, _ := p.Search(ctx, app.Search{Query: "somebody"}); len(hits) != 0 {
		t.Error("another person's message was stored")
	}
}

func TestAMessageThatCannotStandIsRefusedAlone(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill", "(601) 555-0142")
	file := write(t, "sms.xml", `<smses count="3">
<sms address="6015550142" date="1795292040000" type="1" body="before it"/>
<sms address="6015550142" date="1900000000000" type="1" body="sent by a phone whose clock was wrong"/>
<sms address="6015550142" date="1795292100000" type="1" body="after it"/></smses>`)
	for _, dry := range []bool{true, false} {
		got, err := p.Import(ctx, app.ImportRequest{Files: []string{file}, Client: ada.ID, DryRun: dry}, nil)
		if err != nil || countsOf(got) != (counts{3, 2, 0, 0, 1}) {
			t.Fatalf("dry run %t: %+v, %v", dry, countsOf(got), err)
		}
		if why := got.Files[0].RefusedBy; len(why) != 1 || why[0].Reason != "its date lies in the future" || why[0].First[0] != "message 2, byte 93" {
			t.Errorf("dry run %t: refused by %+v", dry, why)
		}
	}
	if found := whole(t, p); found.Entries != 2 {
		t.Errorf("found: %+v", found)
	}
}

func TestImportOnlyANamedConversation(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill", "(601) 555-0142")
	nobody := addClient(t, p, "No Number")
	file := write(t, "sms.xml", backup)
	group := app.ImportRequest{Files: []string{file}, Client: ada.ID, Only: []string{"601-555-0177~601-555-0142"}}
	if got, err := p.Import(ctx, group, nil); err != nil || got.Imported != 1 {
		t.Errorf("a group: %+v, %v", got, err)
	}
	group.Only = []string{"601-555-0177~601-555-0142~(601) 555-0100"} // with the practice's own, as some phones name it
	if got, err := p.Import(ctx, group, nil); err != nil || got.Duplicates != 1 {
		t.Errorf("a group with the practice's own number: %+v, %v", got, err)
	}
	if got, err := p.Import(ctx, app.ImportRequest{Files: []string{file}, Client: nobody.ID, Only: []string{"6015550177"}}, nil); err != nil || got.Imported != 1 {
		t.Errorf("a number: %+v, %v", got, err)
	}
	if _, err := p.Import(ctx, app.ImportRequest{Files: []string{file}, Client: nobody.ID}, nil); err == nil || !strings.Contains(err.Error(), "no number or email address") {
		t.Errorf("a client without addresses: %v", err)
	}
}

func TestOnlyKnowsWhoSpoke(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill", "(601) 555-0142")
	nobody := addClient(t, p, "No Number")
	file := write(t, "sms.xml", backup)
	for _, c := range []struct {
		name   string
		client record.Client
		only   string
		want   record.Direction
	}{
		{"another sender in a group with the client", ada, "6015550142~6015550177", record.Third},
		{"another person's number", ada, "6015550177", record.Third},
		{"the number of a client who has none yet", nobody, "6015550177", record.In},
	} {
		if _, err := p.Import(ctx, app.ImportRequest{Files: []string{file}, Client: c.client.ID, Only: []string{c.only}}, nil); err != nil {
			t.Fatal(err)
		}
		list, err := p.Imports(ctx, c.client.ID)
		if err != nil {
			t.Fatal(err)
		}
		entries, _ := p.Timeline(ctx, c.client.ID, app.Page{})
		for _, e := range entries {
			if e.Batch == list[0].ID && e.Direction != c.want {
				t.Errorf("%s: direction %s, want %s", c.name, e.Direction, c.want)
			}
		}
	}
}

func mail(from, to, id, body string) string {
	return fmt.Sprintf("From: %s\r\nTo: %s\r\nDate: Fri, 20 Nov 2026 09:15:00 -0600\r\nMessage-ID: <%s@example.org>\r\nSubject: Housing\r\n"+
		"Content-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n", from, to, id, body)
}

func TestImportedMailKnowsWhoSpoke(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill", "ada@example.org")
	files := []string{
		write(t, "1.eml", mail("Ada <ADA@example.org>", "worker@example.org", "1", "from the client")),
		write(t, "2.eml", mail("worker@example.org", "ada@example.org", "2", "to the client")),
		write(t, "3.eml", mail("mother@example.org", "worker@example.org, ada@example.org", "3", "from the mother")),
		write(t, "4.eml", mail("mother@example.org", "worker@example.org", "4", "not about this thread")),
	}
	got, err := p.Import(ctx, app.ImportRequest{Files: files, Client: ada.ID}, nil)
	if err != nil || countsOf(got) != (counts{4, 3, 0, 1, 0}) {
		t.Fatalf("%+v, %v", countsOf(got), err)
	}
	list, _ := p.Timeline(ctx, ada.ID, app.Page{Oldest: true})
	for i, want := range []record.Direction{record.In, record.Out, record.Third} {
		if list[i].Direction != want {
			t.Errorf("%q: direction %s, want %s", list[i].Body, list[i].Direction, want)
		}
	}
}

func TestAFailedImportLeavesNothing(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill", "(601) 555-0142")
	good, bad := write(t, "sms.xml", backup), write(t, "picture.bin", "\x89PNG\r\n\x1a\n")
	if _, err := p.Import(ctx, app.ImportRequest{Files: []string{good, bad}, Client: ada.ID}, nil); err == nil || !strings.Contains(err.Error(), "picture.bin") {
		t.Errorf("a file that is no export: %v", err)
	}
	if _, err := p.Import(ctx, app.ImportRequest{Files: []string{good, t.TempDir() + "/gone"}, Client: ada.ID}, nil); err == nil {
		t.Error("a file that does not exist was imported")
	}
	canceled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := p.Import(canceled, app.ImportRequest{Files: []string{good}, Client: ada.ID}, nil); err == nil {
		t.Error("a canceled import went through")
	}
	if found := whole(t, p); found.Entries != 0 || found.Attachments != 0 || found.Leftover != 0 {
		t.Errorf("left behind: %+v", found)
	}
}

func TestUndoTakesAttachmentsToo(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill", "(601) 555-0142")
	got, err := p.Import(ctx, app.ImportRequest{Files: []string{write(t, "sms.xml", backup)}, Client: ada.ID}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := p.UndoImport(ctx, got.Batch); err != nil || n != 3 {
		t.Errorf("undone %d, %v", n, err)
	}
	if found := whole(t, p); found.Entries != 0 || found.Leftover != 0 {
		t.Errorf("left behind: %+v", found)
	}
	files, _ := os.ReadDir(p.Dir() + "/attachments")
	for _, f := range files {
		if inside, _ := os.ReadDir(p.Dir() + "/attachments/" + f.Name()); len(inside) > 0 {
			t.Errorf("attachments/%s still holds %d files", f.Name(), len(inside))
		}
	}
}

func TestPreviewShowsWhatAnImportWouldFile(t *testing.T) {
	p := newPractice(t)
	ada := addClient(t, p, "Ada Quill", "(601) 555-0142")
	file := write(t, "sms.xml", backup)
	survey, err := p.Survey(ctx, file, nil)
	if err != nil || len(survey.Threads) != 3 || survey.Found != 6 {
		t.Fatalf("survey: %+v, %v", survey, err)
	}
	preview, err := p.Preview(ctx, app.ImportRequest{Files: []string{file}, Client: ada.ID}, nil)
	if err != nil || len(preview.Newest) != 3 || preview.Newest[0].Entry.Body != "see the letter" || preview.Newest[0].Filed {
		t.Errorf("preview: %+v, %v", preview, err)
	}
	known, err := p.KnownAddresses(ctx)
	if err != nil || len(known["+16015550142"]) != 1 {
		t.Errorf("known addresses: %v, %v", known, err)
	}
	if found := whole(t, p); found.Entries != 0 || found.Leftover != 0 {
		t.Errorf("a preview left something behind: %+v", found)
	}
}
