package intake

import (
	"strings"
	"unicode"

	"casekeep/vault/record"
)

// parseAddresses reads an address list (RFC 5322, section 3.4) as mailers
// really write them: it never fails, and takes what it can. Groups are their
// members; comments are dropped.
func parseAddresses(value, role string, limit int) (out []record.Party) {
	for _, one := range splitAddresses(value) {
		if len(out) == limit {
			break
		}
		if p, ok := parseAddress(one); ok {
			p.Role = role
			out = append(out, p)
		}
	}
	return out
}

// splitAddresses cuts a list at the commas and semicolons that separate
// addresses, drops comments and the names of groups.
func splitAddresses(value string) (out []string) {
	var b strings.Builder
	var quoted, angle bool
	comment := 0
	flush := func() {
		if s := strings.TrimSpace(b.String()); s != "" {
			out = append(out, s)
		}
		b.Reset()
	}
	for i := 0; i < len(value); i++ {
		c := value[i]
		switch {
		case c == '\\' && i+1 < len(value) && (quoted || comment > 0):
			i++
			if comment == 0 {
				b.WriteByte(c)
				b.WriteByte(value[i])
			}
		case comment > 0:
			comment += nesting(c)
		case c == '"':
			quoted = !quoted
			b.WriteByte(c)
		case quoted:
			b.WriteByte(c)
		case c == '(':
			comment++
		case (c == ',' || c == ';') && !angle:
			flush()
		case c == ':' && !angle:
			b.Reset()
		default:
			angle = c == '<' || angle && c != '>'
			b.WriteByte(c)
		}
	}
	flush()
	return out
}

func nesting(c byte) int {
	switch c {
	case '(':
		return 1
	case ')':
		return -1
	}
	return 0
}

// parseAddress reads one address: "Name <address>", or the address alone.
func parseAddress(s string) (record.Party, bool) {
	name, address := "", s
	if from := strings.LastIndexByte(s, '<'); from >= 0 {
		name = s[:from]
		address, _, _ = strings.Cut(s[from+1:], ">")
	} else if at := strings.IndexFunc(s, unicode.IsSpace); at >= 0 && !strings.Contains(s[:at], "@") {
		if last := strings.LastIndexFunc(s, unicode.IsSpace); strings.Contains(s[last:], "@") {
			name, address = s[:last], s[last+1:]
		}
	}
	p := record.Party{Name: displayName(name), Address: NormalizeEmail(plainHeader(address))}
	if !strings.Contains(p.Address, "@") || strings.ContainsFunc(p.Address, unicode.IsSpace) {
		if p.Name == "" {
			p.Name = displayName(address)
		}
		p.Address = ""
	}
	if p.Name == p.Address {
		p.Name = ""
	}
	return p, p != record.Party{}
}

// maxDisplayName bounds a name, in bytes.
const maxDisplayName = 200

func displayName(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		s = unescape(s[1 : len(s)-1])
	}
	return cut(strings.TrimSpace(decodeWords(s)), maxDisplayName)
}

// unescape drops the backslashes of a quoted string.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
