package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// generate KIND FILE N writes a file that is too large or too strange to stand
// in a script:
//
//	texts      a phone backup of N texts with +1 601 555 0142, one a minute
//	attribute  a phone backup with one text of N megabytes
//	bomb       a phone backup whose entities would unfold to 10 to the N bytes
//	nested     an email with N emails in each other
//	bytes      a file of N bytes
func generate(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: generate KIND FILE N")
	}
	n, err := strconv.Atoi(args[2])
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[1]))
	ts.Check(err)
	w := bufio.NewWriter(f)
	switch args[0] {
	case "texts":
		writeTexts(w, n)
	case "attribute":
		fmt.Fprint(w, `<smses count="2"><sms address="+16015550142" date="1767280020000" type="1" body="`)
		for range n {
			w.WriteString(strings.Repeat("0123456789abcdef", 1<<16))
		}
		fmt.Fprintln(w, `" /><sms address="+16015550142" date="1767280080000" type="1" body="after the flood" /></smses>`)
	case "bomb":
		writeBomb(w, n)
	case "nested":
		writeNested(w, n)
	case "bytes":
		for i := range n {
			w.WriteByte(byte(i * 31))
		}
	default:
		ts.Fatalf("there is no kind %q", args[0])
	}
	ts.Check(w.Flush())
	ts.Check(f.Close())
}

func writeTexts(w io.Writer, n int) {
	first := time.Date(2025, 3, 1, 14, 0, 0, 0, time.UTC)
	fmt.Fprintf(w, "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"%d\">\n", n)
	for i := range n {
		at := first.Add(time.Duration(i) * time.Minute)
		fmt.Fprintf(w, `  <sms protocol="0" address="+16015550142" date="%d" type="%d" subject="null" body="text number %d" read="1" contact_name="Dana" />`+"\n",
			at.UnixMilli(), 1+i%2, i)
	}
	fmt.Fprintln(w, "</smses>")
}

func writeBomb(w *bufio.Writer, n int) {
	fmt.Fprintln(w, `<?xml version="1.0"?>`+"\n"+`<!DOCTYPE smses [<!ENTITY e0 "boom">`)
	for i := range n {
		fmt.Fprintf(w, "<!ENTITY e%d \"%s\">\n", i+1, strings.Repeat(fmt.Sprintf("&e%d;", i), 10))
	}
	fmt.Fprintf(w, "]>\n"+`<smses count="1"><sms address="+16015550142" date="1767280020000" type="1" body="&e%d;" /></smses>`+"\n", n)
}

func writeNested(w *bufio.Writer, n int) {
	for i := range n {
		fmt.Fprintf(w, "From: Dana <dana@example.org>\r\nTo: practitioner@example.org\r\nDate: Mon, 3 Mar 2025 09:00:00 -0600\r\n"+
			"Subject: level %d\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n", i)
	}
	fmt.Fprint(w, "Content-Type: text/plain\r\n\r\nthe innermost words\r\n")
}
