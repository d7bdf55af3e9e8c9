package intake

import "bytes"

// decodeQuoted appends to dst what quoted-printable text stands for (RFC 2045,
// section 6.7). "=" with anything but two digits or a line end behind it is
// kept as it is, as mail programs do.
func decodeQuoted(dst, text []byte) []byte {
	for len(text) > 0 {
		i := bytes.IndexByte(text, '=')
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:i]...)
		text = text[i+1:]
		if len(text) >= 2 {
			hi, lo := hexDigit(text[0]), hexDigit(text[1])
			if hi >= 0 && lo >= 0 {
				dst = append(dst, byte(hi<<4|lo))
				text = text[2:]
				continue
			}
		}
		line, rest := nextLine(text)
		if len(bytes.TrimRight(line, " \t\r\n")) > 0 {
			dst = append(dst, '=')
			continue
		}
		text = rest
	}
	return dst
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}
