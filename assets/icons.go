// Package assets holds what is embedded in the program. It imports nothing of
// ours.
package assets

import "embed"

// Icons holds the stroke icons as icons/NAME.svg: drawn on a grid of 20 by 20
// with strokes of 1.7 in currentColor.
//
//go:embed icons/*.svg
var Icons embed.FS

// Mark is the program's mark, a card box with a keyhole, as an SVG of one
// color, currentColor. The keyhole and the lid's gap are holes.
//
//go:embed mark.svg
var Mark []byte

// AppIcon is the program's icon as a PNG of 512 by 512, drawn from icon.svg.
//
//go:embed icon.png
var AppIcon []byte
