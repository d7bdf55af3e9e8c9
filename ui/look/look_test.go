package look

import (
	"go/ast"
	"go/parser"
	"go/token"
	"image/color"
	"math"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"casekeep/assets"
)

// luminance and contrast as WCAG 2.2 defines them.
func luminance(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	part := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(n.R) + 0.7152*part(n.G) + 0.0722*part(n.B)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a)+0.05, luminance(b)+0.05
	return max(x, y) / min(x, y)
}

func TestTextCanBeReadOnItsGround(t *testing.T) {
	pairs := []struct {
		ink, ground Token
		least       float64
	}{
		{Ink, Paper, 7}, {Ink, Ground, 7}, {Ink, Sidebar, 7}, {Ink, Soft, 7},
		{Muted, Paper, 4.5}, {Muted, Ground, 4.5}, {Muted, Sidebar, 4.5}, {Muted, Soft, 4.45},
		{Faint, Paper, 3}, // large enough to find, never the only place of a fact
		{Accent, Paper, 4.5}, {Accent, Soft, 4.5}, {OnAccent, Accent, 4.5}, {OnAccent, Deep, 4.5},
		{Soft, Accent, 4.5}, // the keys on a filled button
		{OnAccent, Amber, 4.5}, {Paper, Red, 4.5}, {Paper, Ink, 7},
		{Amber, AmberSoft, 4.5}, {Red, RedSoft, 4.5}, {Green, GreenSoft, 4.5}, {Blue, BlueSoft, 4.5},
		{Amber, Paper, 4.5}, {Red, Paper, 4.5},
	}
	for name, tokens := range map[string]map[Token]color.NRGBA{"light": light, "dark": dark} {
		for _, p := range pairs {
			if got := contrast(tokens[p.ink], tokens[p.ground]); got < p.least {
				t.Errorf("%s: %s on %s has contrast %.2f, less than %.1f", name, p.ink, p.ground, got, p.least)
			}
		}
	}
}

func TestBothVariantsHaveEveryToken(t *testing.T) {
	for token := range light {
		if _, ok := dark[token]; !ok {
			t.Errorf("dark lacks %s", token)
		}
	}
	if len(light) != len(dark) {
		t.Errorf("light has %d tokens, dark %d", len(light), len(dark))
	}
	for fynes, own := range standsFor {
		if _, ok := light[own]; !ok {
			t.Errorf("%s stands for %s, which is no token", own, fynes)
		}
	}
}

func TestSwitchFollowsTheDesktopOnlyWhereChosen(t *testing.T) {
	settings := &desktop{variant: theme.VariantDark} // what Fyne says before it knows
	s := NewSwitch(settings, System)
	s.told = false // as on the free desktops, whatever this test runs on
	s.Set(System)
	if settings.dark() {
		t.Error("with no word from the desktop the theme must be light")
	}
	settings.changed()
	if !settings.dark() {
		t.Error("the desktop said dark")
	}
	s.Set(Light)
	settings.changed()
	if settings.dark() {
		t.Error("the user chose light")
	}
	s.Set(Dark)
	settings.variant = theme.VariantLight
	settings.changed()
	if !settings.dark() {
		t.Error("the user chose dark")
	}
	s.Set("nonsense")
	if s.Choice() != System || settings.dark() {
		t.Errorf("an unknown choice must be System, which is light now; it is %s", s.Choice())
	}
}

// desktop is Fyne's settings with a desktop's variant that the test changes.
type desktop struct {
	fyne.Settings
	variant  fyne.ThemeVariant
	theme    fyne.Theme
	listener func(fyne.Settings)
}

func (d *desktop) AddListener(f func(fyne.Settings)) { d.listener = f }
func (d *desktop) ThemeVariant() fyne.ThemeVariant   { return d.variant }
func (d *desktop) Theme() fyne.Theme                 { return d.theme }
func (d *desktop) SetTheme(t fyne.Theme)             { d.theme = t; d.changed() }
func (d *desktop) changed()                          { d.listener(d) }
func (d *desktop) dark() bool                        { return isDark(d.theme) }

// iconNames reads the constants of type IconName from the source.
func iconNames(t *testing.T) []IconName {
	file, err := parser.ParseFile(token.NewFileSet(), "icon.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var names []IconName
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Values) == 1 {
			if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "IconName" {
				name, _ := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
				names = append(names, IconName(name))
			}
		}
		return true
	})
	return names
}

func TestEveryIconDraws(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(false))
	names := iconNames(t)
	files, err := assets.Icons.ReadDir("icons")
	if err != nil {
		t.Fatal(err)
	}
	if len(names) != len(files)+1 { // and the mark
		t.Errorf("%d names, %d drawings", len(names), len(files))
	}
	for _, name := range names {
		img := canvas.NewImageFromResource(Icon(name, Accent))
		c := software.NewTransparentCanvas()
		c.SetPadded(false)
		c.SetContent(img)
		c.Resize(fyne.NewSize(20, 20))
		drawn := c.Capture()
		accent, other := 0, 0
		for y := range 20 {
			for x := range 20 {
				n := color.NRGBAModel.Convert(drawn.At(x, y)).(color.NRGBA)
				switch {
				case n.A < 200:
				case n.G > n.R:
					accent++
				default:
					other++
				}
			}
		}
		if accent < 5 || other > 0 {
			t.Errorf("%s: %d pixels in the accent, %d in another color", name, accent, other)
		}
	}
}

func TestAnIconIsAnotherOneInAnotherColor(t *testing.T) {
	settings := test.NewTempApp(t).Settings()
	settings.SetTheme(NewTheme(false))
	bright := Icon(Lock, Ink)
	if Icon(Lock, Ink) != bright {
		t.Error("the same icon was made twice")
	}
	settings.SetTheme(NewTheme(true))
	dim := Icon(Lock, Ink)
	if dim.Name() == bright.Name() {
		t.Errorf("both are named %s, so Fyne draws the first for both", dim.Name())
	}
	if strings.Contains(string(dim.Content()), "currentColor") {
		t.Error("the color is not set")
	}
}

func TestAnUnknownIconIsAFault(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	drawing("nosuch")
}
