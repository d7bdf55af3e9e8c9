package welcome

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/kit"
)

// meter says how long a passphrase would hold, as it is typed.
type meter struct {
	content fyne.CanvasObject
	bars    *kit.Strength
	words   *kit.Text
	do      func(func())
	asked   int // number of the passphrase that was judged last
	wait    *time.Timer
}

// judgeAfter is how long no key is pressed before a passphrase is judged: the
// estimate takes some milliseconds.
const judgeAfter = 120 * time.Millisecond

func newMeter(do func(func())) *meter {
	m := &meter{bars: kit.NewStrength(), words: kit.NewSmall(""), do: do}
	m.content = kit.Column(0, m.bars, m.words)
	m.show(app.PassphraseStrength(""))
	return m
}

// judge estimates a passphrase off the main goroutine.
func (m *meter) judge(passphrase string, hints ...string) {
	m.asked++
	mine := m.asked
	if m.wait != nil {
		m.wait.Stop()
	}
	if passphrase == "" {
		m.show(app.PassphraseStrength(""))
		return
	}
	m.wait = time.AfterFunc(judgeAfter, func() {
		s := app.PassphraseStrength(passphrase, hints...)
		m.do(func() {
			if mine == m.asked {
				m.show(s)
			}
		})
	})
}

func (m *meter) show(s app.Strength) {
	name, meaning, ok := strings.Cut(s.Words, ": ")
	if !ok {
		name, meaning = "", s.Words
	}
	m.bars.Set(s.Score, name)
	m.words.SetText(strings.ToUpper(meaning[:1]) + meaning[1:] + ending(meaning))
}

func ending(sentence string) string {
	if strings.HasSuffix(sentence, ".") {
		return ""
	}
	return "."
}
