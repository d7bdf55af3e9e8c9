package main

import (
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// A class of faults, and what became of it.
type class struct {
	name   string
	states int
	failed int
	took   time.Duration
}

// table shows the classes with what was tried, and a total. Counted holds the
// lines that crash.Tally wrote. A test that ended before it counted anything
// stands under its own name; a skipped one says so.
func table(ended []outcome, counted string, took time.Duration) string {
	classes, of := readTally(counted)
	for _, o := range ended {
		name, known := of[o.name]
		if !known {
			if name = o.name; o.skipped {
				name += " (skipped)"
			}
			classes = append(classes, &class{name: name})
		}
		for _, c := range classes {
			if c.name == name {
				c.took += o.took
				if o.failed {
					c.failed++
				}
				break
			}
		}
	}
	total := class{name: "total", took: took}
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 3, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "states\tfailures\ttime\t  class\t")
	for _, c := range classes {
		c.line(w)
		total.states += c.states
		total.failed += c.failed
	}
	total.line(w)
	w.Flush()
	return out.String()
}

func (c *class) line(w *tabwriter.Writer) {
	fmt.Fprintf(w, "%d\t%d\t%v\t  %s\n", c.states, c.failed, c.took.Round(100*time.Millisecond), c.name)
}

// readTally adds the states of each class up, in the order in which they first
// come, and gives the class that each test's time and end count for: its first.
func readTally(counted string) (classes []*class, of map[string]string) {
	of = map[string]string{}
	byName := map[string]*class{}
	for line := range strings.Lines(counted) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 3 {
			continue
		}
		n, err := strconv.Atoi(fields[1])
		if err != nil {
			continue
		}
		c := byName[fields[0]]
		if c == nil {
			c = &class{name: fields[0]}
			byName[c.name] = c
			classes = append(classes, c)
		}
		c.states += n
		test, _, _ := strings.Cut(fields[2], "/")
		if of[test] == "" {
			of[test] = c.name
		}
	}
	return classes, of
}
