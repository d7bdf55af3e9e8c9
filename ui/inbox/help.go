package inbox

import (
	"fyne.io/fyne/v2"

	"casekeep/ui/kit"
)

// howTo is how messages come out of a phone or service, in the words that a
// person needs who does it for the first time.
var howTo = []section{
	{"Texts and calls from an Android phone", []string{
		"Install the app SMS Backup & Restore from Google Play. In it choose to set up a backup, and tick both messages and phone calls. " +
			"Leave attachments (MMS) and emoji switched on.",
		"Save the backup on the phone, then connect the phone by cable and copy the files whose names begin with sms- and calls- and end in .xml. " +
			"You may also choose single conversations there; the file is smaller then.",
		"Messages that were deleted on the phone are not in the file. Back up often enough that nothing is lost.",
	}},
	{"Single emails", []string{
		"Gmail in a browser: open the email, press the three dots beside Reply, and choose Download message.",
		"Outlook on the web and the new Outlook: open the email, press the three dots, and choose Save as or Download.",
		"Apple Mail and Thunderbird: drag the emails out of the list into a folder, or choose Save As.",
		"Each becomes a file that ends in .eml. The classic Outlook for Windows writes .msg files instead, which cannot be read: " +
			"open the mailbox in a browser for this.",
	}},
	{"A whole mailbox or folder of it", []string{
		"Gmail: give the client’s emails a label. At takeout.google.com choose Mail alone, and in it that label alone. Unpack the ZIP archive that you get; " +
			"the file in it ends in .mbox.",
		"Apple Mail: select the mailbox and choose Mailbox, Export Mailbox. Thunderbird: the add-on ImportExportTools NG exports a folder as .mbox.",
	}},
	{"Phones and services that cannot be read yet", []string{
		"iPhone messages, WhatsApp, Signal, Google Voice: paste what was said into the client’s timeline, with the time at which it was said.",
	}},
	{"Afterwards", []string{
		"An export holds everybody’s messages and is not encrypted. Casekeep keeps only the conversations that you file and leaves the export where it is: " +
			"delete it, also from the phone and the trash, once everything is filed.",
	}},
}

// showHelp says how to export from each phone and service.
func showHelp(w fyne.Window) {
	var parts []fyne.CanvasObject
	for _, s := range howTo {
		rows := []fyne.CanvasObject{kit.NewHeading(s.title)}
		for _, line := range s.lines {
			rows = append(rows, kit.NewNote(line))
		}
		parts = append(parts, kit.Column(6, rows...))
	}
	kit.NewDialog("How to export", kit.Column(18, parts...), nil).Width(640).Open(w)
}
