package backup

// place is where a page is.
type place struct{ pack, at int32 }

// places unfolds a page map.
func places(runs []run) []place {
	var all []place
	for _, r := range runs {
		for i := range r[2] {
			all = append(all, place{int32(r[0]), int32(r[1] + i)})
		}
	}
	return all
}

// runsOf folds places up.
func runsOf(all []place) []run {
	runs := []run{}
	for _, p := range all {
		if n := len(runs); n > 0 {
			if last := &runs[n-1]; last[0] == int64(p.pack) && last[1]+last[2] == int64(p.at) {
				last[2]++
				continue
			}
		}
		runs = append(runs, run{int64(p.pack), int64(p.at), 1})
	}
	return runs
}

// keepUsed drops packs that no page is in.
func keepUsed(refs []packRef, all []place) []packRef {
	used := []packRef{}
	number := map[int32]int32{}
	for i, p := range all {
		n, known := number[p.pack]
		if !known {
			n = int32(len(used))
			number[p.pack] = n
			used = append(used, refs[p.pack])
		}
		all[i].pack = n
	}
	return used
}
