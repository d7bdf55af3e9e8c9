package vault

import (
	"os"
	"strings"
	"time"
)

// localZoneName asks the system for the name behind the local zone: Go knows
// only its rules. Without a name the present offset must do.
func localZoneName() string {
	if target, err := os.Readlink("/etc/localtime"); err == nil {
		if _, name, found := strings.Cut(target, "zoneinfo/"); found {
			if _, err := time.LoadLocation(name); err == nil {
				return name
			}
		}
	}
	if text, err := os.ReadFile("/etc/timezone"); err == nil {
		name := strings.TrimSpace(string(text))
		if _, err := time.LoadLocation(name); err == nil && name != "" {
			return name
		}
	}
	return time.Now().Format("-07:00")
}
