package policy

import (
	"strings"
	"unicode"
)

// BlockKind says what a block of a text is.
type BlockKind int

// The kinds of blocks.
const (
	Paragraph BlockKind = iota
	Heading
	Item
)

// Block is a part of a text that is set as one.
type Block struct {
	Kind  BlockKind
	Level int    // of a heading, 1 to 6, 1 the title; else 0
	Text  string // without the mark; line breaks that were typed stay
}

// lineEnds makes every line end in "\n", and drops the byte order marks that
// pasted files bring.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\uFEFF", "")

// Parse splits a text into blocks. Any text is taken: what is no heading or
// item is a paragraph as it stands, and nothing but marks and the space around
// lines is left out.
func Parse(text string) []Block {
	text = lineEnds.Replace(text)
	var blocks []Block
	open := false // the last block may go on
	for line := range strings.SplitSeq(text, "\n") {
		trimmed := strings.TrimSpace(line)
		if trimmed == "" {
			open = false
			continue
		}
		if b, marked := markedBlock(trimmed); marked {
			blocks = append(blocks, b)
			open = b.Kind == Item
			continue
		}
		if last := len(blocks) - 1; open && (blocks[last].Kind == Paragraph || indented(line)) {
			blocks[last].Text += "\n" + trimmed
			continue
		}
		blocks = append(blocks, Block{Kind: Paragraph, Text: trimmed})
		open = true
	}
	return blocks
}

// markedBlock reads a line that begins with the mark of a heading or an item.
func markedBlock(line string) (Block, bool) {
	mark, rest, spaced := cutSpace(line)
	switch {
	case !spaced:
		return Block{}, false
	case mark == "-" || mark == "*" || mark == "•":
		return Block{Kind: Item, Text: rest}, true
	case len(mark) <= 6 && strings.Trim(mark, "#") == "":
		return Block{Kind: Heading, Level: len(mark), Text: rest}, true
	}
	return Block{}, false
}

func cutSpace(line string) (before, after string, found bool) {
	at := strings.IndexFunc(line, unicode.IsSpace)
	if at < 0 {
		return line, "", false
	}
	return line[:at], strings.TrimSpace(line[at:]), true
}

func indented(line string) bool { return line[0] == ' ' || line[0] == '\t' }

// Format writes blocks as a text that Parse reads as the same blocks.
func Format(blocks []Block) string {
	var text strings.Builder
	for i, b := range blocks {
		if i > 0 {
			text.WriteByte('\n')
			if b.Kind != Item || blocks[i-1].Kind != Item {
				text.WriteByte('\n')
			}
		}
		switch b.Kind {
		case Heading:
			text.WriteString(strings.Repeat("#", b.Level) + " " + b.Text)
		case Item:
			text.WriteString("- " + strings.ReplaceAll(b.Text, "\n", "\n  "))
		default:
			text.WriteString(b.Text)
		}
	}
	if len(blocks) > 0 {
		text.WriteByte('\n')
	}
	return text.String()
}
