package practice

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// vault shows where the vault lies, and checks it.
func (s *settings) vault() fyne.CanvasObject {
	dir := s.desk.Practice().Dir()
	copyDir := kit.NewLink("Copy", func() {
		s.desk.Copy(dir)
		s.desk.Toast("The folder’s name is on the clipboard", "", nil)
	})
	return kit.Column(10,
		kit.NewHeading("The vault"),
		kit.Row(10, kit.Grow(kit.NewLabel(folders.Short(dir))), copyDir),
		kit.NewSmall("A folder of sealed files. Two public programs open it without Casekeep; its README.txt says how."),
		kit.Row(0, kit.NewButton("Check this vault", s.check).Icon(look.Shield), kit.Space()),
		s.checked.content)
}

// check reads everything in the vault and says in plain words what it found.
func (s *settings) check() {
	var found app.Verified
	s.desk.Run("Checking the vault", func(ctx context.Context, report func(done, total int64, text string)) (err error) {
		report(0, 0, "Reading the database and the audit trail")
		found, err = s.desk.Practice().Verify(ctx, func(done, total int) {
			report(int64(done), int64(total), "Opening attachments")
		})
		return err
	}, func(err error) {
		if err != nil {
			s.desk.Fail(err)
			return
		}
		s.checked.show(found)
	})
}

// verdict is the result of a check.
type verdict struct {
	content        *fyne.Container
	good, bad      *kit.Text
	sound, damaged *fyne.Container
}

func newVerdict() *verdict {
	v := &verdict{good: kit.NewNote("").Color(look.Green), bad: kit.NewNote("").Color(look.Red)}
	v.sound, v.damaged = kit.Note(kit.Green, v.good), kit.Note(kit.Red, v.bad)
	v.sound.Hide()
	v.damaged.Hide()
	v.content = kit.Column(0, v.sound, v.damaged)
	return v
}

func (v *verdict) show(found app.Verified) {
	if found.OK {
		v.good.SetText(soundWords(found))
		v.sound.Show()
		v.damaged.Hide()
	} else {
		v.bad.SetText(damageWords(found))
		v.damaged.Show()
		v.sound.Hide()
	}
	v.content.Refresh()
}

// soundWords says what was checked: a check that finds nothing is worth as
// much as what it looked at.
func soundWords(found app.Verified) string {
	return fmt.Sprintf("Everything is whole. %s, %s and %s open as they were kept, and the audit trail holds over all its %s.",
		count(found.Clients, "client"), count(found.Entries, "entry", "entries"), count(found.Attachments, "attachment"),
		count(int(found.Audit.Events), "event"))
}

func damageWords(found app.Verified) string {
	lines := []string{"Something in this vault is damaged. Work on with a copy, and restore from a backup what is named here."}
	problems := found.Problems
	if !found.Audit.OK && len(problems) == 0 {
		problems = []string{"the audit trail does not hold: events were changed or are missing"}
	}
	const most = 8
	for i, problem := range problems {
		if i == most {
			lines = append(lines, fmt.Sprintf("And %d more.", len(problems)-most))
			break
		}
		lines = append(lines, strings.ToUpper(problem[:1])+problem[1:]+".")
	}
	return strings.Join(lines, "\n")
}

// count writes a number with its noun: "1 client", "1,204 entries".
func count(n int, one string, many ...string) string {
	if n == 1 {
		return "1 " + one
	}
	if len(many) > 0 {
		return kit.Number(n) + " " + many[0]
	}
	return kit.Number(n) + " " + one + "s"
}
