package release_test

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"rsc.io/qr"

	"casekeep/app/release"
	"casekeep/vault/record"
)

const paperKey = "AGE-SECRET-KEY-PQ-1NEVKVAKT3VUPRN4HJ65WVYQEJQPVR6U6NMCS6N0M7W9JJ8H2YKTS0WQHF2"

var paperGroups = []string{"AGE-SECRET-KEY-PQ-1", "NEVK", "VAKT", "3VUP", "RN4H", "J65W", "VYQE", "JQPV", "R6U6", "NMCS", "6N0M", "7W9J", "J8H2", "YKTS", "0WQH", "F2"}

func keySheet() release.KeySheet {
	return release.KeySheet{Practice: profile, Vault: "Quill Street", Folder: "/home/dana/Quill Street.casekeep", Secret: paperKey, Groups: paperGroups,
		Backups: []string{"/media/drive, last on November 20, 2026"}, Made: at("2026-11-25 10:00:00").In(chicago),
		Holder: record.Holder{Name: "recovery", Who: "Dana Quill", Kind: record.HolderRecovery}}
}

func TestKeySheetIsOnePage(t *testing.T) {
	d := keySheet()
	path, result := printed(t, d, release.Options{Fonts: noFonts})
	if result.Pages != 1 || len(result.Missing) != 0 {
		t.Errorf("%+v", result)
	}
	text := textOf(t, path, "-layout")
	inOrder(t, text, "can read every record", "Recovery sheet", "Quill Street Practice", "AGE-SECRET-KEY-PQ-1", "NEVK VAKT 3VUP", "VYQE", "0WQH F2",
		"What it is", "Where to keep it", "Not in the bag", "With Casekeep", "Use a recovery key", "Without Casekeep",
		release.KeyCommands("recovery")[0], "sqlite3 records.db", "Tested on")

	d.Practice.Successor = "Bo Larsen, LCSW, 601 555 0123"
	d.Holder = record.Holder{Name: "maria-osei", Who: "Maria Osei", Kind: record.HolderExecutor, Reach: "601 555 0177"}
	path, result = printed(t, d, release.Options{Fonts: noFonts})
	if result.Pages != 1 {
		t.Errorf("a holder's has %d pages", result.Pages)
	}
	inOrder(t, textOf(t, path, "-layout"), "Key of Maria Osei", "Maria Osei, professional executor, 601 555 0177",
		"Call first", "Dana Quill, LCSW, 12 Quill Street", "Bo Larsen", "A key of your own", "holders/maria-osei.age")
}

// Each module of the code stands on the paper where it belongs, black or white.
func TestKeySheetCode(t *testing.T) {
	path, _ := printed(t, keySheet(), release.Options{Fonts: noFonts})
	picture := filepath.Join(t.TempDir(), "page")
	run(t, "pdftoppm", "-r", "288", "-png", "-singlefile", path, picture)
	file, err := os.Open(picture + ".png")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	page, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	code, err := qr.Encode(paperKey, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	// The code's right edge is 12 points from the frame's, which is the margin's.
	const points, size, right = 288.0 / 72, 108.0, 72 + 468 - 12
	module := size / float64(code.Size) * points
	left, top := (right-size)*points, 0.0
	black := func(x, y float64) bool {
		r, g, b, _ := page.At(int(x), int(y)).RGBA()
		return r+g+b < 3*0x4000
	}
	for y := range page.Bounds().Dy() { // the finder's first black row
		if black(left+2, float64(y)) && black(left+module*6.5, float64(y)) && black(left+module*3, float64(y)) {
			top = float64(y)
			break
		}
	}
	if top == 0 {
		t.Fatal("there is no code at the right of the frame")
	}
	wrong := 0
	for y := range code.Size {
		for x := range code.Size {
			if black(left+(float64(x)+0.5)*module, top+(float64(y)+0.5)*module) != code.Black(x, y) {
				wrong++
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d modules differ", wrong, code.Size*code.Size)
	}
}
