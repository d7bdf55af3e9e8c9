package inside

import (
	"bytes"
	"mime"
	"path"
	"slices"
	"strings"
)

// Kind is how a file can be looked at.
type Kind int

// The kinds.
const (
	Unknown Kind = iota // not inside the window
	Picture
	Text
	HTML
	Mail
	PDF
	HEIC // a picture that only other programs read
)

// HeadSize is how many bytes of a file [KindOf] looks at.
const HeadSize = 4096

// signs begin files of a kind, whatever these are called.
var signs = []struct {
	at   int
	sign string
	kind Kind
}{
	{0, "\xff\xd8\xff", Picture}, {0, "\x89PNG\r\n\x1a\n", Picture}, {0, "GIF87a", Picture}, {0, "GIF89a", Picture},
	{0, "BM", Picture}, {0, "II*\x00", Picture}, {0, "MM\x00*", Picture}, {8, "WEBP", Picture},
	{4, "ftypheic", HEIC}, {4, "ftypheix", HEIC}, {4, "ftypmif1", HEIC}, {4, "ftypheim", HEIC}, {4, "ftypavif", HEIC},
	{0, "%PDF-", PDF},
}

// named are the kinds of MIME types and of endings. Text types that are not
// listed are shown as text.
var named = map[string]Kind{
	"text/html": HTML, "application/xhtml+xml": HTML, ".html": HTML, ".htm": HTML, ".xhtml": HTML,
	"message/rfc822": Mail, ".eml": Mail, "application/pdf": PDF, ".pdf": PDF,
	".txt": Text, ".text": Text, ".csv": Text, ".tsv": Text, ".vcf": Text, ".ics": Text, ".log": Text, ".md": Text, ".json": Text, ".xml": Text,
	"application/json": Text, "application/xml": Text, "text/vcard": Text, "text/calendar": Text,
}

// KindOf tells what a file is: by its first bytes, or where these leave it open
// by its MIME type and its name.
func KindOf(name, mimeType string, head []byte) Kind {
	for _, s := range signs {
		if len(head) >= s.at+len(s.sign) && string(head[s.at:s.at+len(s.sign)]) == s.sign && (s.sign != "BM" || isBMP(head)) {
			return s.kind
		}
	}
	media := Media(mimeType)
	kind, known := named[media]
	if !known {
		kind = named[strings.ToLower(path.Ext(name))]
	}
	if kind == Unknown && strings.HasPrefix(media, "text/") {
		kind = Text
	}
	if slices.Contains([]Kind{Text, HTML, Mail}, kind) && !looksLikeText(head) {
		return Unknown
	}
	if kind == PDF && bytes.Contains(head, []byte("%PDF-")) { // junk before it is common (ISO 32000-1, annex H, note 13)
		return PDF
	}
	if kind == PDF {
		return Unknown
	}
	return kind
}

// Offered reports whether a file may be one that can be looked at, by what is
// known before its content is read. Unnamed ones are looked into.
func Offered(name, mimeType string) bool {
	media := Media(mimeType)
	if strings.HasPrefix(media, "audio/") || strings.HasPrefix(media, "video/") || media == "application/zip" {
		return false
	}
	if kind := named[media]; kind != Unknown || strings.HasPrefix(media, "image/") || strings.HasPrefix(media, "text/") {
		return media != "image/svg+xml"
	}
	ending := strings.ToLower(path.Ext(name))
	return named[ending] != Unknown || slices.Contains(pictureEndings, ending) || ending == "" || media == "application/octet-stream" && len(ending) > 5
}

var pictureEndings = []string{".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".heic", ".heif"}

// Media gives the type of a MIME type, without its parameters, in lower case.
func Media(mimeType string) string {
	media, _, _ := strings.Cut(strings.ToLower(mimeType), ";")
	return strings.TrimSpace(media)
}

// Charset gives the charset that a MIME type states, or "".
func Charset(mimeType string) string {
	_, params, err := mime.ParseMediaType(mimeType)
	if err != nil {
		return ""
	}
	return params["charset"]
}

// isBMP tells a bitmap from a text that begins with its two letters: the size of
// its second header is one of those that exist.
func isBMP(head []byte) bool {
	return len(head) >= 18 && slices.Contains([]byte{12, 40, 52, 56, 64, 108, 124}, head[14]) && head[15] == 0 && head[16] == 0 && head[17] == 0
}

// looksLikeText reports whether bytes can be text: UTF-16 with its mark, or
// something without NUL bytes.
func looksLikeText(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) || bytes.IndexByte(head, 0) < 0
}
