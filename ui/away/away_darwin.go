package away

import "context"

// watch returns: macOS tells only through its C frameworks. That the computer
// slept is noticed when it wakes, by its clocks.
func watch(context.Context, func(Why, func())) {}
