package main

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strconv"
)

// benchVerb runs the benchmarks one package at a time, so that none disturbs
// another, and prints the lines that benchstat reads.
func benchVerb(ctx context.Context, p *project, args []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	entries := flags.Int("n", 0, "")
	mib := flags.Int("mib", 0, "")
	duration := flags.String("benchtime", "1s", "")
	repeat := flags.Int("count", 1, "")
	aims := flags.Bool("aims", false, "")
	rest, err := parse(flags, args)
	if err != nil {
		return err
	}
	pattern := "."
	switch {
	case len(rest) > 1:
		return usageError{"bench takes one pattern, after its flags"}
	case len(rest) == 1:
		pattern = rest[0]
	}
	if *entries < 0 || *mib < 0 || *repeat < 1 {
		return usageError{"bench: -n, -mib and -count take a positive number"}
	}
	needs := testNeeds()
	if *aims {
		needs = headlessNeeds()
		if *entries == 0 {
			*entries = aimedEntries
		}
	}
	if err := p.setUp(ctx, needs); err != nil {
		return err
	}
	if err := p.installAge(ctx); err != nil {
		return err
	}
	if *entries > 0 {
		p = p.with("CASEKEEP_BENCH_ENTRIES=" + strconv.Itoa(*entries))
	}
	if *mib > 0 {
		p = p.with("CASEKEEP_BENCH_MIB=" + strconv.Itoa(*mib))
	}
	p, forget, err := p.withVaults()
	if err != nil {
		return err
	}
	defer forget()
	if *aims {
		return p.benchAims(ctx, pattern)
	}
	return p.goTool(ctx, "test", "-tags", p.desktopTags(), "-p", "1", "-timeout", "2h", "-run", "^$",
		"-bench", pattern, "-benchmem", "-benchtime", *duration, "-count", strconv.Itoa(*repeat), everyPackage)
}

// withVaults gives the benchmarks a folder for the vaults that they make, so that
// every package takes the same; unless CASEKEEP_BENCH_DIR names one already, whose
// vaults are kept. It lies in the user's cache: where temporary files are in
// memory, syncing them says nothing.
func (p *project) withVaults() (with *project, forget func(), err error) {
	const name = "CASEKEEP_BENCH_DIR"
	if os.Getenv(name) != "" {
		return p, func() {}, nil
	}
	cache, err := os.UserCacheDir()
	if err == nil {
		cache = filepath.Join(cache, "casekeep-dev")
		err = os.MkdirAll(cache, 0o700)
	}
	if err != nil {
		return nil, nil, err
	}
	dir, err := os.MkdirTemp(cache, "bench-")
	if err != nil {
		return nil, nil, err
	}
	return p.with(name+"="+dir, "TMPDIR="+dir), func() { os.RemoveAll(dir) }, nil
}
