package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// setUp sees to it that the named Debian packages are there. It installs those
// that are missing, where it may; where it may not, the error holds the one
// command that does. On other systems it only looks for a C compiler.
func (p *project) setUp(ctx context.Context, needs []string) error {
	if p.goos != "linux" {
		return p.findCompiler(ctx)
	}
	missing, err := p.missingPackages(ctx, needs)
	if errors.Is(err, exec.ErrNotFound) {
		fmt.Fprintf(p.stdout, "This system has no dpkg, so nothing is installed. What Debian calls %s must be there.\n",
			strings.Join(needs, ", "))
		return p.findCompiler(ctx)
	}
	if err != nil || len(missing) == 0 {
		return err
	}
	as, allowed := installRights(p.euid, func() bool { return p.sudoWorks(ctx) })
	if !allowed {
		return fmt.Errorf("system packages are missing; install them with this command, then try again:\n  %s",
			installCommand(missing, found("sudo")))
	}
	return p.install(ctx, as, missing)
}

// missingPackages are those of the needed ones that dpkg does not have installed,
// sorted. Its error is exec.ErrNotFound where there is no dpkg.
func (p *project) missingPackages(ctx context.Context, needs []string) ([]string, error) {
	args := append([]string{"-W", "-f", "${Package} ${db:Status-Status}\n"}, needs...)
	query := p.command(ctx, "dpkg-query", args...)
	var found, complaints bytes.Buffer
	query.Stdout, query.Stderr = &found, &complaints
	err := query.Run()
	var exit *exec.ExitError
	// Exit code 1 says that some package is unknown: then it is missing.
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) {
		return nil, fmt.Errorf("dpkg-query cannot tell what is installed: %w\n%s", err, complaints.String())
	}
	return notInstalled(needs, found.String()), nil
}

// notInstalled picks the needed packages that dpkg-query's lines, each a name and
// a status, do not show as installed.
func notInstalled(needs []string, lines string) []string {
	installed := map[string]bool{}
	for line := range strings.Lines(lines) {
		if fields := strings.Fields(line); len(fields) == 2 && fields[1] == "installed" {
			installed[fields[0]] = true
		}
	}
	missing := slices.DeleteFunc(slices.Clone(needs), func(name string) bool { return installed[name] })
	slices.Sort(missing)
	return slices.Compact(missing)
}

// installRights decides whether packages may be installed, and what goes before
// the command: nothing for root, sudo where it asks for no password.
func installRights(euid int, sudoWorks func() bool) (as []string, allowed bool) {
	if euid == 0 {
		return nil, true
	}
	if sudoWorks() {
		return []string{"sudo", "-n"}, true
	}
	return nil, false
}

func (p *project) sudoWorks(ctx context.Context) bool {
	try := p.command(ctx, "sudo", "-n", "true")
	try.Stdout, try.Stderr = nil, nil
	return try.Run() == nil
}

// installCommand is what a person without the rights is told to run. A Debian
// that was given a root password has no sudo.
func installCommand(missing []string, sudo bool) string {
	become := "su -c"
	if sudo {
		become = "sudo sh -c"
	}
	return become + " 'apt-get update && apt-get install -y --no-install-recommends " + strings.Join(missing, " ") + "'"
}

func found(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}

// install brings the packages in. Lists that are absent or stale make the first
// try fail; then they are fetched, once, and it tries again.
func (p *project) install(ctx context.Context, as, missing []string) error {
	fmt.Fprintf(p.stdout, "Installing %s with apt-get: %s\n", count(len(missing), "system package"), strings.Join(missing, " "))
	install := append([]string{"install", "-y", "--no-install-recommends"}, missing...)
	if p.aptGet(ctx, as, install...) == nil {
		return nil
	}
	fmt.Fprintln(p.stdout, "Fetching the package lists first: apt-get update")
	if err := p.aptGet(ctx, as, "update"); err != nil {
		return err
	}
	return p.aptGet(ctx, as, install...)
}

// aptGet asks nothing and prints nothing; what it would have printed is in the
// error.
func (p *project) aptGet(ctx context.Context, as []string, args ...string) error {
	line := slices.Concat(as, []string{"env", "DEBIAN_FRONTEND=noninteractive",
		"apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"}, args)
	cmd := p.command(ctx, line[0], line[1:]...)
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("apt-get %s failed: %w\n%s", args[0], err, output.String())
	}
	return nil
}

// findCompiler looks for the C compiler that Go would call.
func (p *project) findCompiler(ctx context.Context) error {
	ask := p.command(ctx, "go", "env", "CC")
	ask.Stdout = nil
	answer, err := ask.Output()
	if err != nil {
		return fmt.Errorf("go env CC: %w", err)
	}
	if compiler := strings.Fields(string(answer)); len(compiler) > 0 && found(compiler[0]) {
		return nil
	}
	return errors.New(compilerAdvice(p.goos))
}

func compilerAdvice(goos string) string {
	switch goos {
	case "windows":
		return "a C compiler is missing: install MSYS2's mingw-w64 gcc, and put its bin folder on PATH"
	case "darwin":
		return "a C compiler is missing: install Apple's with xcode-select --install"
	default:
		return "a C compiler is missing: install gcc with the system's package manager"
	}
}

// count says how many of a thing there are: "1 step", "3 steps".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
