//go:build linux && !x11 && !wayland && !headless

package main

// On Linux the window is built for X11, which a build tag says: without it the
// graphics library asks for Wayland's headers as well. The build ends here,
// with a line that says which tag is missing.
var _ = build_with_tags_sqlite_fts5_and_x11__or_use_go_run_cmd_dev_build
