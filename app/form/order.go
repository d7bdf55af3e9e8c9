package form

import "casekeep/vault/record"

var orderSpecs = []Spec{{
	Form: record.FormOrder, Title: "Order", Act: "File an order", Book: true,
	About:     "What puts entries of a record out of sight. It names the record by its number, and says nothing of what they held.",
	Standards: []string{"TSP 3.08", "TSP 7.01"},
	Sections: []Section{{Fields: []Field{
		happened("Of which day"),
		need(line("authority", "Court or authority", "Hinds County Chancery Court; or the law itself")),
		line("number", "Number", "of the order or the case"),
		choice("ground", "Ground", []Option{{record.GroundCourt, "Sealed by a court"}, {record.GroundPrivileged, "Privileged"},
			{record.GroundUnlawful, "Unlawful to hold"}}),
		need(area("asks", "What it asks", "Without repeating what is put out of sight.")),
		need(line("record", "Number of the record", "2026-017")),
	}}},
	empty: func() any { return new(record.Order) },
	subject: func(data any, _ Naming) string {
		o := data.(*record.Order)
		return joinedBy(", ", o.Authority, o.Number)
	},
}}
