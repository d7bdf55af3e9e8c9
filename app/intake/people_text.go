package intake

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"

	"casekeep/vault/record"
)

func readBounded(r io.Reader) ([]byte, record.Hash, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxPeopleFile+1))
	if err != nil {
		return nil, record.Hash{}, fmt.Errorf("the file could not be read to its end: %w", err)
	}
	if len(raw) > maxPeopleFile {
		return nil, record.Hash{}, fmt.Errorf("the file is larger than the %d MB that a list may have: split it", maxPeopleFile>>20)
	}
	return raw, sha256.Sum256(raw), nil
}

// Marks at the beginning of a file that say how it is encoded.
var (
	markUTF8   = []byte{0xEF, 0xBB, 0xBF}
	markLittle = []byte{0xFF, 0xFE}
	markBig    = []byte{0xFE, 0xFF}
)

// peopleText decodes a list: its mark decides, then the zero bytes of UTF-16,
// then whether it is UTF-8; what is none of these is Windows-1252, in which
// spreadsheets in English save.
func peopleText(raw []byte) (text, charset string, err error) {
	switch {
	case workbook(raw):
		return "", "", errors.New("this is no text: open it in the spreadsheet and save it as CSV")
	case bytes.HasPrefix(raw, markUTF8):
		return strings.ToValidUTF8(string(raw[len(markUTF8):]), mark), "UTF-8", nil
	case bytes.HasPrefix(raw, markLittle), bytes.HasPrefix(raw, markBig):
		return decodeUTF16(raw, utf16.UTF16(utf16.BigEndian, utf16.UseBOM))
	case zeros(raw, 1) > len(raw)/4:
		return decodeUTF16(raw, utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM))
	case zeros(raw, 0) > len(raw)/4:
		return decodeUTF16(raw, utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM))
	case bytes.IndexByte(raw, 0) >= 0:
		return "", "", errors.New("this is no text: open it in the spreadsheet and save it as CSV")
	case utf8.Valid(raw):
		return string(raw), "UTF-8", nil
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	return string(out), "Windows-1252", err
}

func decodeUTF16(raw []byte, from encoding.Encoding) (string, string, error) {
	out, err := from.NewDecoder().Bytes(raw)
	return string(out), "UTF-16", err
}

// workbook tells the files in which spreadsheets keep themselves: zip archives
// (xlsx, ods, numbers), compound files (xls) and PDF.
func workbook(raw []byte) bool {
	for _, begin := range []string{"PK\x03\x04", "\xD0\xCF\x11\xE0", "%PDF"} {
		if bytes.HasPrefix(raw, []byte(begin)) {
			return true
		}
	}
	return false
}

// zeros counts the zero bytes at even (0) or odd (1) places of the beginning.
func zeros(raw []byte, odd int) int {
	n := 0
	for i := odd; i < min(len(raw), 4096); i += 2 {
		if raw[i] == 0 {
			n++
		}
	}
	return n
}

// cellText joins lines by spaces and drops what nobody sees.
func cellText(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0' || unicode.IsControl(r):
			return ' '
		case r == '\uFEFF' || r == '\u200b' || r == '\u2060':
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
