package app

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"casekeep/vault/record"
)

const (
	importChild  = "CASEKEEP_BENCH_IMPORT" // names the file that a child of the benchmark imports
	importAimed  = 300 << 20               // bytes of memory above the vault's
	importedSize = 2 << 30                 // bytes of the file
	mediaSize    = 1_500_000               // bytes of an attachment; of every hundredth, twenty times as many
)

// imported is what the child tells.
type imported struct {
	Entries  int
	Database int64 // bytes
	Status   string
}

// importMemory imports a file into a new vault beside it, and prints what that
// took.
func importMemory(file string) error {
	ctx := context.Background()
	p, err := Create(ctx, filepath.Join(filepath.Dir(file), "v"), "ladder ochre Venice 42", record.Practice{Name: "P", Zone: "UTC", Own: []string{"me@example.org"}},
		Config{WorkFactor: 10, StateDir: filepath.Dir(file)})
	if err != nil {
		return err
	}
	defer p.Lock()
	c, err := p.AddClient(ctx, record.Client{Name: "Ada Quill", Contacts: []record.ContactPoint{
		{System: record.Phone, Value: "(601) 555-0142"}, {System: record.Email, Value: "ada@example.org"}}})
	if err != nil {
		return err
	}
	report, err := p.Import(ctx, ImportRequest{Files: []string{file}, Client: c.ID}, nil)
	if err != nil {
		return err
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(imported{report.Imported, p.v.Status().Size, string(status)})
}

// BenchmarkAimImport imports a file of 2 GB (64 MB where no large vault is asked
// for), most of it attachments. The limit is 300 MiB of memory at most above what
// the database takes.
func BenchmarkAimImport(b *testing.B) {
	size := int64(importedSize)
	if standingSize() < 100_000 {
		size = 64 << 20
	}
	for _, kind := range []struct {
		name  string
		write func(w io.Writer, size int64) (int, error)
	}{{"sms.xml", writeTexts}, {"mail.mbox", writeMails}} {
		b.Run(fmt.Sprintf("%s/MiB=%d", kind.name, size>>20), func(b *testing.B) {
			file := filepath.Join(b.TempDir(), kind.name)
			n := writeExport(b, file, size, kind.write)
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), importChild+"="+file)
			child.Stderr = os.Stderr
			begun := time.Now()
			out, err := child.Output()
			if err != nil {
				b.Fatal(err)
			}
			took := time.Since(begun)
			var was imported
			if err := json.Unmarshal(out, &was); err != nil {
				b.Fatal(err)
			}
			if was.Entries != n {
				b.Fatalf("%d of %d messages were imported", was.Entries, n)
			}
			most := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindStringSubmatch(was.Status)
			if most == nil {
				b.Skip("this system does not tell what memory a process has")
			}
			kib, err := strconv.ParseInt(most[1], 10, 64)
			if err != nil {
				b.Fatal(err)
			}
			over := float64(kib<<10-was.Database) / (1 << 20)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(over, "over-MiB")
			b.ReportMetric(importAimed>>20, "limit-over-MiB")
			b.ReportMetric(over/(importAimed>>20), "of-limit")
			b.ReportMetric(float64(was.Database)/(1<<20), "database-MiB")
			b.ReportMetric(float64(size)/(1<<20)/took.Seconds(), "MiB/s")
		})
	}
}

func writeExport(b *testing.B, path string, size int64, write func(io.Writer, int64) (int, error)) int {
	b.Helper()
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	n, err := write(w, size)
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// media gives the n-th attachment in base64, which no other one is like.
func media(n int) string {
	size := mediaSize
	if n%100 == 99 {
		size *= 20
	}
	content := make([]byte, size)
	rand.Read(content[:64])
	copy(content[64:], strconv.Itoa(n))
	return base64.StdEncoding.EncodeToString(content)
}

// writeTexts writes an SMS Backup & Restore file: of ten messages one is a
// picture. It gives their number.
func writeTexts(w io.Writer, size int64) (n int, err error) {
	at := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()
	fmt.Fprintf(w, "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses>\n")
	for written := int64(0); written < size; n++ {
		at += 61_000
		if n%10 > 0 {
			fmt.Fprintf(w, `<sms address="+16015550142" date="%d" type="%d" body="see you on Thursday, no. %d" read="1" status="-1" />`+"\n", at, n%2+1, n)
			continue
		}
		data := media(n / 10)
		fmt.Fprintf(w, `<mms address="+16015550142" date="%d" msg_box="1" m_id="m%d"><parts><part seq="0" ct="text/plain" name="null" text="the letter, no. %d"/>
<part seq="1" ct="image/jpeg" name="IMG_%d.jpg" text="null" data="%s"/></parts><addrs><addr address="+16015550142" type="137"/></addrs></mms>`+"\n", at, n, n, n, data)
		written += int64(len(data))
	}
	_, err = fmt.Fprintln(w, "</smses>")
	return n, err
}

// writeMails writes an mbox of which every mail has an attachment.
func writeMails(w io.Writer, size int64) (n int, err error) {
	at := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for written := int64(0); written < size; n++ {
		at = at.Add(time.Hour)
		data := media(n)
		fmt.Fprintf(w, "From ada@example.org %s\nDate: %s\nFrom: Ada <ada@example.org>\nTo: me@example.org\nMessage-ID: <%d@example.org>\nSubject: letter %d\nMIME-Version: 1.0\n",
			at.Format(time.ANSIC), at.Format(time.RFC1123Z), n, n)
		fmt.Fprintf(w, "Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\nHere is the letter, no. %d.\n--b\n", n)
		fmt.Fprintf(w, "Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"%d.pdf\"\nContent-Transfer-Encoding: base64\n\n", n)
		for rest := data; len(rest) > 0; rest = rest[min(76, len(rest)):] { // lines as mail has them
			fmt.Fprintln(w, rest[:min(76, len(rest))])
		}
		_, err = fmt.Fprint(w, "--b--\n\n")
		written += int64(len(data))
	}
	return n, err
}
