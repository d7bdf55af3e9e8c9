package outside

import (
	"mime"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostName is how many bytes of a name are kept, the ending included: half of
// what file systems take.
const mostName = 120

// endings are those that go with a MIME type, where a name has none. The
// system's own table differs from computer to computer.
var endings = map[string]string{
	"image/jpeg": ".jpg", "image/jpg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp",
	"image/bmp": ".bmp", "image/tiff": ".tif", "image/heic": ".heic", "image/heif": ".heic",
	"application/pdf": ".pdf", "text/plain": ".txt", "text/csv": ".csv", "text/vcard": ".vcf", "text/x-vcard": ".vcf",
	"text/calendar": ".ics", "message/rfc822": ".eml", "text/html": ".html",
	"audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/amr": ".amr", "audio/ogg": ".ogg", "audio/wav": ".wav", "audio/x-wav": ".wav",
	"video/mp4": ".mp4", "video/3gpp": ".3gp", "video/quicktime": ".mov",
}

// SafeName makes a file name out of one that came from elsewhere. It stays in
// its folder, shows its real ending (no marks that turn the direction of
// writing), begins with no dot or hyphen, and is a name on every system
// (Microsoft, "Naming Files, Paths, and Namespaces").
func SafeName(name, kind string) string {
	name = strings.Map(safeRune, strings.ToValidUTF8(name, "_"))
	name = strings.TrimRight(strings.TrimLeft(name, ".- "), ". ")
	ending := Ending(name)
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	if ending == "" {
		stem, ending = name, endings[mediaType(kind)]
	}
	for len(stem)+len(ending) > mostName {
		_, size := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-size]
	}
	if stem = strings.TrimRight(stem, ". "); stem == "" {
		stem = "attachment"
	}
	if isDevice(stem) {
		stem = "_" + stem
	}
	return stem + ending
}

func safeRune(r rune) rune {
	switch {
	case unicode.Is(unicode.Cf, r) && r != '\u200d': // emoji are joined by U+200D
		return -1
	case unicode.IsControl(r), r == '\u2028', r == '\u2029', strings.ContainsRune(`/\:*?"<>|%`, r):
		return '_'
	}
	return r
}

// Ending gives the ending of a file name in lower case, with its dot, or "".
// What is longer than any that programs use is part of the name.
func Ending(name string) string {
	ext := strings.ToLower(filepath.Ext(name))
	if len(ext) < 2 || len(ext) > 12 || strings.ContainsAny(ext, " _") {
		return ""
	}
	return ext
}

func mediaType(kind string) string {
	media, _, err := mime.ParseMediaType(kind)
	if err != nil {
		media, _, _ = strings.Cut(strings.ToLower(kind), ";")
	}
	return strings.TrimSpace(media)
}

// isDevice reports whether Windows takes a name for a device whatever ending it
// has.
func isDevice(stem string) bool {
	stem, _, _ = strings.Cut(strings.ToUpper(stem), ".")
	switch stem = strings.TrimSpace(stem); stem {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) && unicode.IsDigit(rune(stem[3]))
}
