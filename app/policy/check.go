package policy

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"casekeep/vault/record"
)

// MaxText is the length of the longest text that a version may have, in bytes.
const MaxText = 64 << 10

// CheckText says what keeps a text from being a version, nil for nothing.
func CheckText(text string) error {
	if len(text) > MaxText {
		return fmt.Errorf("the text is too long (%d KB, the most is %d KB): shorten it, or move a part to another policy",
			(len(text)+1023)>>10, MaxText>>10)
	}
	if !utf8.ValidString(text) {
		return errors.New("the text holds characters that cannot be read: paste it again, or save the file it came from as UTF-8")
	}
	if at := strings.IndexFunc(text, forbidden); at >= 0 {
		line := 1 + strings.Count(text[:at], "\n")
		return fmt.Errorf("line %d of the text holds an invisible control character: type that line again", line)
	}
	for _, b := range Parse(text) {
		if b.Kind != Heading && strings.ContainsFunc(b.Text, legible) {
			return nil
		}
	}
	return errors.New("the text is empty: write the policy, or start again from the starter text")
}

func forbidden(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }

func legible(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

const (
	firstYear   = 1900
	aheadAtMost = 1 // year
)

// CheckEffective says what keeps a date from being the day on which a version
// takes effect, nil for nothing. A policy that was used before the program may
// lie in the past. The version before it took effect on previous; the zero date
// is that there is none.
func CheckEffective(effective, previous, today record.Date) error {
	if effective.IsZero() {
		return errors.New("say from which day this text applies")
	}
	if _, err := record.ParseDate(effective.String()); err != nil {
		return fmt.Errorf("%s is no day of the calendar: check the date", effective)
	}
	switch latest := addYears(today, aheadAtMost); {
	case effective.Year < firstYear:
		return fmt.Errorf("the text cannot apply from %s: check the year", effective.Long())
	case latest.Before(effective):
		return fmt.Errorf("%s is more than a year away: choose a day until %s", effective.Long(), latest.Long())
	case effective.Before(previous):
		return fmt.Errorf("the version before applies from %s: choose that day or a later one", previous.Long())
	}
	return nil
}

// ReviewBy gives the day by which a version is to be looked at again: one year
// after it took effect or was last reviewed (TIP 5). It is unknown where that
// day is.
func ReviewBy(effective record.Date) record.Date { return addYears(effective, 1) }

// addYears gives the same day years later, February 28 for a February 29 that
// there is not.
func addYears(d record.Date, years int) record.Date {
	if d.IsZero() {
		return d
	}
	d.Year += years
	if _, err := record.ParseDate(d.String()); err != nil && d.Month == time.February {
		d.Day = 28
	}
	return d
}
