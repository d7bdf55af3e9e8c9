package practice

import (
	"fmt"
	"slices"
)

// idleOffers are the idle times to choose from, in minutes; 0 never locks.
var idleOffers = []int{2, 5, 10, 15, 30, 60, 0}

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
