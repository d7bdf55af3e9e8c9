package outside

import (
	"context"
	"errors"
	"os/exec"
	"time"
)

// patience is how long a system's opener is waited for: those that know of no
// program for a file say so at once, and some others stay while it is shown.
const patience = 3 * time.Second

// errNoProgram says that nothing can be done with a file here.
var errNoProgram = errors.New("this computer knows no program that opens such a file: save a copy and open it elsewhere")

// start runs an opener and gives its failure, if it fails soon.
func start(ctx context.Context, opener string, args ...string) error {
	path, err := exec.LookPath(opener)
	if err != nil {
		return errNoProgram
	}
	cmd := exec.Command(path, args...) // the program that it starts outlives ctx
	if err := cmd.Start(); err != nil {
		return errNoProgram
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			return errNoProgram
		}
	case <-ctx.Done():
	case <-time.After(patience):
	}
	return nil
}
