package intake

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash"
	"strings"

	"casekeep/vault/record"
)

// mmsMessage is a multimedia message whose elements are being read.
type mmsMessage struct {
	x      *smsBackup
	w      *window
	it     Item
	place  box
	known  bool // place is one of the known ones
	wanted bool
	texts  []string
	addrs  []mmsAddr
	size   int // bytes of text
	parts  int
	open   *partSink
	raw    hash.Hash
}

// Bounds of one message: how many parts and addresses it may have, and how
// many bytes are held of one whose addresses stand behind its content.
const (
	maxParts = 1000
	maxHeld  = 32 << 20
)

func (x *smsBackup) mms(at string) error {
	m := &mmsMessage{x: x, w: x.w}
	m.place, m.known = boxes[string(x.tag.get("msg_box"))]
	m.it = x.begun(x.textHead(at, m.place))
	m.it.Subject = x.field("sub")
	m.it.MessageID = x.field("m_id")
	m.it.Outcome = m.place.unsent
	x.late(&m.it)
	if len(m.it.Thread) == 0 && !x.tag.empty {
		if err := m.hold(); err != nil {
			return err
		}
	}
	return m.read()
}

// read asks whether the message is wanted and reads the rest of it.
func (m *mmsMessage) read() error {
	x := m.x
	m.wanted = x.want(m.it.Head)
	if m.wanted && x.leftOut(m.it.Head, m.place, m.known, "msg_box") {
		m.wanted = false
	}
	x.counted = !m.wanted
	if m.wanted && !x.survey {
		m.raw = sha256.New()
		m.w.tee = m.raw
	}
	x.tag.consume()
	var err error
	if !x.tag.empty {
		err = m.elements()
	}
	m.w.tee = nil
	if err != nil {
		m.drop()
		return err
	}
	if !m.wanted {
		return nil
	}
	return m.finish()
}

// hold reads the whole message into memory, because its tag names nobody and
// the addresses stand behind the parts, and takes the thread from those.
func (m *mmsMessage) hold() error {
	x := m.x
	size := x.tag.size
	held := &heldBytes{}
	m.w.tee = held
	x.tag.consume()
	err := m.elements()
	m.w.tee = nil
	if err != nil {
		return err
	}
	if held.over {
		x.report.refuse(m.it.Locator, fmt.Sprintf("its addresses stand behind more than %s of content", megabytes(maxHeld)))
		x.counted = true
		return errHeldOver
	}
	var addresses []string
	for _, a := range m.addrs {
		addresses = append(addresses, a.address)
	}
	m.it.Thread = x.thread(addresses)
	m.it.Group = len(m.it.Thread) > 1
	x.parties(&m.it.Head)
	m.addrs, m.parts, m.size = nil, 0, 0
	m.w = newWindow(bytes.NewReader(held.buf.Bytes()))
	m.w.at(0)
	x.tag.w, x.tag.size, x.tag.empty = m.w, size, false
	return nil
}

// heldBytes keeps up to maxHeld bytes.
type heldBytes struct {
	buf  bytes.Buffer
	over bool
}

func (h *heldBytes) Write(p []byte) (int, error) {
	if h.over = h.over || h.buf.Len()+len(p) > maxHeld; !h.over {
		h.buf.Write(p)
	}
	return len(p), nil
}

// elements reads what stands between the message's tags.
func (m *mmsMessage) elements() error {
	for m.w.skipTo('<') {
		name, err := m.w.markup()
		if err != nil {
			return err
		}
		switch name {
		case "part":
			err = m.part()
		case "addr":
			err = m.addr()
		case "/mms":
			return m.w.past(">")
		case "":
		default: // the next message begins before this one has ended
			return errMalformed
		}
		if err != nil {
			return err
		}
	}
	return m.w.ended()
}

func (m *mmsMessage) addr() error {
	t := &m.x.tag
	if err := t.read(m.w, len("<addr"), m.x.limit); err != nil {
		return err
	}
	if len(m.addrs) < maxParts {
		if a := m.x.address("address"); a != "" {
			m.addrs = append(m.addrs, mmsAddr{m.x.addr.normalize(a), string(t.get("type"))})
		}
	}
	t.consume()
	return nil
}

// mmsAddr is one of a message's addresses with its role
// (com.google.android.mms.pdu.PduHeaders).
type mmsAddr struct{ address, kind string }

const (
	addrFrom = "137"
	addrCc   = "130"
	addrBcc  = "129"
)

func (m *mmsMessage) finish() error {
	m.roles()
	it := &m.it
	it.Body = strings.Join(m.texts, "\n")
	if it.Body == "" && it.Subject == "" && len(it.Attachments) == 0 && !it.Damaged {
		it.Warnings = append(it.Warnings, "the export holds no content for this message")
	}
	if m.raw != nil {
		m.raw.Sum(it.Raw[:0])
	}
	return m.x.finish(it, kindMMS)
}

// roles finds the sender of what was received within a group, and who got
// copies. The addresses of the phone's address list are unreliable (all the
// same, or the sender's missing), so they never change who is in the thread.
func (m *mmsMessage) roles() {
	it := &m.it
	sender := false
	for _, a := range m.addrs {
		role := map[string]string{addrFrom: roleFrom, addrCc: roleCc, addrBcc: roleBcc}[a.kind]
		if role == "" || role == roleFrom && (it.Direction != record.In || sender) {
			continue
		}
		for i := range it.Parties {
			if p := &it.Parties[i]; p.Address == a.address && p.Role == roleTo {
				p.Role = role
				sender = sender || role == roleFrom
			}
		}
	}
	if it.Direction == record.In && it.Group && !sender {
		it.Warnings = append(it.Warnings, "the export does not say who of the group sent this")
	}
}

// drop gives up the attachments of a message that was not finished.
func (m *mmsMessage) drop() {
	if m.open != nil {
		m.open.w.Abort()
	}
	dropParts(m.it.Attachments)
}
