package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"casekeep/app"
	"casekeep/vault/record"
)

// logFlags are an entry as the command line describes one.
type logFlags struct {
	client, channel, direction string
	at, zone, text, subject    string
	outcome, purpose, location string
	duration                   time.Duration
	attach                     []string
	textGiven                  bool
}

func (m *Main) logCommand() *cobra.Command {
	var c common
	var f logFlags
	cmd := &cobra.Command{
		Use:   "log VAULT --client C --channel CHANNEL --direction in|out [--text TEXT]",
		Short: "Log a contact in a client's timeline",
		Long:  "Log a contact in a client's timeline. Without --text its text is read from standard input.",
		Example: `  casekeep log "My Practice.casekeep" --client "Dana Reyes" --channel call --direction in --text "Asked to move Friday."
  casekeep log "My Practice.casekeep" --client "Dana Reyes" --channel in-person --direction out --at 2026-11-20T15:00:00-06:00 --duration 50m < note.txt`,
		Args: takes("VAULT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			entry, err := f.entry(cmd)
			if err != nil {
				return err
			}
			if !f.textGiven { // before the vault is opened: whoever writes it may take their time
				if entry.Body, err = m.readText(); err != nil {
					return err
				}
			}
			return m.within(cmd.Context(), args[0], c, func(p *app.Practice) (answer, error) {
				return logEntry(cmd.Context(), p, f, entry)
			})
		},
	}
	clientFlag(cmd, &f.client)
	flags := cmd.Flags()
	flags.StringVar(&f.channel, "channel", "", "the `CHANNEL`: "+oneOf(record.Channels()))
	flags.StringVar(&f.direction, "direction", "", "`DIRECTION`: in (from the client), out (to the client), or third (a third person)")
	flags.StringVar(&f.at, "at", "", "when it took place, as `2026-11-20T14:30:00-06:00` (RFC 3339); now if not given")
	flags.StringVar(&f.zone, "zone", "", "the time zone it was said in, `Area/City`; the practice's if not given")
	flags.StringVar(&f.text, "text", "", "what was said or done; read from standard input if not given (`TEXT`)")
	flags.StringVar(&f.subject, "subject", "", "the `SUBJECT` of an email or letter")
	flags.StringVar(&f.outcome, "outcome", "", "what came of it, such as \"missed\" or \"left voicemail\" (`OUTCOME`)")
	flags.StringVar(&f.purpose, "purpose", "", "what it was for, where it was no service: `screening`, crisis or administrative")
	flags.StringVar(&f.location, "location", "", "where the client was, as \"Memphis, Tennessee\" (`PLACE`)")
	flags.DurationVar(&f.duration, "duration", 0, "how `LONG` a call, video or session took, as 50m")
	flags.StringArrayVar(&f.attach, "attach", nil, "a `FILE` to keep with the entry; repeat for each")
	c.flags(cmd)
	return cmd
}

// entry makes the entry, all but its client and a text from standard input.
func (f *logFlags) entry(cmd *cobra.Command) (record.Entry, error) {
	f.textGiven = cmd.Flags().Changed("text")
	e := record.Entry{
		Channel: record.Channel(f.channel), Direction: record.Direction(f.direction), Body: f.text, Subject: f.subject,
		Outcome: f.outcome, Duration: f.duration, Purpose: record.Purpose(f.purpose), Location: f.location,
	}
	if err := needFlags(cmd, "client", "channel", "direction"); err != nil {
		return e, err
	}
	switch {
	case !e.Channel.Valid():
		return e, usagef("%q is not a channel: use %s", f.channel, oneOf(record.Channels()))
	case !e.Direction.Valid():
		return e, usagef("%q is not a direction: use in (from the client), out (to the client) or third", f.direction)
	case !e.Purpose.Valid():
		return e, usagef("%q is not a purpose: use screening, crisis or administrative; none is a service", f.purpose)
	case f.duration < 0:
		return e, usagef("a duration cannot be negative")
	}
	return e, f.setTime(&e)
}

// setTime sets when it took place. A time that carries an offset carries its
// zone; one in UTC ("Z") says nothing of where it was said (RFC 3339 4.3).
func (f *logFlags) setTime(e *record.Entry) error {
	if f.zone != "" {
		if _, err := record.ParseZone(f.zone); err != nil {
			return usageError{err.Error()}
		}
		e.Zone, e.ZoneBasis = f.zone, record.ZoneStated
	}
	if f.at == "" {
		return nil
	}
	at, err := time.Parse(time.RFC3339, f.at)
	if err != nil {
		return usagef("%q is not a time: write it as 2026-11-20T14:30:00-06:00", f.at)
	}
	e.At = at
	if f.zone == "" && !strings.HasSuffix(f.at, "Z") {
		e.Zone, e.ZoneBasis = at.Format("-07:00"), record.ZoneStated
	}
	return nil
}

func logEntry(ctx context.Context, p *app.Practice, f logFlags, e record.Entry) (answer, error) {
	client, err := p.FindClient(ctx, f.client)
	if err != nil {
		return answer{}, err
	}
	e.Client = client.ID
	if err := nameZone(ctx, p, &e); err != nil {
		return answer{}, err
	}
	var files []app.Upload
	for _, path := range f.attach {
		files = append(files, app.FileUpload(path))
	}
	e, err = p.Log(ctx, e, files...)
	return answer{loggedEntry{e, int(e.Duration.Seconds())}, func(w io.Writer) {
		fmt.Fprintf(w, "Logged %s, %s, %s; id %s.\n", describe(e), client.Name, when(e.At, e.TimeZone()), e.ID)
	}}, err
}

// loggedEntry states the duration in seconds.
type loggedEntry struct {
	record.Entry
	Duration int `json:"duration,omitempty"`
}

// nameZone gives a stated offset the practice's zone where that has the same
// offset at the time: its name says more.
func nameZone(ctx context.Context, p *app.Practice, e *record.Entry) error {
	if !strings.HasPrefix(e.Zone, "+") && !strings.HasPrefix(e.Zone, "-") {
		return nil
	}
	settings, err := p.Settings(ctx)
	if err != nil {
		return err
	}
	if e.At.In(record.LoadZone(settings.Zone)).Format("-07:00") == e.Zone {
		e.Zone = settings.Zone
	}
	return nil
}

// maxText bounds what is read from standard input, in bytes: one more than an
// entry may hold, so that too long a text is refused and not cut.
const maxText = 8<<20 + 1

func (m *Main) readText() (string, error) {
	if f, ok := m.Stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprintln(m.Stderr, "Write what was said or done; a line with Ctrl+D alone ends it.")
	}
	text, err := io.ReadAll(io.LimitReader(m.Stdin, maxText))
	if err != nil {
		return "", errors.Join(errors.New("the text could not be read from standard input"), err)
	}
	return strings.TrimRight(string(text), "\r\n"), nil
}

// describe gives an entry's channel and direction: "call from the client".
func describe(e record.Entry) string {
	channel := string(e.Channel)
	if e.Channel == record.InPerson {
		channel = "in-person contact"
	}
	switch e.Direction {
	case record.In:
		return channel + " from the client"
	case record.Out:
		return channel + " to the client"
	}
	return channel + " with a third person"
}
