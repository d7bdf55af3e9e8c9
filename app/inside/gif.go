package inside

// Blocks of a GIF file (CompuServe, "Graphics Interchange Format 89a", sections
// 18, 20, 23 to 27).
const (
	gifHeader     = 13 // with the logical screen descriptor
	gifImage      = 0x2C
	gifExtension  = 0x21
	gifDescriptor = 10 // with its separator
	hasTable      = 0x80
	tableSize     = 0x07
)

// gifFrames counts the pictures of a GIF without decoding them; at least 1.
func gifFrames(b []byte) int {
	frames := 0
	at := gifHeader
	if len(b) > gifHeader {
		at += gifTable(b[10])
	}
	for at < len(b) {
		switch b[at] {
		case gifExtension:
			at = afterBlocks(b, at+2)
		case gifImage:
			if at+gifDescriptor >= len(b) {
				return max(frames, 1)
			}
			frames++
			at = afterBlocks(b, at+gifDescriptor+gifTable(b[at+9])+1)
		default:
			return max(frames, 1)
		}
	}
	return max(frames, 1)
}

// gifTable gives the bytes of the color table that flags announce.
func gifTable(flags byte) int {
	if flags&hasTable == 0 {
		return 0
	}
	return 3 << (flags&tableSize + 1)
}

// afterBlocks passes over blocks that each state their size, up to an empty one.
func afterBlocks(b []byte, at int) int {
	for at < len(b) && b[at] != 0 {
		at += int(b[at]) + 1
	}
	return at + 1
}
