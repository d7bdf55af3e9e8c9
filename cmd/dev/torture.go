package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// tortureVerb runs the tests that put the program under fault, with every state
// that they know of, and prints how many those were.
func tortureVerb(ctx context.Context, p *project, args []string) error {
	rest, err := parse(flag.NewFlagSet("torture", flag.ContinueOnError), args)
	if err != nil {
		return err
	}
	pattern := "."
	switch {
	case len(rest) > 1:
		return usageError{"torture takes one pattern"}
	case len(rest) == 1:
		pattern = rest[0]
	}
	wanted, err := regexp.Compile(pattern)
	if err != nil {
		return usageError{fmt.Sprintf("torture: %v", err)}
	}
	found, err := findTrials(p.root, wanted)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return usageError{fmt.Sprintf("torture: no test under fault matches %q", pattern)}
	}
	if err := p.setUp(ctx, headlessNeeds()); err != nil {
		return err
	}
	return p.torture(ctx, found)
}

// torture runs the trials one package after another, and prints the table.
func (p *project) torture(ctx context.Context, found []trials) error {
	folder, err := os.MkdirTemp("", "torture")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	log := filepath.Join(folder, "log")
	began := time.Now()
	var ended []outcome
	for _, f := range found {
		outcomes, err := p.with("CASEKEEP_TORTURE=1", "CASEKEEP_TORTURE_LOG="+log).try(ctx, f)
		ended = append(ended, outcomes...)
		if err != nil && len(failed(outcomes)) == 0 && ctx.Err() == nil {
			ended = append(ended, outcome{name: f.pkg, failed: true})
		}
		if ctx.Err() != nil {
			break
		}
	}
	counted, err := os.ReadFile(log)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	fmt.Fprint(p.stdout, "\n", table(ended, string(counted), time.Since(began)))
	if n := len(failed(ended)); n > 0 {
		return fmt.Errorf("%s failed", count(n, "test"))
	}
	return ctx.Err()
}

// outcome is how one test ended.
type outcome struct {
	name    string
	failed  bool
	skipped bool
	took    time.Duration
}

func failed(all []outcome) (out []outcome) {
	for _, o := range all {
		if o.failed {
			out = append(out, o)
		}
	}
	return out
}

// try runs the trials of one package and tells of each as it ends.
func (p *project) try(ctx context.Context, f trials) ([]outcome, error) {
	fmt.Fprintf(p.stdout, "\n== %s\n", f.pkg)
	run := "^(" + strings.Join(f.tests, "|") + ")$"
	test := p.command(ctx, "go", "test", "-json", "-count", "1", "-timeout", "3h", "-tags", headlessTags, "-run", run, f.pkg)
	test.Stdout = nil
	pipe, err := test.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := test.Start(); err != nil {
		return nil, err
	}
	r := &reporter{p: p, output: map[string]*bytes.Buffer{}}
	lines := bufio.NewScanner(pipe)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		r.event(lines.Bytes())
	}
	return r.ended, errors.Join(lines.Err(), test.Wait())
}

// reporter reads what go test -json writes.
type reporter struct {
	p      *project
	output map[string]*bytes.Buffer // of each test; "": of the package
	ended  []outcome
}

func (r *reporter) event(line []byte) {
	var e struct {
		Action, Test, Output string
		Elapsed              float64 // seconds
	}
	if json.Unmarshal(line, &e) != nil { // what the compiler says
		fmt.Fprintf(r.p.stdout, "%s\n", line)
		return
	}
	name, _, sub := strings.Cut(e.Test, "/")
	switch e.Action {
	case "build-output":
		fmt.Fprint(r.p.stdout, e.Output)
	case "output":
		if r.output[name] == nil {
			r.output[name] = new(bytes.Buffer)
		}
		r.output[name].WriteString(e.Output)
	case "pass", "fail", "skip":
		if !sub {
			r.end(outcome{name, e.Action == "fail", e.Action == "skip", time.Duration(e.Elapsed * float64(time.Second))})
		}
	}
}

func (r *reporter) end(o outcome) {
	said := r.output[o.name]
	if o.name == "" { // the package: its tests have spoken, but for one in which it broke off
		if o.failed && len(failed(r.ended)) == 0 {
			for _, name := range slices.Sorted(maps.Keys(r.output)) {
				if !slices.ContainsFunc(r.ended, func(o outcome) bool { return o.name == name }) {
					fmt.Fprint(r.p.stdout, r.output[name])
				}
			}
		}
		return
	}
	r.ended = append(r.ended, o)
	switch {
	case o.failed:
		fmt.Fprintf(r.p.stdout, "%sFAILED: %s after %v\n", said, o.name, o.took)
	case o.skipped:
		fmt.Fprint(r.p.stdout, said)
	default:
		fmt.Fprintf(r.p.stdout, "passed: %s in %v\n", o.name, o.took)
	}
}
