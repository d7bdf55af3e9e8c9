package main

import (
	"context"
	"flag"
	"strings"
	"time"
)

const everyPackage = "./..."

// testVerb sets up and runs the checks, one after the other.
func testVerb(ctx context.Context, p *project, args []string) error {
	flags := flag.NewFlagSet("test", flag.ContinueOnError)
	short := flags.Bool("short", false, "")
	packages, err := parse(flags, args)
	if err != nil {
		return err
	}
	for _, name := range packages {
		if strings.HasPrefix(name, "-") {
			return usageError{"test: flags come before packages: " + name}
		}
	}
	steps := p.everyStep(*short)
	if len(packages) > 0 {
		steps = p.stepsFor(packages, *short)
	}
	return runSteps(ctx, p.stdout, time.Now, steps)
}

// everyStep lists the checks of the whole project. What fails fastest comes first.
func (p *project) everyStep(short bool) []step {
	all := []string{everyPackage}
	steps := []step{
		{"set-up", p.setUpTests},
		{"formatting", p.checkFormat},
		{"the tags a build needs", p.checkTags},
		{"build", func(ctx context.Context) error { return p.build(ctx, p.binary("casekeep"), p.desktopTags()) }},
		{"headless build", p.checkHeadless},
		p.vetStep("vet", p.readTags(), all),
		p.vetStep("headless vet", headlessTags, []string{program}),
		p.staticcheckStep(all),
		p.testStep("tests", p.desktopTags(), short, all),
		p.testStep("headless tests", headlessTags, short, []string{program}),
	}
	if !short && p.goos == "linux" {
		steps = append(steps, step{"tour of the desktop", p.tour})
	}
	return steps
}

// stepsFor lists the checks that say something about these packages alone.
func (p *project) stepsFor(packages []string, short bool) []step {
	return []step{
		{"set-up", p.setUpTests},
		{"formatting", p.checkFormat},
		p.vetStep("vet", p.readTags(), packages),
		p.staticcheckStep(packages),
		p.testStep("tests", p.desktopTags(), short, packages),
	}
}

// readTags let vet and staticcheck read the tests that want a screen, too.
func (p *project) readTags() string { return p.desktopTags("tour", "shots") }

func (p *project) setUpTests(ctx context.Context) error {
	if err := p.setUp(ctx, testNeeds()); err != nil {
		return err
	}
	return p.installAge(ctx)
}

func (p *project) vetStep(name, tags string, packages []string) step {
	args := append([]string{"vet", "-tags", tags}, packages...)
	return step{name, func(ctx context.Context) error { return p.goTool(ctx, args...) }}
}

func (p *project) staticcheckStep(packages []string) step {
	args := append([]string{"tool", "staticcheck", "-tags", p.readTags()}, packages...)
	return step{"staticcheck", func(ctx context.Context) error { return p.goTool(ctx, args...) }}
}

func (p *project) testStep(name, tags string, short bool, packages []string) step {
	args := []string{"test", "-tags", tags, "-timeout", "30m"}
	if short {
		args = append(args, "-short")
	}
	args = append(args, packages...)
	return step{name, func(ctx context.Context) error { return p.goTool(ctx, args...) }}
}
