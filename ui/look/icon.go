package look

import (
	"bytes"
	"fmt"
	"image/color"
	"sync"

	"fyne.io/fyne/v2"

	"casekeep/assets"
)

// IconName names one of the program's own icons: the file's name in
// assets/icons, without its ending.
type IconName string

// The icons. Each channel of a record has one of its own; see ui/doc.go.
const (
	Alarm        IconName = "alarm"
	ArrowLeft    IconName = "arrow-left"
	ArrowRight   IconName = "arrow-right"
	Book         IconName = "book"
	Calendar     IconName = "calendar"
	Certificate  IconName = "certificate"
	Chat         IconName = "chat"
	Check        IconName = "check"
	Checklist    IconName = "checklist"
	ChevronDown  IconName = "chevron-down"
	ChevronLeft  IconName = "chevron-left"
	ChevronRight IconName = "chevron-right"
	ChevronUp    IconName = "chevron-up"
	Clock        IconName = "clock"
	Copy         IconName = "copy"
	Cross        IconName = "cross"
	Document     IconName = "document"
	Dots         IconName = "dots"
	Download     IconName = "download"
	Drive        IconName = "drive"
	Envelope     IconName = "envelope"
	Eye          IconName = "eye"
	EyeOff       IconName = "eye-off"
	File         IconName = "file"
	Flag         IconName = "flag"
	Folder       IconName = "folder"
	Gear         IconName = "gear"
	Globe        IconName = "globe"
	Graduation   IconName = "graduation"
	Handshake    IconName = "handshake"
	Home         IconName = "home"
	Inbox        IconName = "inbox"
	Info         IconName = "info"
	Journal      IconName = "journal"
	Key          IconName = "key"
	Letter       IconName = "letter"
	Lifebuoy     IconName = "lifebuoy"
	Lock         IconName = "lock"
	Minus        IconName = "minus"
	Moon         IconName = "moon"
	Move         IconName = "move"
	Paperclip    IconName = "paperclip"
	Pencil       IconName = "pencil"
	People       IconName = "people"
	Person       IconName = "person"
	Phone        IconName = "phone"
	Picture      IconName = "picture"
	Pin          IconName = "pin"
	Plus         IconName = "plus"
	Portal       IconName = "portal"
	Printer      IconName = "printer"
	Scale        IconName = "scale"
	Search       IconName = "search"
	Share        IconName = "share"
	Shield       IconName = "shield"
	Signature    IconName = "signature"
	Snooze       IconName = "snooze"
	Strike       IconName = "strike"
	Sun          IconName = "sun"
	Trash        IconName = "trash"
	Undo         IconName = "undo"
	Unlock       IconName = "unlock"
	Upload       IconName = "upload"
	Video        IconName = "video"
	Voicemail    IconName = "voicemail"
	Warning      IconName = "warning"
)

// Mark names the program's mark, the card box with a keyhole.
const Mark IconName = "mark"

var (
	iconLock sync.Mutex
	iconMade = map[string]fyne.Resource{}
)

// Icon gives an icon in a token's color of the theme in use now. The color
// stands in the drawing and in the resource's name, since Fyne keys its
// picture cache by that name. It panics on a name that has no drawing.
func Icon(name IconName, t Token) fyne.Resource {
	hex := hexOf(Color(t))
	key := string(name) + "-" + hex + ".svg"
	iconLock.Lock()
	defer iconLock.Unlock()
	if made, ok := iconMade[key]; ok {
		return made
	}
	svg := bytes.ReplaceAll(drawing(name), []byte("currentColor"), []byte("#"+hex))
	made := fyne.NewStaticResource(key, svg)
	iconMade[key] = made
	return made
}

func drawing(name IconName) []byte {
	if name == Mark {
		return assets.Mark
	}
	svg, err := assets.Icons.ReadFile("icons/" + string(name) + ".svg")
	if err != nil {
		panic(fmt.Sprintf("look: no icon is named %q", name))
	}
	return svg
}

func hexOf(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("%02x%02x%02x", n.R, n.G, n.B)
}

// AppIcon is the program's icon for windows and task bars.
func AppIcon() fyne.Resource { return fyne.NewStaticResource("casekeep.png", assets.AppIcon) }
