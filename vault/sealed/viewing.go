package sealed

import (
	"context"
	"errors"
)

// Viewed is why a vault is read-only that somebody opened to look at alone.
type Viewed struct{ Why string }

func (v *Viewed) Error() string { return v.Why }

// View makes the database refuse every write from now on, with [ErrReadOnly],
// until it is opened anew; those apart whose context comes from [Noting]. It is
// not sealed anew when it is closed.
func (db *DB) View(why string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.readOnly == nil {
		db.readOnly = &ReadOnlyError{Cause: &Viewed{why}}
	}
}

type noting struct{}

// Noting lets a write pass in a database that is only viewed: what is written
// down of the viewing itself.
func Noting(ctx context.Context) context.Context { return context.WithValue(ctx, noting{}, true) }

// mayWrite gives why a write of this context is refused.
func (db *DB) mayWrite(ctx context.Context) error {
	err := db.writable()
	if isViewed(err) && ctx.Value(noting{}) != nil {
		return nil
	}
	return err
}

func isViewed(err error) bool {
	var viewed *Viewed
	return errors.As(err, &viewed)
}
