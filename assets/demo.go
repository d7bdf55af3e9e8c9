package assets

import "embed"

// Demo holds the sample practice, demo/NN-NAME.txt: invented people, one file
// each. What its lines mean stands at the reader in app.
//
//go:embed demo/*.txt
var Demo embed.FS
