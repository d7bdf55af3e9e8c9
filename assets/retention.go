package assets

import _ "embed"

// RetentionRules are the rules on how long records are kept that come with the
// program, one for each state and territory and one for paperwork, as a JSON
// list of record.RetentionRule. A rule without clauses is blank: no period is
// known, so that records are kept until the practitioner enters one. None is
// confirmed.
//
//go:embed retention.json
var RetentionRules []byte
