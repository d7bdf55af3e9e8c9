package keep

import (
	"context"
	"slices"
	"strings"

	"casekeep/app"
	"casekeep/vault/record"
)

// Held is which records are under a legal hold.
type Held struct{ standing []record.Hold }

// ReadHeld reads it.
func ReadHeld(ctx context.Context, p *app.Practice) (Held, error) {
	all, err := p.Holds(ctx, 0)
	return Held{slices.DeleteFunc(all, func(h record.Hold) bool { return !h.Lifted.IsZero() })}, err
}

// On gives the holds on a client's record, those on every record with them.
func (h Held) On(client record.ClientID) []record.Hold {
	var all []record.Hold
	for _, one := range h.standing {
		if client > 0 && (one.Client == client || one.Client == record.Book) {
			all = append(all, one)
		}
	}
	return all
}

// Says names them in a line: "Legal hold: Quill v. Fenn; board inquiry", or ""
// where the record is under none.
func (h Held) Says(client record.ClientID) string {
	var matters []string
	for _, one := range h.On(client) {
		matters = append(matters, one.Matter)
	}
	if len(matters) == 0 {
		return ""
	}
	return "Legal hold: " + strings.Join(matters, "; ")
}
