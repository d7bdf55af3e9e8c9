package intake

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlText writes HTML as plain text: paragraphs and rows as lines, list items
// with a dash, quotations with ">", links with their address, pictures by
// their description. Nothing is ever fetched; remote counts the pictures that
// would have been.
func htmlText(source string) (text string, remote int) {
	w := &htmlWriter{z: html.NewTokenizer(strings.NewReader(source))}
	for {
		switch w.z.Next() {
		case html.ErrorToken:
			return strings.TrimSpace(w.out.String()), w.remote
		case html.TextToken:
			if w.silent == 0 {
				w.text(string(w.z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start()
		case html.EndTagToken:
			name, _ := w.z.TagName()
			w.end(atom.Lookup(name))
		}
	}
}

type htmlWriter struct {
	z      *html.Tokenizer
	out    strings.Builder
	breaks int  // line breaks due before the next word
	space  bool // a space is due before the next word
	item   bool // a list item has begun and says nothing yet
	silent atom.Atom
	pre    int
	quotes int
	links  []string
	remote int
}

// quoteDepth bounds how many ">" a line begins with.
const quoteDepth = 20

// lines before and after an element: 1 begins a line, 2 leaves one empty.
var htmlBlocks = map[atom.Atom]int{
	atom.P: 2, atom.H1: 2, atom.H2: 2, atom.H3: 2, atom.H4: 2, atom.H5: 2, atom.H6: 2,
	atom.Blockquote: 2, atom.Ul: 2, atom.Ol: 2, atom.Table: 2, atom.Pre: 2, atom.Hr: 2,
	atom.Div: 1, atom.Tr: 1, atom.Li: 1, atom.Dd: 1, atom.Dt: 1, atom.Section: 1, atom.Article: 1,
	atom.Header: 1, atom.Footer: 1, atom.Form: 1, atom.Center: 1, atom.Address: 1,
}

// htmlSilent holds the elements whose text is not said.
var htmlSilent = []atom.Atom{atom.Script, atom.Style, atom.Title, atom.Noscript, atom.Template, atom.Svg}

func (w *htmlWriter) start() {
	name, more := w.z.TagName()
	tag := atom.Lookup(name)
	if w.silent != 0 {
		return
	}
	if slices.Contains(htmlSilent, tag) {
		w.silent = tag
		return
	}
	w.due(htmlBlocks[tag])
	switch tag {
	case atom.Br:
		w.breaks++
	case atom.Hr:
		w.word("----")
		w.due(2)
	case atom.Li:
		w.word("-")
		w.space, w.item = true, true
	case atom.Td, atom.Th:
		w.space = true
	case atom.Pre:
		w.pre++
	case atom.Blockquote:
		w.quotes++
	case atom.A:
		w.links = append(w.links, w.attributes(more)["href"])
	case atom.Img:
		w.picture(w.attributes(more))
	}
}

func (w *htmlWriter) end(tag atom.Atom) {
	if w.silent != 0 {
		if tag == w.silent {
			w.silent = 0
		}
		return
	}
	w.due(htmlBlocks[tag])
	switch tag {
	case atom.Pre:
		w.pre = max(0, w.pre-1)
	case atom.Blockquote:
		w.quotes = max(0, w.quotes-1)
	case atom.A:
		w.link()
	}
}

func (w *htmlWriter) attributes(more bool) map[string]string {
	out := map[string]string{}
	for more {
		var key, value []byte
		key, value, more = w.z.TagAttr()
		if k := string(key); k == "href" || k == "src" || k == "alt" {
			out[k] = strings.TrimSpace(string(value))
		}
	}
	return out
}

// link says where a link leads, unless its own text does.
func (w *htmlWriter) link() {
	if len(w.links) == 0 {
		return
	}
	href := w.links[len(w.links)-1]
	w.links = w.links[:len(w.links)-1]
	bare := strings.TrimSuffix(strings.TrimPrefix(href, "mailto:"), "/")
	if bare == "" || strings.HasPrefix(href, "#") || strings.HasSuffix(w.out.String(), bare) {
		return
	}
	w.space = true
	w.word("<" + href + ">")
}

func (w *htmlWriter) picture(attr map[string]string) {
	if src := strings.ToLower(attr["src"]); strings.HasPrefix(src, "http:") || strings.HasPrefix(src, "https:") || strings.HasPrefix(src, "//") {
		w.remote++
	}
	if attr["alt"] != "" {
		w.word(fmt.Sprintf("[picture: %s]", strings.Join(strings.Fields(attr["alt"]), " ")))
	}
}

// due asks for line breaks before the next word, but not between a list item's
// dash and its first word.
func (w *htmlWriter) due(breaks int) {
	if !w.item {
		w.breaks = max(w.breaks, breaks)
	}
}

// text writes words with the white space between them as HTML shows it.
func (w *htmlWriter) text(s string) {
	if w.pre > 0 {
		for i, line := range strings.Split(newlines(s), "\n") {
			if i > 0 {
				w.breaks++
			}
			if line != "" {
				w.word(line)
			}
		}
		return
	}
	w.space = w.space || startsWithSpace(s)
	for i, word := range strings.FieldsFunc(s, htmlSpace) {
		w.space = w.space || i > 0
		w.word(word)
	}
	w.space = w.space || s != "" && htmlSpace(rune(s[len(s)-1]))
}

func startsWithSpace(s string) bool { return s != "" && htmlSpace(rune(s[0])) }

func htmlSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' }

func (w *htmlWriter) word(s string) {
	if w.breaks > 0 || w.out.Len() == 0 {
		quote := strings.Repeat("> ", min(w.quotes, quoteDepth))
		for range min(w.breaks, 3) {
			if w.out.Len() > 0 {
				w.out.WriteByte('\n')
			}
		}
		w.out.WriteString(quote)
		w.breaks, w.space = 0, false
	}
	if w.space {
		w.out.WriteByte(' ')
		w.space = false
	}
	w.out.WriteString(s)
	w.item = false
}
