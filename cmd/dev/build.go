package main

import (
	"context"
	"flag"
)

// program is the package of Casekeep itself.
const program = "./cmd/casekeep"

// buildVerb leaves the program at build/casekeep.
func buildVerb(ctx context.Context, p *project, args []string) error {
	flags := flag.NewFlagSet("build", flag.ContinueOnError)
	headless := flags.Bool("headless", false, "")
	rest, err := parse(flags, args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return usageError{"build takes no arguments: " + rest[0]}
	}
	needs := desktopNeeds()
	buildTags := p.desktopTags()
	if *headless {
		needs, buildTags = headlessNeeds(), headlessTags
	}
	if err := p.setUp(ctx, needs); err != nil {
		return err
	}
	return p.build(ctx, p.binary("casekeep"), buildTags)
}

// build compiles the program into a file.
func (p *project) build(ctx context.Context, file, tags string) error {
	return p.goTool(ctx, "build", "-tags", tags, "-o", file, program)
}
