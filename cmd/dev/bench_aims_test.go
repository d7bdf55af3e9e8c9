package main

import (
	"strings"
	"testing"
)

func TestAimTable(t *testing.T) {
	const printed = `goos: linux
BenchmarkAimOpen/entries=100000-2  	 1	 24.83 MB/s	 1009 age-least-ms	 1729 limit-p50-ms	 1.080 of-limit	 1867 p50-ms
BenchmarkAimLog/entries=1000-2  	 1	 1956 limit-p50-µs	 0.4903 of-limit	 959.2 p50-µs
BenchmarkAimOpen
ok  	casekeep/vault	1.2s
`
	var out strings.Builder
	held, all, err := aimTable(&out, strings.NewReader(printed))
	if held != 1 || all != 2 || err != nil {
		t.Errorf("%d of %d are met: %v", held, all, err)
	}
	for _, want := range []string{
		"goos: linux", "BenchmarkAimOpen\n", "ok  \tcasekeep/vault",
		"Open/entries=100000                           1867 p50-ms         1729      1.08  missed  24.83 MB/s, 1009 age-least-ms\n",
		"Log/entries=1000                             959.2 p50-µs         1956      0.49  met",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, out.String())
		}
	}
}
