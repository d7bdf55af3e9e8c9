package sealed

import "strings"

// A secret key of age is Bech32: a prefix, the digit 1, and characters of five
// bits each, of which the last six are a checksum (BIP 173). age reads it; here
// is what finds a mistake that somebody made in typing it.
const bech32Charset = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

var bech32Generator = [5]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3}

// bech32Step takes five bits more into a checksum.
func bech32Step(sum uint32, v byte) uint32 {
	top := sum >> 25
	sum = sum&0x1ffffff<<5 ^ uint32(v)
	for i, g := range bech32Generator {
		if top>>i&1 == 1 {
			sum ^= g
		}
	}
	return sum
}

// bech32Sum gives the checksum over prefix and data, in lower case: 0 where they
// are as they were written.
func bech32Sum(prefix, data string) uint32 {
	sum := uint32(1)
	for _, c := range []byte(prefix) {
		sum = bech32Step(sum, c>>5)
	}
	sum = bech32Step(sum, 0)
	for _, c := range []byte(prefix) {
		sum = bech32Step(sum, c&31)
	}
	for _, c := range []byte(data) {
		sum = bech32Step(sum, byte(strings.IndexByte(bech32Charset, c)))
	}
	return sum ^ 1
}

// bech32Wrong gives where in data one or two characters are wrong, if putting
// them right makes the checksum right: the code tells any two mistakes within 89
// characters from any two others. What changes the sum is linear, so each
// mistake's part in it can be looked up.
func bech32Wrong(prefix, data string) (at []int) {
	wrong := bech32Sum(prefix, data)
	caused := map[uint32]int{} // by a mistake there
	for i := range data {
		for v := byte(1); v < 32; v++ {
			caused[bech32Trace(v, len(data)-1-i)] = i
		}
	}
	if i, ok := caused[wrong]; ok {
		return []int{i}
	}
	for sum, i := range caused {
		if j, ok := caused[wrong^sum]; ok && i != j {
			return []int{min(i, j), max(i, j)}
		}
	}
	return nil
}

// bech32Trace gives what a difference of v does to the checksum, so many
// characters before the end.
func bech32Trace(v byte, before int) uint32 {
	sum := bech32Step(0, v)
	for range before {
		sum = bech32Step(sum, 0)
	}
	return sum
}
