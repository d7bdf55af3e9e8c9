package upright

import (
	"encoding/binary"
	"math"
)

// typeShort is TIFF's number for numbers of 16 bits.
const typeShort = 3

// TIFFTag gives the number of a tag in the first directory of a TIFF structure
// (Adobe, "TIFF Revision 6.0", section 2); 0: it has none; the largest: it has
// several, or none that can be.
func TIFFTag(tiff []byte, tag uint16) uint32 {
	if len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 0
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 0
		}
		if order.Uint16(entries) == tag {
			if order.Uint32(entries[4:]) != 1 {
				return math.MaxUint32
			}
			if order.Uint16(entries[2:]) == typeShort {
				return uint32(order.Uint16(entries[8:]))
			}
			return order.Uint32(entries[8:])
		}
		entries = entries[12:]
	}
	return 0
}
