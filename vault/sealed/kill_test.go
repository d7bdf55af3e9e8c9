package sealed

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casekeep/vault/sealed/disk/crash"
)

// The environment variable that makes the test binary a writer to be killed.
const victimEnv = "SEALED_TEST_VICTIM"

func TestMain(m *testing.M) {
	for env, be := range map[string]func(string) error{victimEnv: victim, keysVictimEnv: keysVictimOf} {
		told := os.Getenv(env)
		if told == "" {
			continue
		}
		if err := be(told); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if dir := os.Getenv(racerEnv); dir != "" {
		fmt.Println("error", racer(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// victim writes to the vault in dir until it is killed and says on standard
// output what was acknowledged. Checkpoints run beside it.
func victim(dir string) error {
	db, err := Open(dir, passphrase, Options{CheckpointRecords: 15})
	if err != nil {
		return err
	}
	n, err := sound(db)
	if err != nil {
		return err
	}
	for n++; ; n++ {
		if err := insert(db, n); err != nil {
			return err
		}
		fmt.Println("entry", n)
		if n%7 == 0 {
			content := text(n)
			b, err := db.PutBlob(ctx, strings.NewReader(content))
			if err != nil {
				return err
			}
			fmt.Println("blob", b.Name, n)
		}
	}
}

// killsPerVault is how many kills one vault lives through. Each time all that it
// holds is looked over, so that a longer life would cost its square.
const killsPerVault = 100

// TestKill kills a process that writes, at random moments, opening and
// checkpointing included, and looks each time for all that it was told is
// durable.
func TestKill(t *testing.T) {
	rounds := crash.Scale(200, 2000)
	acked, attached := 0, 0
	for range rounds / killsPerVault {
		entries, blobs := killInTurn(t, killsPerVault)
		acked, attached = acked+entries, attached+blobs
	}
	t.Logf("%d entries and %d attachments acknowledged over %d kills", acked, attached, rounds)
	crash.Tally(t, "kill -9", rounds)
	if acked < rounds {
		t.Errorf("only %d entries were written: the kills came too early to tell", acked)
	}
}

// killInTurn kills writers of one new vault, one after another, and gives how
// many entries and attachments they were told are durable.
func killInTurn(t *testing.T, rounds int) (entries, attached int) {
	dir := newVault(t, 0, quick())
	scratch := filepath.Join(scratch(t), "copy")
	acked := 0
	blobs := map[string]int{}
	for round := range rounds {
		if err := killOnce(dir, rand.IntN(12), &acked, blobs); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if err := os.CopyFS(scratch, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		n, err := allThere(scratch, acked, blobs)
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		acked = n // one more may be there than was acknowledged, and stays
		if err := os.RemoveAll(scratch); err != nil {
			t.Fatal(err)
		}
	}
	return acked, len(blobs)
}

// killOnce runs a victim and kills it some moments after a number of
// acknowledgements.
func killOnce(dir string, after int, acked *int, blobs map[string]int) error {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victimEnv+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		return err
	}
	kill := func(within time.Duration) {
		time.AfterFunc(rand.N(within), func() { _ = cmd.Process.Kill() })
	}
	if after == 0 {
		kill(40 * time.Millisecond) // while opening
	}
	lines := bufio.NewScanner(out)
	for seen := 1; lines.Scan(); seen++ {
		if err := note(lines.Text(), acked, blobs); err != nil {
			return errors.Join(err, cmd.Process.Kill(), cmd.Wait())
		}
		if seen == after {
			kill(3 * time.Millisecond)
		}
	}
	var killed *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &killed) || killed.Exited() {
		return fmt.Errorf("it was not killed: %v\n%s", err, stderr.String())
	}
	return lines.Err()
}

// note takes an acknowledgement in. Each is one write to the pipe, so no kill
// cuts one off.
func note(line string, acked *int, blobs map[string]int) error {
	var n int
	var name string
	if rest, ok := strings.CutPrefix(line, "error"); ok {
		return errors.New(rest)
	}
	if _, err := fmt.Sscanf(line, "entry %d", &n); err == nil {
		*acked = max(*acked, n)
	}
	if _, err := fmt.Sscanf(line, "blob %s %d", &name, &n); err == nil {
		blobs[name] = n
	}
	return nil
}

// allThere verifies and opens a vault, looks for what was acknowledged, and gives
// the number of entries.
func allThere(dir string, acked int, blobs map[string]int) (n int, err error) {
	return allThereFor(dir, Secret{Passphrase: passphrase}, acked, blobs)
}

func allThereFor(dir string, s Secret, acked int, blobs map[string]int) (n int, err error) {
	found, err := VerifyWith(ctx, dir, s, quick())
	if err != nil || len(found.Problems) > 0 {
		return 0, errors.Join(err, fmt.Errorf("verify found %v", found.Problems))
	}
	db, err := OpenWith(dir, s, quick())
	if err != nil {
		return 0, err
	}
	defer db.Close()
	if n, err = sound(db); err != nil {
		return n, err
	}
	if err := searchable(db); n > 0 && err != nil {
		return n, err
	}
	if n < acked || n > acked+1 {
		return n, fmt.Errorf("%d entries where %d were acknowledged", n, acked)
	}
	for name, of := range blobs {
		r, err := db.OpenBlob(name)
		if err != nil {
			return n, err
		}
		content, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil {
			return n, err
		}
		if string(content) != text(of) {
			return n, fmt.Errorf("attachment %s is not what was put", name)
		}
	}
	return n, nil
}
