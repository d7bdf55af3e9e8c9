package assets

import (
	"slices"
	"strings"
	"testing"
)

func TestEachLicense(t *testing.T) {
	all := EachLicense()
	if len(all) < 40 {
		t.Fatalf("%d licenses", len(all))
	}
	for _, l := range all {
		if len(l.Text) < 100 && !strings.HasPrefix(l.Of[0], "github.com/tetratelabs/wazero") || slices.Contains(l.Of, "") || strings.Contains(l.Text, licenseRule) {
			t.Errorf("the license of %q is %d bytes long", l.Of, len(l.Text))
		}
	}
}

func TestHeading(t *testing.T) {
	for text, want := range map[string]string{
		"MIT License\n\nCopyright (c) 2021 The authors\n\nPermission": "MIT License · Copyright (c) 2021 The authors",
		"Copyright 2019 The authors\nCopyright 2020 Others\n":         "Copyright 2019 The authors",
		"// Copyright 2009 The authors\n// Redistribution":            "Copyright 2009 The authors",
		"-----\nApache License\nVersion 2.0\nCopyright [yyyy] [name]": "Apache License",
		"This profile may be used.\n":                                 "This profile may be used.",
	} {
		if got := (License{Text: text}).Heading(); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}
