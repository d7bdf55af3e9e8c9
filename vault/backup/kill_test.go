package backup

import (
	"bufio"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"casekeep/vault/sealed"
	"casekeep/vault/sealed/disk/crash"
)

// The environment variable that makes the test binary take backups until it is
// killed.
const victimEnv = "BACKUP_TEST_VICTIM"

func TestMain(m *testing.M) {
	if at := os.Getenv(victimEnv); at != "" {
		dir, folder, _ := strings.Cut(at, "|")
		if err := victim(dir, folder); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// victim writes entries and attachments, backs up, prunes, and says which
// backups there are to be.
func victim(dir, folder string) error {
	db, err := sealed.Open(dir, passphrase, sealed.Options{})
	if err != nil {
		return err
	}
	n, err := sound(db)
	if err != nil {
		return err
	}
	for n++; ; n++ {
		if err := write(db, n, n); err != nil {
			return err
		}
		b, err := db.PutBlob(ctx, strings.NewReader(text(n)))
		if err != nil {
			return err
		}
		if err := db.Write(ctx, func(tx *sql.Tx) error {
			_, err := tx.Exec("INSERT INTO pictures(name, text) VALUES(?, ?)", b.Name, text(n))
			return err
		}); err != nil {
			return err
		}
		w, err := Take(ctx, db, dir, folder, note, Options{}, nil)
		if err != nil {
			return err
		}
		fmt.Println("taken", w.Generation.Name)
		if n%4 == 0 {
			set, err := OpenKeyed(folder, db.Key(), Options{})
			if err != nil {
				return err
			}
			fmt.Println("pruning")
			if _, err := set.Prune(ctx, Rule{Last: 3}, nil, nil); err != nil {
				return err
			}
		}
	}
}

// TestKill kills a process that takes backups, again and again, and looks for
// every backup that it said was there.
func TestKill(t *testing.T) {
	p := newPractice(t, 20)
	p.opt.Now = nil
	key := p.db.Key()
	if err := p.db.Close(); err != nil {
		t.Fatal(err)
	}
	rounds := crash.Scale(20, 200)
	said := 0
	for round := range rounds {
		taken, err := p.killOnce(rand.IntN(6))
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		said += len(taken)
		set, err := OpenKeyed(p.folder, key, p.opt)
		if err != nil && len(taken) == 0 {
			continue
		}
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		all, err := set.Generations(ctx)
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		found := map[string]bool{}
		for _, g := range all {
			if _, err := loads(set, g); err != nil {
				t.Fatalf("round %d: %s: %v", round, g.Name, err)
			}
			found[g.Name] = true
		}
		for _, name := range taken {
			if !found[name] {
				t.Fatalf("round %d: %s is gone", round, name)
			}
		}
	}
	t.Logf("%d backups over %d kills", said, rounds)
	crash.Tally(t, "kill -9 of a backup", rounds)
	if said < rounds {
		t.Errorf("only %d backups were taken: the kills came too early to tell", said)
	}
	db, err := sealed.Open(p.dir, passphrase, quickVault())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := Take(ctx, db, p.dir, p.folder, note, quick(), nil); err != nil {
		t.Fatal(err)
	}
	set, err := OpenKeyed(p.folder, key, p.opt)
	if err != nil {
		t.Fatal(err)
	}
	if err := nothingWrong(set); err != nil {
		t.Error(err)
	}
}

// killOnce runs a victim, kills it some moments after a number of backups, and
// gives those that must be there: all since it last began to prune.
func (p *practice) killOnce(after int) (taken []string, err error) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victimEnv+"="+p.dir+"|"+p.folder)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	kill := func(within time.Duration) {
		time.AfterFunc(rand.N(within), func() { _ = cmd.Process.Kill() })
	}
	if after == 0 {
		kill(100 * time.Millisecond)
	}
	lines := bufio.NewScanner(out)
	for seen := 1; lines.Scan(); seen++ {
		what, name, _ := strings.Cut(lines.Text(), " ")
		switch what {
		case "error":
			return nil, errors.Join(errors.New(name), cmd.Wait())
		case "taken":
			taken = append(taken, name)
		case "pruning":
			taken = taken[max(0, len(taken)-1):]
		}
		if seen == after {
			kill(30 * time.Millisecond)
		}
	}
	var killed *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &killed) || killed.Exited() {
		return nil, fmt.Errorf("it was not killed: %v", err)
	}
	return taken, lines.Err()
}
