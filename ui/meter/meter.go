// Package meter says how long a passphrase would hold, as it is typed.
package meter

import (
	"context"
	"strings"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/desk"
	"casekeep/ui/kit"
)

// Meter shows how well the passphrase next to it resists guessing.
type Meter struct {
	content fyne.CanvasObject
	bars    *kit.Strength
	words   *kit.Text
	run     func(job, done func())
	asked   atomic.Int64 // number of the passphrase that was judged last
}

// judgeAfter is how long no key is pressed before a passphrase is judged: the
// estimate takes some milliseconds.
const judgeAfter = 120 * time.Millisecond

// New makes a meter where no vault is open. do runs a function on the main
// goroutine.
func New(do func(func())) *Meter {
	return newMeter(func(job, done func()) {
		time.AfterFunc(judgeAfter, func() {
			job()
			do(done)
		})
	})
}

// On makes a meter in the window of an open vault.
func On(d desk.Desk) *Meter {
	return newMeter(func(job, done func()) {
		d.Load(func(context.Context) error {
			job()
			return nil
		}, func(error) { done() })
	})
}

func newMeter(run func(job, done func())) *Meter {
	m := &Meter{bars: kit.NewStrength(), words: kit.NewSmall(""), run: run}
	m.content = kit.Column(0, m.bars, m.words)
	m.show(app.PassphraseStrength(""))
	return m
}

// Content is what stands under the field.
func (m *Meter) Content() fyne.CanvasObject { return m.content }

// Judge estimates a passphrase off the main goroutine. The hints are what
// somebody who guesses would try first.
func (m *Meter) Judge(passphrase string, hints ...string) {
	mine := m.asked.Add(1)
	if passphrase == "" {
		m.show(app.PassphraseStrength(""))
		return
	}
	var s app.Strength
	m.run(func() {
		if mine == m.asked.Load() {
			s = app.PassphraseStrength(passphrase, hints...)
		}
	}, func() {
		if mine == m.asked.Load() {
			m.show(s)
		}
	})
}

// UnlessWeak goes on with a passphrase that was chosen; before a weak one it asks
// in a window. The hints are as for [Meter.Judge].
func UnlessWeak(w fyne.Window, passphrase string, then func(), hints ...string) {
	s := app.PassphraseStrength(passphrase, hints...)
	if s.Score >= 2 {
		then()
		return
	}
	kit.ConfirmDanger(w, "This passphrase is weak",
		s.Words+". Whoever copies the folder, or finds the laptop, can try passphrases against it for as long as they like.",
		"Use it all the same", then)
}

func (m *Meter) show(s app.Strength) {
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
