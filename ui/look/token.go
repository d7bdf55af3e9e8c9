package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Token names a color of the design. It is a theme color name, so Fyne's own
// widgets and rich text accept it too.
type Token = fyne.ThemeColorName

// The colors of the design. A soft color is a ground for the strong color of
// the same name.
const (
	Ink       Token = "ink"        // text
	Muted     Token = "muted"      // captions
	Faint     Token = "faint"      // times, placeholders, day separators
	Paper     Token = "paper"      // pages, lists, cards
	Ground    Token = "ground"     // behind paper, footers
	Sidebar   Token = "sidebar"    // behind the navigation
	Raised    Token = "raised"     // menus
	Line      Token = "line"       // rules between areas
	Field     Token = "field"      // borders of fields and buttons
	Accent    Token = "accent"     // the one accent: selection, focus, links
	Soft      Token = "soft"       // ground of what is selected
	OnAccent  Token = "onAccent"   // text on accent
	Deep      Token = "deep"       // accent under the pointer
	Amber     Token = "amber"      // soon due, after hours, doubtful
	AmberSoft Token = "amberSoft"  //
	Red       Token = "red"        // overdue, refused, dangerous
	RedSoft   Token = "redSoft"    //
	Green     Token = "green"      // agreed, documented
	GreenSoft Token = "greenSoft"  //
	Blue      Token = "blue"       // to know
	BlueSoft  Token = "blueSoft"   //
	Hover     Token = "hoverTint"  // ground under the pointer
	Shade     Token = "shade"      // over the window behind a dialog
	Shadow    Token = "softShadow" // under menus and where a list goes on
	Clear     Token = "clear"      // nothing
)

var light = map[Token]color.NRGBA{
	Ink: rgb(0x1B2325), Muted: rgb(0x5B6668), Faint: rgb(0x869092),
	Paper: rgb(0xFFFFFF), Ground: rgb(0xF6F7F6), Sidebar: rgb(0xEEF2F0), Raised: rgb(0xFFFFFF),
	Line: rgb(0xE2E7E5), Field: rgb(0xC9D1CE),
	Accent: rgb(0x2A6F6B), Soft: rgb(0xDCEBE8), OnAccent: rgb(0xFFFFFF), Deep: rgb(0x235D5A),
	Amber: rgb(0x8A5A00), AmberSoft: rgb(0xFDF1D6),
	Red: rgb(0xA3312A), RedSoft: rgb(0xFAE6E4),
	Green: rgb(0x2C6A3C), GreenSoft: rgb(0xE3F1E6),
	Blue: rgb(0x2B5A88), BlueSoft: rgb(0xE5EEF7),
	Hover: {R: 0x1B, G: 0x23, B: 0x25, A: 0x0D}, Shade: {R: 0x10, G: 0x18, B: 0x1A, A: 0x73},
	Shadow: {A: 0x26}, Clear: {},
}

var dark = map[Token]color.NRGBA{
	Ink: rgb(0xE4EAE8), Muted: rgb(0x9AA6A6), Faint: rgb(0x748081),
	Paper: rgb(0x1A2122), Ground: rgb(0x141A1B), Sidebar: rgb(0x101516), Raised: rgb(0x242D2E),
	Line: rgb(0x2A3334), Field: rgb(0x3A4546),
	Accent: rgb(0x5FB3AB), Soft: rgb(0x20403E), OnAccent: rgb(0x101516), Deep: rgb(0x7CC4BD),
	Amber: rgb(0xE3B25A), AmberSoft: rgb(0x3B3018),
	Red: rgb(0xE58B83), RedSoft: rgb(0x42211F),
	Green: rgb(0x83C493), GreenSoft: rgb(0x1E3A26),
	Blue: rgb(0x8FB8E0), BlueSoft: rgb(0x1D3148),
	Hover: {R: 0xE4, G: 0xEA, B: 0xE8, A: 0x12}, Shade: {A: 0x99},
	Shadow: {A: 0x55}, Clear: {},
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xFF}
}

// Color gives a token's color in the theme that is in use now, and the light
// one while that is none of ours, as in a program that has not begun yet. Ask
// again after a theme change: a canvas object keeps the color it was given.
func Color(t Token) color.Color {
	if own, ok := theme.Current().(*Theme); ok {
		return own.Color(t, theme.VariantLight)
	}
	return light[t]
}
