package phrase

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"casekeep/app"
	"casekeep/vault/record"
)

// What is said under a field is short, for it must fit.
var (
	errClock    = errors.New("write a time as 2:40 PM")
	errDuration = errors.New("write minutes, or 1:10 for an hour and ten")
)

var clockForm = regexp.MustCompile(`^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(a|am|p|pm|a\.m\.|p\.m\.)?$`)

// ParseClock reads a time of day as people type it: 2:40 pm, 2pm, 14:40, 1440,
// noon. It gives hour and minute. A time without AM or PM is taken as written
// on a clock of 24 hours.
func ParseClock(text string) (hour, minute int, err error) {
	text = strings.ToLower(strings.TrimSpace(text))
	switch text {
	case "noon":
		return 12, 0, nil
	case "midnight":
		return 0, 0, nil
	}
	parts := clockForm.FindStringSubmatch(text)
	if parts == nil {
		return 0, 0, errClock
	}
	hour, minute = number(parts[1]), number(parts[2])
	half := strings.TrimSuffix(strings.ReplaceAll(parts[3], ".", ""), "m")
	if half != "" && (hour < 1 || hour > 12) || hour > 23 || minute > 59 {
		return 0, 0, errClock
	}
	if half != "" {
		hour %= 12
	}
	if half == "p" {
		hour += 12
	}
	return hour, minute, nil
}

var durationForm = regexp.MustCompile(`^(?:(\d{1,2})\s*(?:h|hr|hrs|hour|hours)\s*)?(?:(\d{1,3})\s*(?:m|min|mins|minute|minutes)?)?$`)

// ParseDuration reads how long a contact took: 50, 50 min, 1:10, 1 h 10 min.
// The empty text is not stated: 0.
func ParseDuration(text string) (time.Duration, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return 0, nil
	}
	if hours, minutes, found := strings.Cut(text, ":"); found && isDigits(hours) && isDigits(minutes) {
		text = hours + "h" + minutes
	}
	parts := durationForm.FindStringSubmatch(text)
	if parts == nil {
		return 0, errDuration
	}
	d := time.Duration(number(parts[1]))*time.Hour + time.Duration(number(parts[2]))*time.Minute
	if d > 24*time.Hour {
		return 0, errDuration
	}
	return d, nil
}

// Duration gives a length of time: "50 min", "1 h 10 min", "40 s".
func Duration(d time.Duration) string {
	d = d.Round(time.Second)
	hours, minutes, seconds := int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60
	switch {
	case hours > 0 && minutes > 0:
		return fmt.Sprintf("%d h %d min", hours, minutes)
	case hours > 0:
		return fmt.Sprintf("%d h", hours)
	case minutes > 0 && (minutes >= 10 || seconds == 0):
		return fmt.Sprintf("%d min", minutes)
	case minutes > 0:
		return fmt.Sprintf("%d min %d s", minutes, seconds)
	}
	return fmt.Sprintf("%d s", seconds)
}

// Size gives a file's size: "212 KB", "1.2 MB".
func Size(bytes int64) string { return app.Size(bytes) }

// ShortHash gives the beginning of a digest, enough to tell files apart by
// eye.
func ShortHash(h record.Hash) string { return h.String()[:12] + "…" }

func isDigits(w string) bool {
	return w != "" && strings.Trim(w, "0123456789") == ""
}

func number(w string) int {
	n, _ := strconv.Atoi(w)
	return n
}
