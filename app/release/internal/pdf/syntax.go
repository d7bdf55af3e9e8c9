package pdf

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// textString encodes a text string: ASCII as it is, anything else as UTF-16
// with a byte order mark (ISO 32000-2, 7.9.2.2).
func textString(s string) []byte {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] > 0x7e {
			plain = false
			break
		}
	}
	if plain {
		return []byte(s)
	}
	return append([]byte{0xfe, 0xff}, utf16BE(s)...)
}

func utf16BE(s string) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(s)) {
		b = append(b, byte(unit>>8), byte(unit))
	}
	return b
}

// Date gives a time in the form of PDF dates (ISO 32000-2, 7.9.4), to stand
// in a string.
func Date(t time.Time) string {
	_, seconds := t.Zone()
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	return fmt.Sprintf("D:%s%c%02d'%02d'", t.Format("20060102150405"), sign, seconds/3600, seconds/60%60)
}

// Number writes a coordinate or a color: at most three decimals, never an
// exponent.
func Number(x float64) string {
	return string(appendNumber(nil, x))
}

func appendNumber(b []byte, x float64) []byte {
	// Three decimals are 1/72,000 inch. Rounding first keeps "-0" out.
	thousandths := int64(x*1000 + 0.5)
	if x < 0 {
		thousandths = int64(x*1000 - 0.5)
	}
	if thousandths < 0 {
		b = append(b, '-')
		thousandths = -thousandths
	}
	b = strconv.AppendInt(b, thousandths/1000, 10)
	if rest := thousandths % 1000; rest != 0 {
		digits := strconv.Itoa(int(rest + 1000))[1:]
		b = append(b, '.')
		b = append(b, strings.TrimRight(digits, "0")...)
	}
	return b
}
