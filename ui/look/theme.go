package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Theme is the program's theme in one of its two variants. Fonts are Fyne's
// bundled Noto Sans; a script that it lacks falls back to the system's fonts.
type Theme struct{ dark bool }

var _ fyne.Theme = (*Theme)(nil)

// NewTheme gives the light or the dark theme, whatever the desktop says. The
// running program uses a Switch instead, which follows the user's choice.
func NewTheme(dark bool) *Theme { return &Theme{dark: dark} }

// Dark reports which variant t is.
func (t *Theme) Dark() bool { return t.dark }

// Color gives a token's color, or that of the token that stands for one of
// Fyne's own color names.
func (t *Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	tokens, variant := light, theme.VariantLight
	if t.dark {
		tokens, variant = dark, theme.VariantDark
	}
	if own, ok := standsFor[name]; ok {
		name = own
	}
	if c, ok := tokens[name]; ok {
		return c
	}
	return theme.DefaultTheme().Color(name, variant)
}

// standsFor maps Fyne's color names to the design's tokens, for the few Fyne
// widgets that are used as they are: entries, menus, file dialogs, scrolls.
var standsFor = map[fyne.ThemeColorName]Token{
	theme.ColorNameBackground:          Paper,
	theme.ColorNameButton:              Ground,
	theme.ColorNameDisabled:            Faint,
	theme.ColorNameDisabledButton:      Ground,
	theme.ColorNameError:               Red,
	theme.ColorNameFocus:               Soft,
	theme.ColorNameForeground:          Ink,
	theme.ColorNameForegroundOnError:   Paper,
	theme.ColorNameForegroundOnPrimary: OnAccent,
	theme.ColorNameForegroundOnSuccess: Paper,
	theme.ColorNameForegroundOnWarning: Paper,
	theme.ColorNameHeaderBackground:    Ground,
	theme.ColorNameHover:               Hover,
	theme.ColorNameHyperlink:           Accent,
	theme.ColorNameInputBackground:     Paper,
	theme.ColorNameInputBorder:         Field,
	theme.ColorNameMenuBackground:      Raised,
	theme.ColorNameOverlayBackground:   Paper,
	theme.ColorNamePlaceHolder:         Faint,
	theme.ColorNamePressed:             Hover,
	theme.ColorNamePrimary:             Accent,
	theme.ColorNameScrollBar:           Field,
	theme.ColorNameScrollBarBackground: Clear,
	theme.ColorNameSelection:           Soft,
	theme.ColorNameSeparator:           Line,
	theme.ColorNameShadow:              Shadow,
	theme.ColorNameSuccess:             Green,
	theme.ColorNameWarning:             Amber,
}

// Font gives Fyne's bundled font for a style.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	return theme.DefaultTheme().Font(style)
}

// Icon gives Fyne's own icon, which only its own dialogs use.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return theme.DefaultTheme().Icon(name)
}

// Size gives the design's sizes and Fyne's for what the design leaves open.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if size, ok := sizes[name]; ok {
		return size
	}
	return theme.DefaultTheme().Size(name)
}

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:            TextSize,
	theme.SizeNameHeadingText:     TitleSize,
	theme.SizeNameSubHeadingText:  HeadingSize,
	theme.SizeNameCaptionText:     CaptionSize,
	theme.SizeNameInputRadius:     Radius,
	theme.SizeNameButtonRadius:    Radius,
	theme.SizeNameCardRadius:      Radius,
	theme.SizeNameDialogRadius:    Radius,
	theme.SizeNamePopupRadius:     Radius,
	theme.SizeNameMenuRadius:      Radius,
	theme.SizeNameSelectionRadius: 0,
	theme.SizeNameScrollBar:       8,
	theme.SizeNameScrollBarSmall:  4,
	theme.SizeNameScrollBarRadius: 4,
	theme.SizeNameModalBlurRadius: 0,
	theme.SizeNameInlineIcon:      IconSize,
	theme.SizeNameSplitThickness:  1,
}
