package outside

import "context"

// Show opens a copy with the program that the system has for it.
func Show(ctx context.Context, path string) error { return start(ctx, "open", path) }
