package sealed

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"casekeep/vault/sealed/disk/crash"
)

// The environment variable that makes the test binary a process that races with
// another for a vault.
const racerEnv = "SEALED_TEST_RACER"

// racer opens the vault in dir again and again, writes to it, and locks it or
// dies with it open. It says on standard output what came of it.
func racer(dir string) error {
	for {
		db, err := Open(dir, passphrase, Options{CheckpointRecords: 15})
		var held *InUseError
		if errors.As(err, &held) {
			fmt.Println("held", held.PID)
			time.Sleep(rand.N(2 * time.Millisecond))
			continue
		}
		if err != nil {
			return err
		}
		n, err := sound(db)
		if err != nil {
			return err
		}
		fmt.Println("session", n)
		for range 1 + rand.IntN(3) {
			if n++; insert(db, n) != nil {
				return fmt.Errorf("entry %d: %w", n, err)
			}
			fmt.Println("entry", n)
		}
		if rand.IntN(8) == 0 {
			os.Exit(racerDied)
		}
		if err := db.Close(); err != nil {
			return err
		}
		time.Sleep(rand.N(2 * time.Millisecond))
	}
}

const racerDied = 3

// races is what two processes that race for a vault were told.
type races struct {
	dir  string
	most int // sessions

	mu       sync.Mutex
	sessions int
	refused  int
	acked    map[int]int // entry to the process that was told it is saved
	pids     map[int]bool
}

// run keeps one racer going, with a new one for each that dies, until there were
// enough sessions.
func (r *races) run() error {
	for {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), racerEnv+"="+r.dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			return err
		}
		if err := cmd.Start(); err != nil {
			return err
		}
		r.mu.Lock()
		r.pids[cmd.Process.Pid] = true
		r.mu.Unlock()
		enough := false
		for lines := bufio.NewScanner(out); lines.Scan(); {
			more, err := r.note(cmd.Process.Pid, lines.Text())
			if err != nil {
				return errors.Join(err, cmd.Process.Kill(), cmd.Wait())
			}
			if !more && !enough {
				enough = true
				_ = cmd.Process.Kill() // it may just have died by itself
			}
		}
		var exit *exec.ExitError
		if err := cmd.Wait(); !errors.As(err, &exit) || exit.Exited() && exit.ExitCode() != racerDied {
			return fmt.Errorf("a racer ended with %v", err)
		}
		if enough {
			return nil
		}
	}
}

// note takes in what a racer says, and gives whether it is to go on.
func (r *races) note(pid int, line string) (more bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var n int
	switch {
	case strings.HasPrefix(line, "session"):
		r.sessions++
	case strings.HasPrefix(line, "held"):
		r.refused++
		// 0: between the holder's lock and its note.
		if _, err := fmt.Sscanf(line, "held %d", &n); err != nil || n != 0 && !r.pids[n] {
			return false, fmt.Errorf("the holder is said to be process %d: %w", n, err)
		}
	case strings.HasPrefix(line, "entry"):
		if _, err := fmt.Sscanf(line, "entry %d", &n); err != nil {
			return false, err
		}
		if other, twice := r.acked[n]; twice {
			return false, fmt.Errorf("entry %d was saved by process %d and by %d", n, other, pid)
		}
		r.acked[n] = pid
	default:
		return false, errors.New(line)
	}
	return r.sessions < r.most, nil
}

// TestRaces has two processes open one vault again and again, write to it, and
// lock it or die. Each session builds on what the others were told is saved, and
// the one that comes second is told who came first.
func TestRaces(t *testing.T) {
	r := &races{most: crash.Scale(50, 1000), acked: map[int]int{}, pids: map[int]bool{}}
	r.dir = newVault(t, 0, quick())
	errs := make([]error, 2)
	var both sync.WaitGroup
	for i := range errs {
		both.Go(func() { errs[i] = r.run() })
	}
	both.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	report, err := Verify(ctx, r.dir, passphrase, quick())
	if err != nil || len(report.Problems) > 0 {
		t.Fatalf("verify found %v, %v", report.Problems, err)
	}
	n, err := sound(reopen(t, r.dir, quick()))
	if err != nil {
		t.Fatal(err)
	}
	for entry := range r.acked {
		if entry > n {
			t.Errorf("entry %d was saved by process %d, and is lost", entry, r.acked[entry])
		}
	}
	t.Logf("%d sessions, %d times the vault was in use, %d entries", r.sessions, r.refused, len(r.acked))
	crash.Tally(t, "two processes", r.sessions)
	if r.refused == 0 {
		t.Error("they never met")
	}
}
