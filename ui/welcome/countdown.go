package welcome

import (
	"time"

	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// countdown keeps the passphrase from being tried for a while after several wrong
// ones, and says for how long.
type countdown struct {
	of   *unlock
	said *kit.Text
	on   bool // the button waits
	tick *time.Timer
}

// counted is how often the seconds that are left are said.
const counted = 250 * time.Millisecond

func newCountdown(u *unlock) *countdown {
	c := &countdown{of: u, said: kit.NewNote("").Color(look.Amber)}
	c.said.Hide()
	return c
}

// look says how long one has to wait, until that is over. It reports whether one
// has to.
func (c *countdown) look() bool {
	u := c.of
	if c.tick != nil {
		c.tick.Stop()
	}
	wait := u.page.opt.Config.Waiting(u.dir)
	if c.said.Hidden = wait == nil; c.said.Hidden {
		if c.on {
			c.on = false
			u.open.SetText("Unlock")
			u.open.Enable()
		}
		u.content.Refresh()
		return false
	}
	c.on = true
	u.open.Disable()
	u.open.SetText("Wait " + wait.Words())
	c.said.SetText(kit.Number(wait.Wrong) + " wrong passphrases one after the other. The next can be tried in " + wait.Words() + "; a recovery key at once.")
	u.content.Refresh()
	c.tick = time.AfterFunc(counted, func() { u.page.opt.Do(c.again) })
	return true
}

// again goes on counting.
func (c *countdown) again() {
	if c.of.page.busy { // a key is tried: what comes of it looks again
		c.tick = time.AfterFunc(counted, func() { c.of.page.opt.Do(c.again) })
		return
	}
	c.look()
}
