//go:build !sqlite_fts5

package sealed

// Full-text search is compiled into SQLite by a build tag alone. Without it the
// build ends here, with a line that says which tag is missing.
var _ = build_with_tags_sqlite_fts5_and_on_linux_x11__or_use_go_run_cmd_dev_build
