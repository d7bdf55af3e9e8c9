package assets

import _ "embed"

// Protects is the help page "What Casekeep protects, and what it cannot", in the
// small Markdown that app/policy reads. Its claims are those of the package
// documentation of vault/sealed, vault/backup and app/outside, in plain words.
//
//go:embed help/protects.md
var Protects string
