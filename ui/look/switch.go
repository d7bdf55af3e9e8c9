package look

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Choice is what the user wants the window to look like.
type Choice string

// The choices, as they are kept in the preferences.
const (
	Light  Choice = "light"
	Dark   Choice = "dark"
	System Choice = "system" // as the desktop says, light where it says nothing
)

// Choices lists every choice in the order in which they are offered.
func Choices() []Choice { return []Choice{Light, Dark, System} }

// Switch applies the user's choice to an app and follows the desktop where
// the user chose System.
type Switch struct {
	settings fyne.Settings
	choice   Choice
	told     bool // the desktop has said which variant it is in
	applying bool
}

// NewSwitch sets the app's theme by a choice; an unknown one counts as System.
// Call it once, before the first window is made.
func NewSwitch(settings fyne.Settings, c Choice) *Switch {
	s := &Switch{settings: settings, told: tellsAtStart(runtime.GOOS)}
	settings.AddListener(func(fyne.Settings) { s.desktopChanged() })
	s.Set(c)
	return s
}

// tellsAtStart reports whether Fyne knows the desktop's variant from the
// start. On the free desktops it asks a portal, and says dark until an answer
// comes, which may be never.
func tellsAtStart(goos string) bool { return goos == "windows" || goos == "darwin" }

// Choice gives the choice that is in force.
func (s *Switch) Choice() Choice { return s.choice }

// Set changes the choice, and with it every window, at once.
func (s *Switch) Set(c Choice) {
	if c != Light && c != Dark {
		c = System
	}
	s.choice = c
	s.apply()
}

func (s *Switch) desktopChanged() {
	if s.applying {
		return
	}
	s.told = true
	if s.dark() != isDark(s.settings.Theme()) {
		s.apply()
	}
}

func (s *Switch) apply() {
	s.applying = true
	defer func() { s.applying = false }()
	s.settings.SetTheme(NewTheme(s.dark()))
}

func (s *Switch) dark() bool {
	switch s.choice {
	case Light:
		return false
	case Dark:
		return true
	}
	return s.told && s.settings.ThemeVariant() == theme.VariantDark
}

func isDark(t fyne.Theme) bool {
	own, ok := t.(*Theme)
	return ok && own.dark
}
