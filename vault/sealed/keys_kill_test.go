package sealed

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"casekeep/vault/sealed/disk/crash"
)

// The environment variable by which the test binary changes keys until it is
// killed, and the two passphrases between which it changes.
const keysVictimEnv = "SEALED_TEST_KEYS_VICTIM"

var inTurn = []string{passphrase, "the other one"}

// keysVictim works in the vault and gives it new passphrases and keys. It says on
// standard output what it is about to do, and what was acknowledged.
func keysVictim(dir string, executor age.Recipient) error {
	opt := Options{WorkFactor: 4, CheckpointRecords: 7}
	db, turn, err := openInTurn(dir, opt)
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
		if n%9 == 0 {
			b, err := db.PutBlob(ctx, textReader(n))
			if err != nil {
				return err
			}
			fmt.Println("blob", b.Name, n)
		}
		switch n % 4 {
		case 1:
			fmt.Println("changing", 1-turn)
			if err := db.ChangePassphrase(ctx, inTurn[1-turn]); err != nil {
				return err
			}
			turn = 1 - turn
			fmt.Println("changed", turn)
		case 3:
			fmt.Println("rekeying")
			if err := db.Rekey(ctx, inTurn[turn], map[string]age.Recipient{"executor": executor}, nil); err != nil {
				return err
			}
			fmt.Println("rekeyed")
		}
	}
}

// openInTurn opens the vault with whichever passphrase it has.
func openInTurn(dir string, opt Options) (db *DB, turn int, err error) {
	for turn, p := range inTurn {
		if db, err = Open(dir, p, opt); !errors.Is(err, ErrPassphrase) {
			return db, turn, err
		}
	}
	return nil, 0, err
}

// keysKilled is what the victim said.
type keysKilled struct {
	acked          int
	blobs          map[string]int
	turn, changing int // changing: -1 nothing
	rekeys, cut    int
}

// TestKeysKill kills a process that changes keys at random moments. Each time the
// old or the new passphrase and the holder's key open all that was acknowledged,
// and what was cut off is finished.
func TestKeysKill(t *testing.T) {
	rounds := crash.Scale(60, 600)
	rekeys, cut := 0, 0
	for begun := 0; begun < rounds; begun += killsPerVault {
		k := keysKilledInTurn(t, min(killsPerVault, rounds-begun))
		rekeys, cut = rekeys+k.rekeys, cut+k.cut
	}
	crash.Tally(t, "kill -9 while keys change", rounds)
	t.Logf("%d re-keys acknowledged, %d cut off", rekeys, cut)
	if rekeys == 0 || cut == 0 {
		t.Error("the kills came at no moment that tells")
	}
}

// keysKilledInTurn kills those who change the keys of one new vault.
func keysKilledInTurn(t *testing.T, rounds int) *keysKilled {
	executor := x25519(t)
	dir := filepath.Join(t.TempDir(), "vault")
	db := openNew(t, dir, 0, quick())
	if err := db.AddHolder(ctx, "executor", executor.Recipient()); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	k := &keysKilled{blobs: map[string]int{}, changing: -1}
	for round := range rounds {
		err := k.once(dir, executor)
		if err == nil {
			err = k.look(dir, filepath.Join(scratch(t), "copy"), executor)
		}
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
	}
	return k
}

func (k *keysKilled) once(dir string, executor *age.X25519Identity) error {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), keysVictimEnv+"="+dir+"\n"+executor.Recipient().String())
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	lines := bufio.NewScanner(out)
	after := rand.IntN(14)
	for seen := 0; lines.Scan(); seen++ {
		if err := k.hear(lines.Text()); err != nil {
			return errors.Join(err, cmd.Process.Kill(), cmd.Wait())
		}
		if seen == after {
			time.AfterFunc(rand.N(12*time.Millisecond), func() { _ = cmd.Process.Kill() })
		}
	}
	var killed *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &killed) || killed.Exited() {
		return fmt.Errorf("it was not killed: %v", err)
	}
	return lines.Err()
}

func (k *keysKilled) hear(line string) error {
	if _, err := fmt.Sscanf(line, "changing %d", &k.changing); err == nil {
		return nil
	}
	if _, err := fmt.Sscanf(line, "changed %d", &k.turn); err == nil {
		k.changing = -1
		return nil
	}
	if line == "rekeyed" {
		k.rekeys++
	}
	return note(line, &k.acked, k.blobs)
}

// look opens a copy of what is left in each way, and finishes what was cut off.
func (k *keysKilled) look(dir, to string, executor *age.X25519Identity) error {
	defer os.RemoveAll(to)
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		return err
	}
	db, turn, err := openInTurn(to, quick())
	if err != nil {
		return err
	}
	defer db.Close()
	if turn != k.turn && turn != k.changing {
		return fmt.Errorf("passphrase %d opens it, not %d", turn, k.turn)
	}
	k.turn, k.changing = turn, -1
	old := db.Key()
	if db.Status().Rekeying {
		k.cut++
	}
	if err := db.Rekey(ctx, inTurn[turn], map[string]age.Recipient{"executor": executor.Recipient()}, nil); err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	im, err := crash.ReadImage(to)
	if err != nil {
		return err
	}
	k.acked, err = allThereFor(to, Secret{Identities: []age.Identity{executor}}, k.acked, k.blobs)
	for _, one := range old.Each() {
		if now := db.Key().Name(); one.Name() != now {
			if left := filesThatOpen(im, one.identities()); len(left) > 0 {
				err = errors.Join(err, fmt.Errorf("a key before opens %v", left))
			}
		}
	}
	return err
}

// keysVictimOf reads the environment of a victim.
func keysVictimOf(env string) error {
	dir, recipient, _ := strings.Cut(env, "\n")
	to, err := ParseRecipient(recipient)
	if err != nil {
		return err
	}
	return keysVictim(dir, to)
}
