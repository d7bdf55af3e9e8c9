package produce

import (
	"crypto/rand"
	_ "embed"
	"math/big"
	"strconv"
	"strings"
)

// The lists that passphrases are made of: words that are easily said and
// spelled over a telephone, and cities.
var (
	//go:embed words.txt
	wordList string
	//go:embed places.txt
	placeList string

	words  = strings.Fields(wordList)
	places = strings.Fields(placeList)
)

// wordsIn is how many words a passphrase has before its number and its place.
const wordsIn = 4

// newPassphrase makes a passphrase such as ladder-ochre-candle-river-42-Venice,
// of 48 bits. Each guess at it costs the 64 rounds and more of hashing and
// encrypting that a protected PDF asks for (ISO 32000-2, algorithm 2.B).
func newPassphrase() string {
	var parts []string
	for range wordsIn {
		parts = append(parts, words[pick(len(words))])
	}
	parts = append(parts, strconv.Itoa(10+pick(90)), places[pick(len(places))])
	return strings.Join(parts, "-")
}

// pick gives a number below n, each with the same chance.
func pick(n int) int {
	i, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic(err) // crypto/rand never fails: it ends the program itself
	}
	return int(i.Int64())
}
