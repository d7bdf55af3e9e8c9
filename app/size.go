package app

import "strconv"

// Size gives a number of bytes as people read it: "212 KB", "1.2 MB".
func Size(bytes int64) string {
	switch {
	case bytes < 1000:
		return strconv.FormatInt(bytes, 10) + " bytes"
	case bytes < 999_500:
		return strconv.FormatInt((bytes+500)/1000, 10) + " KB"
	case bytes < 999_500_000:
		return strconv.FormatFloat(float64(bytes)/1e6, 'f', 1, 64) + " MB"
	}
	return strconv.FormatFloat(float64(bytes)/1e9, 'f', 1, 64) + " GB"
}
