package begin

import (
	"bytes"
	"context"
	"encoding/json"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/vault/record"
)

// chose shows the question that was chosen at the left, and saves what is answered
// by then.
func (p *page) chose() {
	p.show()
	if _, wrong := p.ask.typed(); wrong == "" && !p.started && p.changed() {
		p.answer(func() {})
	}
}

// answer saves what is answered so far, so that nothing is to be typed again where
// the questions are not gone through to the end. Where nothing is answered anew, the trail
// says nothing.
func (p *page) answer(then func()) {
	answers, wrong := p.ask.typed()
	if p.saving {
		return
	}
	if wrong != "" { // at a question that was left: it stays as it is typed
		then()
		return
	}
	practice, saved := p.desk.Practice(), p.ask.keep().withoutLicense(p.begun)
	answered := difference(p.begun, saved) != ""
	p.saving = true
	draft := difference(saved, p.ask.keep())
	p.desk.Load(func(ctx context.Context) error {
		if answered {
			if err := practice.Answer(ctx, answers); err != nil {
				return err
			}
		}
		return practice.SaveFormDraft(ctx, record.Book, formStart, draft)
	}, func(err error) {
		p.saving = false
		if err != nil {
			p.refused(err)
			return
		}
		p.begun = saved
		p.load(func([]app.StartQuestion) {})
		then()
	})
}

// Drafts gives answers that were typed and not saved.
func (p *page) Drafts() []desk.Draft {
	if !p.read || !p.changed() {
		return nil
	}
	return []desk.Draft{{Client: record.Book, Form: formStart, Text: difference(p.begun, p.ask.keep())}}
}

func (p *page) changed() bool { return difference(p.begun, p.ask.keep()) != "" }

// restore shows what a draft holds over what is saved.
func (p *page) restore(draft string) {
	k := p.ask.keep()
	if draft != "" && json.Unmarshal([]byte(draft), &k) == nil {
		p.ask.restore(k)
	}
}

// difference gives in JSON the answers that are others than those before; "": none
// is. The rest may be changed elsewhere meanwhile.
func difference(before, now kept) string {
	was, is := fields(before), fields(now)
	for name, value := range is {
		if bytes.Equal(value, was[name]) {
			delete(is, name)
		}
	}
	if len(is) == 0 {
		return ""
	}
	text, _ := json.Marshal(is) // texts always can be
	return string(text)
}

func fields(k kept) map[string]json.RawMessage {
	var all map[string]json.RawMessage
	text, _ := json.Marshal(k)
	_ = json.Unmarshal(text, &all) // what was just written
	return all
}
