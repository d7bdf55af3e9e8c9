package app

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"casekeep/vault/record"
)

func TestLastOfTargets(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 11, day, 18, 0, 0, 0, time.UTC) }
	known := []record.KnownBackup{
		{Target: "/drive", Generation: "a", At: at(1)}, {Target: "/share", Generation: "b", At: at(2)},
		{Target: "/drive", Generation: "c", At: at(4)}, {Target: "/drive", Generation: "d", At: at(3)},
		{Target: "/share", Generation: "e", At: at(5), Gone: at(6)}, {Target: "/old", Generation: "f", At: at(1), Gone: at(2)},
	}
	if diff := cmp.Diff([]record.KnownBackup{known[2], known[1]}, lastOfTargets(known)); diff != "" {
		t.Error(diff)
	}
}
