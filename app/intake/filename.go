package intake

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxFilename is the longest name that common file systems take, in bytes,
// with room for a number.
const maxFilename = 200

// cleanName makes an attachment's name harmless: no folders, no characters
// that hide or reorder others or that a file system refuses, no leading or
// trailing dots. Without a name it is numbered by its type.
func cleanName(name, mimeType string, number int) string {
	name = strings.ReplaceAll(strings.ToValidUTF8(name, mark), `\`, "/")
	name = name[strings.LastIndex(name, "/")+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r) && r != '\u200D': // joins emoji
			return -1
		case unicode.IsControl(r) || strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(name, " .")
	if name == "" {
		return fmt.Sprintf("attachment-%d%s", number, extension(mimeType))
	}
	return shorten(name)
}

// shorten keeps a name's extension.
func shorten(name string) string {
	if len(name) <= maxFilename {
		return name
	}
	ext := path.Ext(name)
	if len(ext) > 16 {
		ext = ""
	}
	stem := cut(name, maxFilename-len(ext))
	for !utf8.ValidString(stem) {
		stem = stem[:len(stem)-1]
	}
	return stem + ext
}

// extensions of what phones send. The system's own table differs from one
// computer to the next.
var extensions = map[string]string{
	"image/jpeg": ".jpg", "image/jpg": ".jpg", "image/png": ".png", "image/gif": ".gif",
	"image/webp": ".webp", "image/heic": ".heic", "image/bmp": ".bmp",
	"video/mp4": ".mp4", "video/3gpp": ".3gp", "video/quicktime": ".mov",
	"audio/amr": ".amr", "audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/ogg": ".ogg", "audio/3gpp": ".3gp",
	"text/plain": ".txt", "text/html": ".html", "text/x-vcard": ".vcf", "text/vcard": ".vcf",
	"text/calendar": ".ics", "text/x-vcalendar": ".vcs", "message/rfc822": ".eml", "application/pdf": ".pdf",
}

func extension(mimeType string) string { return extensions[mediaType(mimeType)] }

// mediaType gives a MIME type in lower case without its parameters, or
// "application/octet-stream" for what is none. The empty one stays empty.
func mediaType(s string) string {
	s, _, _ = strings.Cut(s, ";")
	if s = strings.ToLower(strings.TrimSpace(s)); s == "" || validType(s) {
		return s
	}
	return "application/octet-stream"
}

// validType tells a type and subtype as RFC 6838, section 4.2 allows them.
func validType(s string) bool {
	kind, sub, _ := strings.Cut(s, "/")
	if kind == "" || sub == "" || len(kind) > 127 || len(sub) > 127 {
		return false
	}
	return !strings.ContainsFunc(kind+sub, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune("!#$&-^_.+", r))
	})
}
