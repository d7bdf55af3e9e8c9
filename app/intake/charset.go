package intake

import "strings"

// utf8Name tells the names of UTF-8 and of what is part of it.
func utf8Name(charset string) bool {
	switch strings.ToLower(strings.TrimSpace(charset)) {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return true
	}
	return false
}
