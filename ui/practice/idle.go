package practice

import (
	"fmt"
	"slices"
)

// idleOffers are the idle times to choose from, in minutes; 0 never locks.
var idleOffers = []int{1, 2, 5, 10, 15, 30, 60, 0}

// idleMinutes gives the offers, with the time that is set if it is another.
func idleMinutes(set int) []int {
	if slices.Contains(idleOffers, set) {
		return idleOffers
	}
	return append([]int{set}, idleOffers...)
}

func idleNames(set ...int) []string {
	minutes := idleOffers
	if len(set) > 0 {
		minutes = idleMinutes(set[0])
	}
	var names []string
	for _, m := range minutes {
		switch m {
		case 0:
			names = append(names, "Never lock by itself")
		case 1:
			names = append(names, "1 minute")
		case 60:
			names = append(names, "An hour")
		default:
			names = append(names, fmt.Sprintf("%d minutes", m))
		}
	}
	return names
}

func idleIndex(set int) int { return slices.Index(idleMinutes(set), set) }

// clipboardOffers are for how many seconds a copied text stays on the
// clipboard; below 0 until the lock.
var clipboardOffers = []int{15, 30, 60, 300, -1}

// clipboardSeconds gives the offers, with the time that is set if it is another.
func clipboardSeconds(set int) []int {
	if slices.Contains(clipboardOffers, set) {
		return clipboardOffers
	}
	return append([]int{set}, clipboardOffers...)
}

func clipboardNames(set int) []string {
	var names []string
	for _, s := range clipboardSeconds(set) {
		switch {
		case s < 0:
			names = append(names, "When the vault locks")
		case s == 60:
			names = append(names, "After a minute")
		case s%60 == 0:
			names = append(names, fmt.Sprintf("After %d minutes", s/60))
		default:
			names = append(names, fmt.Sprintf("After %d seconds", s))
		}
	}
	return names
}

// clipboardSet gives the seconds that are set: 0 is 30, and each time below 0
// means the same.
func clipboardSet(seconds int) int {
	switch {
	case seconds == 0:
		return 30
	case seconds < 0:
		return -1
	}
	return seconds
}

func clipboardIndex(set int) int { return slices.Index(clipboardSeconds(set), set) }
