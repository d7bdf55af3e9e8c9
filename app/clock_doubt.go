package app

import (
	"fmt"
	"time"

	"casekeep/vault/record"
)

// longUnused is how long a vault may lie unused before a clock that is as far
// ahead is more likely wrong than right.
const longUnused = 400 * 24 * time.Hour

// clockDoubt says that this computer's clock may be wrong, "" where it may well
// be right. A vault's time never goes back, so what is written while the clock is
// years ahead makes every later entry as late, and every record due too soon.
func clockDoubt(used, now time.Time) string {
	day := func(at time.Time) string { return record.DateOf(at.In(now.Location())).Long() }
	switch {
	case used.IsZero():
	case now.Sub(used) > longUnused:
		return fmt.Sprintf("this computer’s clock says %s, and this vault was last used on %s: "+
			"if the clock is wrong, set it and unlock again before you write anything, since a vault’s time never goes back", day(now), day(used))
	case used.Sub(now) > time.Hour:
		return fmt.Sprintf("this computer’s clock says %s, and this vault was last used on %s: "+
			"set the clock; until then what you write is dated as written on that day", day(now), day(used))
	}
	return ""
}
