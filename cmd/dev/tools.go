package main

import (
	"context"
	"debug/buildinfo"
	"fmt"
	"strings"
)

// ageVersion is that of the age commands the tests open vaults with. Debian 12's
// own is 1.1.1, which knows no post-quantum keys.
const ageVersion = "v1.3.2"

var ageCommands = []string{"age", "age-keygen"}

// installAge leaves the age commands in build/bin, which comes first on the PATH
// of every command that dev runs.
func (p *project) installAge(ctx context.Context) error {
	var missing []string
	for _, name := range ageCommands {
		if builtVersion(p.binary("bin/"+name)) != ageVersion {
			missing = append(missing, "filippo.io/age/cmd/"+name+"@"+ageVersion)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	fmt.Fprintf(p.stdout, "Installing %s in build/bin\n", strings.Join(missing, " "))
	return p.with("GOBIN="+p.path("build", "bin")).goTool(ctx, append([]string{"install"}, missing...)...)
}

// builtVersion is the module version that a Go program was built from, "" where
// there is no such program.
func builtVersion(file string) string {
	info, err := buildinfo.ReadFile(file)
	if err != nil {
		return ""
	}
	return info.Main.Version
}
