package assets

import "embed"

// Policies holds the starter texts of the practice's policies, policies/KEY.md:
// Go text/templates over the facts of a practice, in the small Markdown that
// app/policy reads. The texts are ours.
//
//go:embed policies/*.md
var Policies embed.FS
