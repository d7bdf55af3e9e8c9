package inbox_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/inbox"
	"casekeep/vault/record"
)

// backup holds a client's number, another's, one of nobody, and a group.
const backup = `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="9">
<sms address="+16015550142" date="1795292040000" type="1" body="Running late &#55357;&#56898;" read="1" status="-1" contact_name="Ada"/>
<sms address="6015550142" date="1795292100000" type="2" body="Drive carefully." read="1" status="-1"/>
<sms address="6015550142" date="1795292160000" type="3" body="a draft" read="1" status="-1"/>
<sms address="6015550142" date="1795205640000" type="1" body="see you thursd&#0;y" read="1" status="-1"/>
<sms address="+16015550177" date="1795292200000" type="1" body="Is Monday fine?" read="1" status="-1" contact_name="Lena"/>
<sms address="+16015550121" date="1795292190000" type="1" body="hello, are you taking new clients" read="1" status="-1" contact_name="Dana"/>
<mms address="6015550142" date="1795292300000" msg_box="1" m_id="m1"><parts>
<part seq="0" ct="text/plain" name="null" text="see the letter"/>
<part seq="1" ct="image/jpeg" name="IMG_2041.jpg" cl="IMG_2041.jpg" text="null" data="aG91c2luZyBsZXR0ZXI="/>
</parts><addrs><addr address="6015550142" type="137"/></addrs></mms>
<mms address="+16015550142~+16015550177" date="1795292400000" msg_box="1" m_id="m2"><parts>
<part seq="0" ct="text/plain" name="null" text="group"/></parts><addrs><addr address="+16015550177" type="137"/></addrs></mms>
<sms address="6015550142" date="when?" type="1" body="no date" read="1" status="-1"/>
</smses>`

func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// begin opens the page with files dropped on it.
func begin(t testing.TB, clients func(*desktest.Desk), files ...string) *desktest.Desk {
	t.Helper()
	d := desktest.New(t)
	clients(d)
	d.Open(inbox.New(d), 1004, 704, desk.Place{Page: desk.Inbox, Files: files})
	return d
}

func TestFileAConversation(t *testing.T) {
	var ada record.Client
	d := begin(t, func(d *desktest.Desk) { ada = d.Client("Ada Quill", "(601) 555-0142") }, write(t, "sms.xml", backup))
	d.Sees("sms.xml", "9 messages declared, 9 found", "+1 601 555 0142", "Ada Quill · known number", "group of 3 · whose record?",
		"Dana +1 601 555 0121", "new · not a client yet")
	d.Sees("New 4", "Damaged 1", "Running late 🙂", "IMG_2041.jpg · 14 bytes",
		"6 found 4 to file 0 already there 1 left out 1 refused 1 damaged")
	d.Tap("File 4")
	d.Fine()
	if list := d.Timeline(ada.ID); len(list) != 4 || list[0].Body == "" {
		t.Fatalf("filed: %+v", list)
	}
	d.Sees("4 messages filed", "found in sms.xml", "of other conversations, not stored", "of group conversations with other people, not stored",
		"its date cannot be read", "Damaged in the export")
	d.Tap("Copy the report")
	for _, part := range []string{"       4  filed", "       9  found in sms.xml", "SHA-256", "its date cannot be read: message 9"} {
		if !strings.Contains(d.Copied, part) {
			t.Errorf("the copied report lacks %q:\n%s", part, d.Copied)
		}
	}
	d.Tap("Show in the timeline")
	if len(d.Places) != 1 || d.Places[0].Client != ada.ID {
		t.Errorf("went to %+v", d.Places)
	}
	d.Tap("Back")
	d.Sees("Filed 4", "Ada Quill · filed", "in the record already")
	if !d.Button("File").Disabled() {
		t.Error("nothing is left to file, and the button can be pressed")
	}
}
