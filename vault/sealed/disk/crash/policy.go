package crash

import (
	"fmt"
	"math/rand/v2"
)

// Sector is what a disk writes at once, in bytes.
const Sector = 512

// Named is a policy with a name for the test's report.
type Named struct {
	Name string
	Policy
}

func never(Op) bool     { return false }
func nothing(Op) []Part { return nil }

// Classes gives the policies that are the same each time: all kept, all lost,
// names without data, data without names, sizes without content, and later
// sectors before the first.
func Classes() []Named {
	return []Named{
		{"all kept", Policy{}},
		{"all lost", Policy{Name: never, Data: nothing}},
		{"names without data", Policy{Data: nothing}},
		{"data without names", Policy{Name: never}},
		{"sizes without data", Policy{Data: func(op Op) []Part { return []Part{{To: len(op.Data), Zero: true}} }}},
		{"the first sector lost", Policy{Data: func(op Op) []Part {
			first := min(Sector-int(op.Off%Sector), len(op.Data))
			return []Part{{From: first, To: len(op.Data)}}
		}}},
		{"all but the last byte", Policy{Data: func(op Op) []Part {
			return []Part{{To: max(len(op.Data)-1, 0)}}
		}}},
	}
}

// Torn gives a policy that cuts every unsynced write off at a sector.
func Torn(r *rand.Rand) Named {
	return Named{"torn at a sector", Policy{Data: func(op Op) []Part {
		cut := int(op.Off%Sector) + r.IntN(len(op.Data)/Sector+2)*Sector
		return prefix(op, cut-int(op.Off%Sector))
	}}}
}

// TornAnywhere gives a policy that cuts every unsynced write off at any byte.
func TornAnywhere(r *rand.Rand) Named {
	return Named{"torn at a byte", Policy{Data: func(op Op) []Part {
		return prefix(op, r.IntN(len(op.Data)+1))
	}}}
}

func prefix(op Op, n int) []Part {
	n = min(max(n, 0), len(op.Data))
	if n == 0 && op.Kind == Write {
		return nil
	}
	return []Part{{To: n}}
}

// Shuffled gives a policy by which each change of names, and each sector of each
// write, survives by chance: so later ones come before earlier ones.
func Shuffled(r *rand.Rand) Named {
	return Named{"in any order", Policy{
		Name: func(Op) bool { return r.IntN(2) == 0 },
		Data: func(op Op) []Part { return sectors(op, r) },
	}}
}

func sectors(op Op, r *rand.Rand) (parts []Part) {
	if op.Kind == Truncate {
		return whole(op)[:r.IntN(2)]
	}
	for from := 0; from < len(op.Data); {
		to := min(from+Sector-int((op.Off+int64(from))%Sector), len(op.Data))
		switch r.IntN(4) {
		case 0:
			parts = append(parts, Part{From: from, To: to, Zero: true})
		case 1, 2:
			parts = append(parts, Part{From: from, To: to})
		}
		from = to
	}
	return parts
}

// Scattered gives a policy by which each change of names survives by chance, and
// of each write stretches that begin and end at any byte.
func Scattered(r *rand.Rand) Named {
	return Named{"in any order, torn at a byte", Policy{
		Name: func(Op) bool { return r.IntN(2) == 0 },
		Data: func(op Op) (parts []Part) {
			if op.Kind == Truncate {
				return whole(op)[:r.IntN(2)]
			}
			for from := 0; from < len(op.Data); {
				to := from + 1 + r.IntN(len(op.Data)-from)
				if kind := r.IntN(3); kind > 0 {
					parts = append(parts, Part{From: from, To: to, Zero: kind == 2})
				}
				from = to
			}
			return parts
		},
	}}
}

// mostSubsets bounds the changes of which every subset is tried.
const mostSubsets = 6

// Subsets gives a policy for every subset of the changes in doubt, each kept
// whole or lost; none where there are too many.
func (d *Disk) Subsets() (out []Named) {
	bit := map[change]int{}
	note := func(op Op) {
		if c := changeOf(op); bit[c] == 0 {
			bit[c] = 1 << len(bit)
		}
	}
	for _, c := range d.pending {
		note(c.op)
	}
	for _, n := range d.nodes {
		for _, c := range n.unsynced() {
			note(c.op)
		}
	}
	if len(bit) > mostSubsets {
		return nil
	}
	for kept := range 1 << len(bit) {
		keeps := func(op Op) bool { return kept&bit[changeOf(op)] != 0 }
		out = append(out, Named{fmt.Sprintf("subset %b of %d changes", kept, len(bit)), Policy{
			Name: keeps,
			Data: func(op Op) []Part {
				if keeps(op) {
					return whole(op)
				}
				return nil
			},
		}})
	}
	return out
}

// change is what tells an operation from the others that are in doubt.
type change struct {
	kind     Kind
	path, to string
	off      int64
	length   int
	node     int
}

func changeOf(op Op) change { return change{op.Kind, op.Path, op.To, op.Off, len(op.Data), op.node} }

// Lost gives policies that each lose one of the changes in doubt and keep the
// others.
func (d *Disk) Lost() (out []Named) {
	for i, c := range d.pending {
		lost := i
		seen := -1
		out = append(out, Named{fmt.Sprintf("lost: %s %s", c.op.Kind, c.op.Path), Policy{Name: func(Op) bool {
			seen++
			return seen%len(d.pending) != lost
		}}})
	}
	return out
}
