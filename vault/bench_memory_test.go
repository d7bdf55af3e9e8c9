package vault

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// memoryChild names the vault that a child of the benchmark works with.
const memoryChild = "CASEKEEP_BENCH_MEMORY"

// used is what the child tells: sizes in bytes, of the process as Linux counts
// them (proc_pid_status(5)).
type used struct {
	Database, Opened, Worked, Anonymous, Most int64
}

// useVault opens a vault and does with it what a session does: lists, reads,
// searches, logs, seals. It prints what memory that took.
func useVault(dir string) error {
	ctx := context.Background()
	v, err := Open(ctx, dir, benchPassphrase, Options{})
	if err != nil {
		return err
	}
	defer v.Close()
	u := used{Opened: procStatus("VmRSS")}
	if _, err := v.Clients(ctx); err != nil {
		return err
	}
	from := writerFor(v, 0)
	from.next = time.Now().Add(-30 * 24 * time.Hour)
	for i := range 50 {
		if _, err := v.Timeline(ctx, 1, Page{Limit: 100}); err != nil {
			return err
		}
		for _, query := range []string{"thursday", "xylophone", "landlord letter", "harbor lantern", "t", "appoint"} {
			if _, err := v.Search(ctx, Search{Query: query}); err != nil {
				return err
			}
		}
		e := from.text()
		e.Written = time.Time{}
		if _, err := v.Log(ctx, e); err != nil {
			return err
		}
		if i == 25 {
			if err := v.Checkpoint(ctx); err != nil {
				return err
			}
		}
	}
	u.Worked, u.Anonymous, u.Most, u.Database = procStatus("VmRSS"), procStatus("RssAnon"), procStatus("VmHWM"), v.Status().Size
	return json.NewEncoder(os.Stdout).Encode(u)
}

// procStatus gives a line of /proc/self/status in bytes; 0 where there is none.
func procStatus(name string) int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for lines := bufio.NewScanner(bytes.NewReader(status)); lines.Scan(); {
		var kib int64
		if rest, ok := strings.CutPrefix(lines.Text(), name+":"); ok {
			if _, err := fmt.Sscan(rest, &kib); err == nil {
				return kib << 10
			}
		}
	}
	return 0
}

// BenchmarkAimMemory measures how much more than the database a process that
// works with a vault has in memory at most. The limit is a tenth of the database
// and 64 MiB.
func BenchmarkAimMemory(b *testing.B) {
	for _, n := range benchSizes()[1:] {
		b.Run(fmt.Sprintf("entries=%d", n), func(b *testing.B) {
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), memoryChild+"="+benchCopy(b, n))
			child.Stderr = os.Stderr
			out, err := child.Output()
			if err != nil {
				b.Fatal(err)
			}
			var u used
			if err := json.Unmarshal(out, &u); err != nil {
				b.Fatal(err)
			}
			if u.Most == 0 {
				b.Skip("this system does not tell what memory a process has")
			}
			const mib = 1 << 20
			report(b, "over-MiB", float64(u.Most-u.Database)/mib, float64(u.Database/10+64*mib)/mib)
			b.ReportMetric(float64(u.Database)/mib, "database-MiB")
			b.ReportMetric(float64(u.Opened-u.Database)/mib, "opened-over-MiB")
			b.ReportMetric(float64(u.Worked-u.Database)/mib, "worked-over-MiB")
			b.ReportMetric(float64(u.Anonymous-u.Database)/mib, "anonymous-over-MiB")
		})
	}
}
