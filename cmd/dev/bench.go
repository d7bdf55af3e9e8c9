package main

import (
	"context"
	"flag"
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
	if err := p.setUp(ctx, testNeeds()); err != nil {
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
	return p.goTool(ctx, "test", "-tags", p.desktopTags(), "-p", "1", "-timeout", "2h", "-run", "^$",
		"-bench", pattern, "-benchmem", "-benchtime", *duration, "-count", strconv.Itoa(*repeat), everyPackage)
}
