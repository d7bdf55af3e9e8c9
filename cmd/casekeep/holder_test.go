package main

import (
	"context"
	"errors"
	"strings"
	"testing"

	"casekeep/app"
)

// A revocation that an interrupt cut off changed something: the line says how to
// go on, and not that nothing was changed.
func TestInterruptedRevocationSaysHowToGoOn(t *testing.T) {
	line := clause(unfinishedHint(errors.Join(app.ErrUnfinished, context.Canceled)))
	if !strings.Contains(line, "--finish") || !strings.Contains(line, "not finished") || strings.Contains(line, "nothing was changed") {
		t.Errorf("it says %q", line)
	}
	if line := clause(unfinishedHint(context.Canceled)); line != "canceled: nothing was changed" {
		t.Errorf("of one that changed nothing it says %q", line)
	}
}
