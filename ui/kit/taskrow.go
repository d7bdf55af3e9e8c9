package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"casekeep/ui/look"
)

// Task is what a row of Today shows.
type Task struct {
	Icon    look.IconName
	Title   string
	Caption string
	Due     string // "open 4 days", "Fri, Nov 27"
	Tone    Tone   // of when it is due: Red, Amber, or Neutral for later
	Action  string // what does it: "Record it"; empty for none
	Snooze  bool   // may be put off
}

// TaskRow draws one Task, and is used again for others. It is 58 high. While
// its list has the keyboard, Left and Right reach the action and the snooze
// button, and Enter presses the one that is reached.
type TaskRow struct {
	widget.BaseWidget
	task     Task
	selected bool
	reaching reaching

	ground, mark, rule  *canvas.Rectangle
	icon                icon
	title, caption, due words
	action, snooze      *rowLink
}

// TaskHeight is the height of every TaskRow.
const TaskHeight = 58

// measures of a task's row
const (
	taskText    = 62
	actionWidth = 96
	snoozeWidth = 28
	taskGap     = 17
)

// NewTaskRow makes an empty row, to be filled by Set.
func NewTaskRow() *TaskRow {
	t := &TaskRow{
		ground: canvas.NewRectangle(nil), mark: canvas.NewRectangle(nil), rule: canvas.NewRectangle(nil), icon: newIcon(),
		title: newWords(look.TextSize, true), caption: newWords(look.CaptionSize, false), due: newWords(look.CaptionSize, false),
		action: newRowLink(look.TabSize), snooze: newRowLink(look.TabSize),
	}
	t.snooze.alone = true
	t.ExtendBaseWidget(t)
	return t
}

// Set fills the row. act and snooze are called when the action or the snooze
// button is pressed.
func (t *TaskRow) Set(task Task, selected bool, act, snooze func()) {
	if !selected || task != t.task {
		t.leave()
	}
	t.task, t.selected = task, selected
	t.action.set(task.Action, "", act)
	t.snooze.set("Snooze", look.Snooze, snooze)
	t.action.Hidden, t.snooze.Hidden = task.Action == "", !task.Snooze
	t.Refresh()
}

// AccessibilityLabel gives the task to a screen reader.
func (t *TaskRow) AccessibilityLabel() string {
	return t.task.Title + ", " + t.task.Due + ": " + t.task.Caption
}

// AccessibilityRole says that it is text.
func (t *TaskRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (t *TaskRow) links() []*rowLink {
	var all []*rowLink
	for _, link := range []*rowLink{t.action, t.snooze} {
		if !link.Hidden {
			all = append(all, link)
		}
	}
	return all
}

func (t *TaskRow) key(ev *fyne.KeyEvent) bool { return t.reaching.key(ev, t.links()) }

func (t *TaskRow) leave() { t.reaching.reach(0, t.links()) }

// CreateRenderer is for Fyne.
func (t *TaskRow) CreateRenderer() fyne.WidgetRenderer {
	return draw(t,
		func() fyne.Size { return fyne.NewSize(200, TaskHeight) },
		t.layout, t.paint,
		t.ground, t.mark, t.rule, t.icon.Image, t.title.Text, t.caption.Text, t.due.Text, t.action, t.snooze)
}

func (t *TaskRow) layout(size fyne.Size) {
	place(t.ground, 0, 0, size.Width, size.Height)
	place(t.mark, 0, 0, 3, size.Height)
	place(t.rule, 0, size.Height-1, size.Width, 1)
	place(t.icon, pageInset, 19, look.IconSize, look.IconSize)
	middle := float32(TaskHeight-1) / 2

	end := size.Width - pageInset - snoozeWidth
	place(t.snooze, end+4, middle-snoozeWidth/2, snoozeWidth, snoozeWidth)
	end -= actionWidth
	link := min(t.action.label.width(t.task.Action), actionWidth-4)
	place(t.action, end, middle-10, link, 20)

	end -= taskGap
	due := t.due.width(t.due.Text.Text)
	place(t.due, end-due, middle-t.due.height()/2, due, t.due.height())
	if due > 0 {
		end -= due + taskGap
	}
	room := max(end-taskText, 0)
	t.title.fit(t.task.Title, room)
	place(t.title, taskText, 10, room, t.title.height())
	t.caption.fit(t.task.Caption, room)
	place(t.caption, taskText, 31, room, t.caption.height())
}

func (t *TaskRow) paint() {
	ground, mark := look.Clear, look.Clear
	if t.selected {
		ground, mark = look.Ground, look.Accent
	}
	t.ground.FillColor, t.mark.FillColor = look.Color(ground), look.Color(mark)
	t.rule.FillColor = look.Color(look.Line)
	t.icon.show(t.task.Icon, look.Muted)
	t.title.say(t.task.Title, look.Ink)
	t.caption.say(t.task.Caption, look.Muted)
	due, _, _ := t.task.Tone.colors()
	t.due.setBold(t.task.Tone == Red || t.task.Tone == Amber)
	t.due.say(t.task.Due, due)
}
