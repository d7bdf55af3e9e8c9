package record

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// LoadZone gives the location that a stored zone names: an IANA name such as
// "America/Chicago", or a fixed offset such as "-06:00". A name that this
// computer does not know gives UTC.
func LoadZone(name string) *time.Location {
	zone, err := ParseZone(name)
	if err != nil {
		return time.UTC
	}
	return zone
}

// zones holds the zones that were asked for, since the time package reads a
// file each time; a timeline asks once or more for every entry.
var zones sync.Map // by name, *time.Location

// ParseZone is LoadZone with an error for what is no zone.
func ParseZone(name string) (*time.Location, error) {
	if zone, known := zones.Load(name); known {
		return zone.(*time.Location), nil
	}
	zone, err := readZone(name)
	if err == nil {
		zones.Store(name, zone)
	}
	return zone, err
}

func readZone(name string) (*time.Location, error) {
	if name == "" || name == "UTC" || name == "Z" {
		return time.UTC, nil
	}
	if strings.HasPrefix(name, "+") || strings.HasPrefix(name, "-") {
		t, err := time.Parse("-07:00", name)
		if err != nil {
			return nil, fmt.Errorf("%q is not a time zone offset: write it as -06:00", name)
		}
		_, seconds := t.Zone()
		return time.FixedZone(name, seconds), nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return nil, fmt.Errorf("%q is not a time zone: write it as America/Chicago", name)
	}
	return zone, nil
}
