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

// meddling is what another program, such as a sync service, does to the folder
// of a vault that is open.
type meddling struct {
	what  string
	do    func(m *meddled) error
	takes bool // the vault itself, so that this process must give it up
}

// meddled is a vault that somebody meddles with while it is written to.
type meddled struct {
	dir     string            // where the vault is in the end
	older   crash.Image       // a state before
	foreign crash.Image       // another vault
	kept    map[string]string // what must be there untouched in the end
	repair  func() error      // what the practitioner does before unlocking; nil: nothing
	copied  string            // a copy made meanwhile
}

func (m *meddled) path(name string) string { return filepath.Join(m.dir, filepath.FromSlash(name)) }

// put replaces a file as a sync service does: written beside and renamed.
func (m *meddled) put(name string, content []byte) error {
	beside := filepath.Join(filepath.Dir(m.dir), "downloading")
	return errors.Join(os.WriteFile(beside, content, 0o600), os.Rename(beside, m.path(name)))
}

// journal gives the name of the journal that the vault has now.
func (m *meddled) journal() (string, error) {
	found, err := filepath.Glob(m.path("records-*.journal"))
	if err != nil || len(found) == 0 {
		return "", errors.Join(err, os.ErrNotExist)
	}
	return filepath.Base(found[0]), nil
}

func imageJournal(im crash.Image) string {
	for name := range im.Files {
		if journalPattern.MatchString(name) {
			return name
		}
	}
	return ""
}

var meddlings = []meddling{
	{what: "the folder is copied", do: func(m *meddled) error {
		m.copied = m.dir + " (conflicted copy)"
		return copyMoving(m.copied, m.dir)
	}},
	{what: "conflicted copies appear beside the files", do: func(m *meddled) error {
		m.kept = map[string]string{"records.db (conflicted copy).age": "1", "key (conflicted copy 2026-11-25).age": "2",
			"records-0123 (conflicted copy).journal": "3", "vault (1).lock": "4", ".sync-temporary": "5"}
		for name, content := range m.kept {
			if err := os.WriteFile(m.path(name), []byte(content), 0o600); err != nil {
				return err
			}
		}
		return nil
	}},
	{what: "the folder is renamed", do: func(m *meddled) error {
		from := m.dir
		m.dir += " renamed"
		return os.Rename(from, m.dir)
	}},
	{what: "the folder is renamed and renamed back", do: func(m *meddled) error {
		away := m.dir + " away"
		if err := os.Rename(m.dir, away); err != nil {
			return err
		}
		time.Sleep(rand.N(time.Millisecond))
		return os.Rename(away, m.dir)
	}},
	{what: "the base is replaced by an older one", do: func(m *meddled) error { return m.put(baseFile, m.older.Files[baseFile]) }},
	{what: "the base is replaced by an older one with its journal", do: func(m *meddled) error {
		journal := imageJournal(m.older)
		return errors.Join(m.put(journal, m.older.Files[journal]), m.put(baseFile, m.older.Files[baseFile]))
	}},
	{what: "the base is replaced by another vault's", do: func(m *meddled) error { return m.put(baseFile, m.foreign.Files[baseFile]) }},
	{what: "the base is removed", do: func(m *meddled) error { return gone(os.Remove(m.path(baseFile))) }},
	{what: "the journal is removed", do: func(m *meddled) error {
		name, err := m.journal()
		return gone(errors.Join(err, os.Remove(m.path(name))))
	}},
	{what: "the journal is replaced by what it was", do: func(m *meddled) error {
		name, err := m.journal()
		if err != nil {
			return gone(err)
		}
		content, err := os.ReadFile(m.path(name))
		if err != nil {
			return gone(err)
		}
		return m.put(name, content)
	}},
	{what: "the lock's file is removed", do: func(m *meddled) error { return gone(os.Remove(m.path(lockFile))) }},
	{what: "the key is replaced by an older wrap", do: func(m *meddled) error { return m.put(keyFile, m.older.Files[keyFile]) }},
	{what: "the key is removed and put back", do: func(m *meddled) error {
		content, err := os.ReadFile(m.path(keyFile))
		if err != nil {
			return err
		}
		m.repair = func() error { return m.put(keyFile, content) }
		return os.Remove(m.path(keyFile))
	}},
	{what: "the key is replaced by another vault's, and put back", do: func(m *meddled) error {
		content, err := os.ReadFile(m.path(keyFile))
		if err != nil {
			return err
		}
		m.repair = func() error { return m.put(keyFile, content) }
		return m.put(keyFile, m.foreign.Files[keyFile])
	}},
	{what: "another process takes the vault over, since its lock was replaced", do: func(m *meddled) error {
		if err := m.put(lockFile, []byte("{}")); err != nil {
			return err
		}
		other, err := Open(m.dir, passphrase, quick())
		if err != nil {
			return err
		}
		n, err := sound(other)
		if err == nil {
			err = insert(other, n+1)
		}
		return errors.Join(err, other.Close())
	}, takes: true},
}

