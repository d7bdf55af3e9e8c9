package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// aimedEntries is the size at which most aims are set.
const aimedEntries = 1_000_000

// aimed begins the names of the benchmarks that measure an aim. Each reports a
// figure in some unit, "limit-" and that unit, and "of-limit", the share of the
// limit that the figure takes up.
const aimed = "BenchmarkAim"

// benchAims runs the benchmarks of the aims whose names, less BenchmarkAim, match,
// and prints each as a row of a table as soon as it is measured.
func (p *project) benchAims(ctx context.Context, pattern string) error {
	cmd := p.command(ctx, "go", "test", "-tags", headlessTags, "-p", "1", "-timeout", "2h", "-run", "^$",
		"-bench", "^"+aimed+".*"+pattern, "-benchtime", "1x", "./vault", "./app")
	out, in := io.Pipe()
	cmd.Stdout = in
	ended := make(chan error, 1)
	go func() {
		err := cmd.Run()
		in.Close()
		ended <- err
	}()
	held, all, err := aimTable(p.stdout, out)
	if failed := <-ended; failed != nil {
		return fmt.Errorf("the benchmarks failed: %w", failed)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "\n%d of %d aims are met.\n", held, all)
	return nil
}

// aimTable turns what go test prints into the table, and counts the aims that
// are met. What is no figure is printed as it is.
func aimTable(to io.Writer, from io.Reader) (held, all int, err error) {
	const row = "%-44s %12s %12s  %8s  %-6s  %s\n"
	lines := bufio.NewScanner(from)
	for lines.Scan() {
		a, ok := readAim(lines.Text())
		if !ok {
			fmt.Fprintln(to, lines.Text())
			continue
		}
		if all == 0 {
			fmt.Fprintf(to, row, "what", "figure", "limit", "share", "", "beside it")
		}
		all++
		verdict := "missed"
		if a.share <= 1 {
			held++
			verdict = "met"
		}
		fmt.Fprintf(to, row, a.name, a.figure+" "+a.unit, a.limit, fmt.Sprintf("%.2f", a.share), verdict, strings.Join(a.beside, ", "))
	}
	return held, all, lines.Err()
}

// aim is one benchmark's result.
type aim struct {
	name, figure, limit, unit string
	share                     float64
	beside                    []string // the other figures
}

// readAim reads a line of the benchmark format
// (https://go.dev/design/14313-benchmark-format): a name, a count, then values
// each with its unit.
func readAim(line string) (a aim, ok bool) {
	fields := strings.Fields(line)
	if len(fields) < 4 || len(fields)%2 != 0 || !strings.HasPrefix(fields[0], aimed) {
		return a, false
	}
	a.name = strings.TrimPrefix(fields[0], aimed)
	if at := strings.LastIndexByte(a.name, '-'); at >= 0 { // the number of processors
		a.name = a.name[:at]
	}
	values := map[string]string{}
	for i := 2; i < len(fields); i += 2 {
		values[fields[i+1]] = fields[i]
		if unit, limit := strings.CutPrefix(fields[i+1], "limit-"); limit {
			a.limit, a.unit = fields[i], unit
		}
	}
	a.figure = values[a.unit]
	a.share, _ = strconv.ParseFloat(values["of-limit"], 64)
	for i := 2; i < len(fields); i += 2 {
		if unit := fields[i+1]; unit != a.unit && unit != "of-limit" && !strings.HasPrefix(unit, "limit-") {
			a.beside = append(a.beside, fields[i]+" "+unit)
		}
	}
	return a, a.figure != "" && values["of-limit"] != ""
}
