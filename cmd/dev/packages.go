package main

import "slices"

// Debian's names, which are Ubuntu's too, for what Go itself does not bring.
var (
	// compilerPackages build the program without its window.
	compilerPackages = []string{
		"ca-certificates", // without it no module can be fetched
		"gcc",
		"libc6-dev",
	}
	// desktopPackages build the window and draw it.
	desktopPackages = []string{
		"libgl-dev",
		"libgl1-mesa-dri",
		"libx11-dev",
		"libxcursor-dev",
		"libxi-dev",
		"libxinerama-dev",
		"libxrandr-dev",
		"libxxf86vm-dev",
		"pkg-config",
	}
	// screenPackages make a screen in memory, and a hand and an eye for it. The
	// fonts let pages show every script that a client may write in.
	screenPackages = []string{
		"dbus",
		"fonts-noto-cjk",
		"fonts-noto-color-emoji",
		"fonts-noto-core",
		"imagemagick",
		"openbox",
		"xauth",
		"xclip",
		"xdotool",
		"xvfb",
	}
	// readerPackages read what Casekeep writes, and watch it write.
	readerPackages = []string{
		"git",
		"mupdf-tools",
		"poppler-utils",
		"qpdf",
		"sqlite3",
		"strace",
	}
)

func headlessNeeds() []string { return compilerPackages }
func desktopNeeds() []string  { return slices.Concat(compilerPackages, desktopPackages) }
func screenNeeds() []string   { return slices.Concat(desktopNeeds(), screenPackages) }
func testNeeds() []string     { return slices.Concat(screenNeeds(), readerPackages) }
