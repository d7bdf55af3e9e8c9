package outside

import (
	"bytes"
	"errors"
	"slices"
	"strings"
)

// Care says how careful one has to be with a kind of file.
type Care int

// The kinds of care.
const (
	Plain   Care = iota // pictures, text, PDF, office files, sound, film
	Careful             // may hold instructions, or reach the network when it is opened
	Refused             // is a program, or starts one
)

// ErrProgram is returned for what a system would run instead of showing it.
var ErrProgram = errors.New("this file is a program, or starts one, so Casekeep does not open it: " +
	"if you know who made it and why, save a copy and ask somebody who knows computers")

// programs are endings of files that Windows, macOS or a Linux desktop runs, or
// that start what they name.
var programs = strings.Fields(`
	.exe .com .scr .pif .cpl .msi .msp .mst .msix .appx .appinstaller .application .gadget .dll .ocx .sys .drv
	.bat .cmd .ps1 .psm1 .psd1 .ps1xml .vb .vbs .vbe .js .jse .mjs .ws .wsf .wsc .wsh .sct .hta .chm .hlp .inf .reg .scf .lnk .url .website
	.diagcab .diagcfg .diagpkg .settingcontent-ms .library-ms .search-ms .theme .themepack .msc .jnlp .jar .xll .xla .xlam .wll .ppam .ade .adp .mde .mda
	.sh .bash .zsh .csh .ksh .fish .run .elf .out .so .desktop .directory .service .appimage .deb .rpm .snap .flatpak .flatpakref .flatpakrepo
	.app .command .tool .workflow .action .pkg .mpkg .dmg .scpt .scptd .applescript .terminal .fileloc .inetloc .webloc .prefpane .kext .dylib
	.py .pyc .pyw .pyz .rb .pl .php .lua .tcl .iso .img .vhd .vhdx`)

// known are endings of what programs show and do not run.
var known = strings.Fields(`
	.jpg .jpeg .jpe .jfif .png .gif .bmp .webp .tif .tiff .heic .heif .avif .ico
	.pdf .txt .text .md .csv .tsv .log .vcf .ics .eml .rtf
	.doc .docx .odt .ott .xls .xlsx .ods .ppt .pptx .odp .pages .numbers .key
	.mp3 .m4a .aac .amr .awb .ogg .oga .opus .wav .flac .caf .3ga .wma
	.mp4 .m4v .mov .3gp .3g2 .webm .mkv .avi .mpg .mpeg .wmv`)

// magic begins files that a system runs whatever they are called, beside PE: ELF,
// scripts with an interpreter, Mach-O (both orders, both widths, universal),
// Java classes (the same four bytes), Windows shortcuts, desktop entries.
var magic = []string{
	"\x7fELF", "#!", "\xfe\xed\xfa\xce", "\xfe\xed\xfa\xcf", "\xce\xfa\xed\xfe", "\xcf\xfa\xed\xfe", "\xca\xfe\xba\xbe",
	"L\x00\x00\x00\x01\x14\x02\x00", "[Desktop Entry]", "[InternetShortcut]",
}

// Judge says how careful one has to be with a file, by the name that it would
// get, its MIME type and its first bytes.
func Judge(name, kind string, head []byte) Care {
	ending := Ending(SafeName(name, kind))
	switch {
	case slices.Contains(programs, ending), isProgram(head), isProgramType(mediaType(kind)):
		return Refused
	case slices.Contains(known, ending) && !looksLikeMarkup(head):
		return Plain
	}
	return Careful
}

// HeadSize is how many bytes of a file [Judge] looks at.
const HeadSize = 512

func isProgram(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(head, []byte("MZ")) {
		return bytes.IndexByte(head, 0) >= 0 // else it is a text that begins so
	}
	return slices.ContainsFunc(magic, func(m string) bool { return bytes.HasPrefix(head, []byte(m)) })
}

func isProgramType(media string) bool {
	switch media {
	case "application/x-executable", "application/x-msdownload", "application/x-msdos-program", "application/x-sharedlib",
		"application/x-sh", "application/x-shellscript", "text/javascript", "application/javascript", "application/x-desktop",
		"application/java-archive", "application/vnd.microsoft.portable-executable", "application/x-mach-binary":
		return true
	}
	return false
}

// looksLikeMarkup reports whether a file says at its beginning that a browser
// is to run it, whatever it is called.
func looksLikeMarkup(head []byte) bool {
	head = bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"))
	for _, tag := range []string{"<!doctype html", "<html", "<script", "<svg"} {
		if bytes.HasPrefix(head, []byte(tag)) {
			return true
		}
	}
	return false
}