// gone forgives that a file is not there just now.
func gone(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// copyMoving copies a folder of which files come and go.
func copyMoving(to, from string) error {
	im, err := crash.ReadImage(from)
	for range 20 {
		if !errors.Is(err, os.ErrNotExist) {
			break
		}
		im, err = crash.ReadImage(from)
	}
	if err != nil {
		return gone(err)
	}
	return im.Write(to)
}

// TestMeddling has another program meddle with the folder of a vault that is
// open, at a moment of chance, and ends the use by locking or by a crash. What
// was acknowledged after that, and before, must be there.
func TestMeddling(t *testing.T) {
	older, _ := aVault(t, 4, 2)
	from := crash.NewMemory(older, memoryVault)
	opt := quick()
	opt.Files = from
	db := reopen(t, memoryVault, opt) // a checkpoint follows the crash: a base and a journal of other names
	for n := 7; n <= 9; n++ {
		if err := insert(db, n); err != nil {
			t.Fatal(err)
		}
	}
	crashed(t, db)
	foreign, _ := aVault(t, 2, 1)
	random := rand.New(rand.NewPCG(8, 9))
	rounds := crash.Scale(60, 1005)
	for round := range rounds {
		how := meddlings[round%len(meddlings)]
		m := &meddled{dir: filepath.Join(scratch(t), "vault"), older: older, foreign: foreign}
		if err := m.race(from.Image(), how, random); err != nil {
			t.Errorf("round %d, %s: %v", round, how.what, err)
		}
	}
	crash.Tally(t, "a folder that is meddled with", rounds)
}

const meddledEntries = 9

// race opens the vault, writes, and has it meddled with between two entries or
// beside one.
func (m *meddled) race(start crash.Image, how meddling, random *rand.Rand) error {
	defer os.RemoveAll(filepath.Dir(m.dir))
	if err := start.Write(m.dir); err != nil {
		return err
	}
	db, err := Open(m.dir, passphrase, quick())
	if err != nil {
		return err
	}
	at, sealedAt, beside := random.IntN(5), random.IntN(12), random.IntN(2) == 0 && !how.takes
	acked := meddledEntries
	meddled := make(chan error, 1)
	for i := range 6 {
		switch {
		case i == at && beside:
			go func() { meddled <- how.do(m) }()
		case i == at:
			meddled <- how.do(m)
		}
		if i == sealedAt {
			_ = db.Checkpoint(ctx) // Close tells, too
		}
		err := insert(db, acked+1)
		if err == nil {
			acked++
			continue
		}
		if err := readable(err); err != nil {
			return err
		}
		if !(how.takes && errors.Is(err, ErrTakenOver)) && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("entry %d: %w", acked+1, err)
		}
	}
	if err := <-meddled; err != nil {
		return fmt.Errorf("meddling itself: %w", err)
	}
	if beside { // what comes after the last commit nobody sees
		if err := insert(db, acked+1); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		} else if err == nil {
			acked++
		}
	}
	if err := m.end(db, random.IntN(2) == 0); err != nil {
		return err
	}
	return m.holds(acked)
}

// end locks the vault or crashes.
func (m *meddled) end(db *DB, crash bool) error {
	if !crash {
		return readable(db.Close())
	}
	db.using.end()
	db.background.Wait()
	return db.release()
}

// holds checks that everything that was acknowledged is there, and what others
// put is as they put it.
func (m *meddled) holds(acked int) error {
	if m.repair != nil {
		if err := m.repair(); err != nil {
			return err
		}
	}
	report, err := Verify(ctx, m.dir, passphrase, quick())
	if err != nil || len(report.Problems) > 0 {
		return errors.Join(err, fmt.Errorf("verify found %v", report.Problems))
	}
	db, err := Open(m.dir, passphrase, quick())
	if err != nil {
		return err
	}
	defer db.Close()
	n, err := sound(db)
	if err != nil || n < acked {
		return errors.Join(err, fmt.Errorf("%d of %d acknowledged entries are there", n, acked))
	}
	for name, content := range m.kept {
		if got, err := os.ReadFile(m.path(name)); err != nil || string(got) != content {
			return fmt.Errorf("%s is %q: %w", name, got, err)
		}
	}
	if m.copied == "" {
		return nil
	}
	// A copy of files that change meanwhile is of one moment, or says that it is not.
	other, err := Open(m.copied, passphrase, quick())
	if errors.Is(err, ErrDamaged) || errors.Is(err, ErrNotVault) {
		return nil
	}
	if err != nil {
		return err
	}
	defer other.Close()
	if n, err := sound(other); err != nil || n > acked {
		return errors.Join(err, fmt.Errorf("the copy has %d entries of %d", n, acked))
	}
	return nil
}
