package compose

import (
	"context"

	"casekeep/ui/desk"
	"casekeep/vault/record"
)

// drafts are what was typed for clients and not logged yet. The vault keeps
// them too, so that nothing is lost by a lock.
type drafts struct {
	left map[record.ClientID]state // typed in this session, for clients not on show
	kept map[record.ClientID]bool  // the vault has been asked, and may hold one
}

func newDrafts() drafts {
	return drafts{left: map[record.ClientID]state{}, kept: map[record.ClientID]bool{}}
}

func (d drafts) forget(client record.ClientID) { delete(d.left, client) }

// Drafts gives every text that was typed and not logged.
func (c *Composer) Drafts() []desk.Draft {
	var all []desk.Draft
	for client, s := range c.drafts.left {
		all = append(all, desk.Draft{Client: client, Text: s.draft()})
	}
	if c.client.ID != 0 && c.now.started() {
		all = append(all, desk.Draft{Client: c.client.ID, Text: c.now.draft()})
	}
	return all
}

// leave keeps what was typed for the client on show.
func (c *Composer) leave() {
	client := c.client.ID
	if client == 0 {
		return
	}
	if c.now.started() {
		c.drafts.left[client] = c.now
		c.keep(client, c.now.draft())
	} else if c.drafts.kept[client] {
		c.keep(client, "")
	}
}

// keep writes a draft into the vault.
func (c *Composer) keep(client record.ClientID, text string) {
	c.drafts.kept[client] = text != ""
	c.desk.Load(func(ctx context.Context) error {
		return c.desk.Practice().SaveDraft(ctx, client, text)
	}, func(err error) {
		if err != nil {
			c.desk.Fail(err)
		}
	})
}

// enter brings back what was typed for the client now on show.
func (c *Composer) enter() {
	client := c.client.ID
	if s, ok := c.drafts.left[client]; ok {
		delete(c.drafts.left, client)
		c.now = s
		c.show()
		return
	}
	c.show()
	if _, asked := c.drafts.kept[client]; asked || client == 0 {
		return
	}
	var text string
	c.desk.Load(func(ctx context.Context) error {
		var err error
		text, err = c.desk.Practice().Draft(ctx, client)
		return err
	}, func(err error) {
		if err != nil {
			c.desk.Fail(err)
			return
		}
		c.bringBack(client, text)
	})
}

// bringBack puts a draft into the composer, before what was typed meanwhile.
func (c *Composer) bringBack(client record.ClientID, text string) {
	c.drafts.kept[client] = text != ""
	s, ok := fromDraft(text)
	if !ok || client != c.client.ID {
		return
	}
	if c.now.Text != "" {
		s.Text += "\n" + c.now.Text
	}
	c.now = s
	c.show()
}
