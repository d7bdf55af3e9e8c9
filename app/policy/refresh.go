package policy

import "slices"

// Refresh writes into a text what has changed in the starter text since the
// version was drafted: drafted is what Draft gave then, now what it gives. A
// block that the practitioner left as it was drafted is replaced; one that was
// rewritten stays, and what the starter text says there now is in left, so that
// the practitioner can decide. Where nothing changed, the text stays as it is.
func Refresh(text, drafted, now string) (refreshed string, left []string) {
	if drafted == now {
		return text, nil
	}
	blocks := Parse(text)
	changed := false
	for _, change := range changesOf(Parse(drafted), Parse(now)) {
		at := find(blocks, change)
		if at < 0 {
			for _, b := range change.now {
				left = append(left, b.Text)
			}
			continue
		}
		blocks = slices.Replace(blocks, at, at+len(change.was), change.now...)
		changed = true
	}
	if !changed {
		return text, left
	}
	return Format(blocks), left
}

// change is a run of blocks that became another run. The block before it, if
// any, tells where it goes when nothing was there.
type change struct {
	was, now []Block
	after    *Block
}

// changesOf gives what turns one list of blocks into another: what lies between
// the blocks that both have, in the longest such series.
func changesOf(was, now []Block) []change {
	common := commonLengths(was, now)
	var changes []change
	i, j := 0, 0
	for i < len(was) || j < len(now) {
		if i < len(was) && j < len(now) && was[i] == now[j] {
			i, j = i+1, j+1
			continue
		}
		c := change{}
		if i > 0 {
			c.after = &was[i-1]
		}
		fromWas, fromNow := i, j
		for (i < len(was) || j < len(now)) && !(i < len(was) && j < len(now) && was[i] == now[j]) {
			if j == len(now) || i < len(was) && common[i+1][j] >= common[i][j+1] {
				i++
			} else {
				j++
			}
		}
		c.was, c.now = was[fromWas:i], now[fromNow:j]
		changes = append(changes, c)
	}
	return changes
}

// commonLengths gives, for each pair of places, the length of the longest series
// of blocks that both lists have from there on.
func commonLengths(a, b []Block) [][]int {
	lengths := make([][]int, len(a)+1)
	for i := range lengths {
		lengths[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			lengths[i][j] = max(lengths[i+1][j], lengths[i][j+1])
			if a[i] == b[j] {
				lengths[i][j] = lengths[i+1][j+1] + 1
			}
		}
	}
	return lengths
}

// find gives where in a text a change belongs, -1 where the text no longer has
// what it replaces.
func find(blocks []Block, c change) int {
	if len(c.was) > 0 {
		for at := range len(blocks) - len(c.was) + 1 {
			if slices.Equal(blocks[at:at+len(c.was)], c.was) {
				return at
			}
		}
		return -1
	}
	if c.after == nil {
		return 0
	}
	at := slices.Index(blocks, *c.after)
	if at < 0 {
		return -1
	}
	return at + 1
}
