package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestNotInstalled(t *testing.T) {
	lines := "gcc installed\nqpdf config-files\nlibc6-dev installed\nlibc6-dev installed\nxvfb unpacked\n"
	needs := []string{"xvfb", "gcc", "libc6-dev", "qpdf", "openbox", "openbox"}
	got := notInstalled(needs, lines)
	if want := []string{"openbox", "qpdf", "xvfb"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if needs[0] != "xvfb" {
		t.Errorf("the list of what is needed was changed: %q", needs)
	}
}

// A fakeSystem stands for a Debian machine: dpkg-query, apt-get and sudo that
// keep their state in files of one folder, and write down how they were called.
type fakeSystem struct{ folder string }

const (
	fakeQuery = `#!/bin/sh
state=$(dirname "$0"); shift 3; code=0
for name; do
	if grep -qx "$name" "$state/installed"; then echo "$name installed"; else code=1; fi
done
exit $code
`
	fakeApt = `#!/bin/sh
state=$(dirname "$0")
echo "$DEBIAN_FRONTEND apt-get $*" >> "$state/calls"
shift 3
case $1 in
update) [ ! -e "$state/offline" ] || { echo "cannot reach the archive" >&2; exit 100; }; touch "$state/lists" ;;
install) [ -e "$state/lists" ] || { echo "Unable to locate package" >&2; exit 100; }
	shift 3; for name; do echo "$name" >> "$state/installed"; done ;;
esac
`
	fakeSudo = `#!/bin/sh
state=$(dirname "$0")
[ -e "$state/password" ] && { echo "sudo: a password is required" >&2; exit 1; }
echo "sudo $*" >> "$state/calls"
shift; exec "$@"
`
)

// newFakeSystem puts a system with these packages first on the PATH.
func newFakeSystem(t *testing.T, installed ...string) fakeSystem {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the stand-ins are shell scripts")
	}
	s := fakeSystem{t.TempDir()}
	for name, script := range map[string]string{"dpkg-query": fakeQuery, "apt-get": fakeApt, "sudo": fakeSudo} {
		if err := os.WriteFile(filepath.Join(s.folder, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	s.write(t, "installed", strings.Join(installed, "\n")+"\n")
	s.write(t, "calls", "")
	t.Setenv("PATH", s.folder+string(os.PathListSeparator)+os.Getenv("PATH"))
	return s
}

func (s fakeSystem) write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(s.folder, name), []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (s fakeSystem) calls(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(s.folder, "calls"))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// linuxProject is a project on Linux as a user, and what it prints.
func linuxProject(t *testing.T, euid int) (*project, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	return &project{root: t.TempDir(), goos: "linux", euid: euid, stdout: &out, stderr: &out, env: os.Environ()}, &out
}

const (
	aptUpdate  = "noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 update\n"
	aptInstall = "noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends qpdf xvfb\n"
)

func TestSetUpLeavesACompleteSystemAlone(t *testing.T) {
	system := newFakeSystem(t, "gcc", "qpdf", "xvfb")
	p, out := linuxProject(t, 0)
	if err := p.setUp(t.Context(), []string{"xvfb", "gcc"}); err != nil {
		t.Fatal(err)
	}
	if calls := system.calls(t); calls != "" || out.Len() > 0 {
		t.Errorf("nothing is missing, but it called %q and printed %q", calls, out)
	}
}

func TestSetUpInstallsAsRoot(t *testing.T) {
	system := newFakeSystem(t, "gcc")
	system.write(t, "lists", "")
	p, out := linuxProject(t, 0)
	if err := p.setUp(t.Context(), []string{"xvfb", "gcc", "qpdf"}); err != nil {
		t.Fatal(err)
	}
	if calls := system.calls(t); calls != aptInstall {
		t.Errorf("it called %q", calls)
	}
	if !strings.Contains(out.String(), "Installing 2 system packages with apt-get: qpdf xvfb") {
		t.Errorf("it printed %q", out)
	}
	if missing, err := p.missingPackages(t.Context(), []string{"xvfb", "gcc", "qpdf"}); err != nil || len(missing) > 0 {
		t.Errorf("still missing: %q, %v", missing, err)
	}
}

func TestSetUpFetchesTheListsOnceWhereTheyAreNeeded(t *testing.T) {
	system := newFakeSystem(t, "gcc")
	p, _ := linuxProject(t, 0)
	if err := p.setUp(t.Context(), []string{"qpdf", "xvfb"}); err != nil {
		t.Fatal(err)
	}
	if calls := system.calls(t); calls != aptInstall+aptUpdate+aptInstall {
		t.Errorf("it called %q", calls)
	}
}

func TestSetUpShowsWhyAptGetFailed(t *testing.T) {
	system := newFakeSystem(t, "gcc")
	system.write(t, "offline", "")
	p, _ := linuxProject(t, 0)
	err := p.setUp(t.Context(), []string{"qpdf", "xvfb"})
	if err == nil || !strings.Contains(err.Error(), "apt-get update failed") || !strings.Contains(err.Error(), "cannot reach the archive") {
		t.Errorf("got %v", err)
	}
}

func TestSetUpUsesSudoThatAsksForNoPassword(t *testing.T) {
	system := newFakeSystem(t, "gcc")
	system.write(t, "lists", "")
	p, _ := linuxProject(t, 1000)
	if err := p.setUp(t.Context(), []string{"qpdf", "xvfb"}); err != nil {
		t.Fatal(err)
	}
	if calls := system.calls(t); !strings.Contains(calls, "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get") || !strings.HasSuffix(calls, aptInstall) {
		t.Errorf("it called %q", calls)
	}
}

func TestSetUpWithoutRightsPrintsTheOneCommand(t *testing.T) {
	system := newFakeSystem(t, "gcc")
	system.write(t, "password", "")
	p, _ := linuxProject(t, 1000)
	err := p.setUp(t.Context(), []string{"qpdf", "xvfb", "gcc"})
	const command = "\n  sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends qpdf xvfb'"
	if err == nil || !strings.HasSuffix(err.Error(), command) {
		t.Errorf("got %v", err)
	}
	if calls := system.calls(t); calls != "" {
		t.Errorf("it called %q", calls)
	}
}

func TestInstallCommandWithoutSudo(t *testing.T) {
	const want = "su -c 'apt-get update && apt-get install -y --no-install-recommends qpdf xvfb'"
	if got := installCommand([]string{"qpdf", "xvfb"}, false); got != want {
		t.Errorf("got %s", got)
	}
}

func TestSetUpWithoutDpkgNamesWhatIsNeeded(t *testing.T) {
	folder := t.TempDir()
	compiler := filepath.Join(folder, "cc")
	goCommand := "#!/bin/sh\necho " + compiler + "\n"
	if err := os.WriteFile(filepath.Join(folder, "go"), []byte(goCommand), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder)
	p, out := linuxProject(t, 1000)
	err := p.setUp(t.Context(), []string{"qpdf", "xvfb"})
	if err == nil || !strings.Contains(err.Error(), "install gcc") {
		t.Errorf("without a compiler: %v", err)
	}
	if !strings.Contains(out.String(), "qpdf, xvfb") {
		t.Errorf("it printed %q", out)
	}
	if err := os.WriteFile(compiler, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := p.setUp(t.Context(), []string{"qpdf", "xvfb"}); err != nil {
		t.Errorf("with a compiler: %v", err)
	}
}

// Each list names a package once, in order, so that a reader finds it.
func TestPackageLists(t *testing.T) {
	for name, list := range map[string][]string{
		"compiler": compilerPackages, "desktop": desktopPackages, "screen": screenPackages, "reader": readerPackages,
	} {
		if !slices.IsSorted(list) {
			t.Errorf("the %s packages are not in order: %q", name, list)
		}
	}
	all := testNeeds()
	slices.Sort(all)
	if once := slices.Compact(slices.Clone(all)); len(once) != len(all) {
		t.Errorf("a package is named twice: %q", all)
	}
}
