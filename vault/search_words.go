package vault

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// queryWords splits what was typed into words that the index can hold.
func queryWords(query string) []string {
	var words []string
	for _, w := range strings.Fields(strings.ToValidUTF8(query, " ")) {
		if strings.IndexFunc(w, indexed) >= 0 {
			words = append(words, w)
		}
	}
	return words
}

// indexed reports whether the index's tokenizer keeps a character (its
// categories are L* N* Co So Sk).
func indexed(r rune) bool {
	return unicode.In(r, unicode.L, unicode.N, unicode.Co, unicode.So, unicode.Sk)
}

// matchExpression makes each word a phrase, and the last one a beginning: of one
// of these words where there are any, else of all that the index holds.
func matchExpression(words, ends []string) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteString(" AND ")
		}
		if i == len(words)-1 && len(ends) > 0 {
			b.WriteString(`("` + strings.Join(ends, `" OR "`) + `")`)
			return b.String()
		}
		b.WriteString(`"` + strings.ReplaceAll(fold(w), `"`, `""`) + `"`)
	}
	b.WriteString(" *")
	return b.String()
}

const (
	// prefixed is the longest beginning, in characters, of which the index holds
	// the entries as it does those of a word.
	prefixed = 3
	// mostEnds is how many words a beginning is replaced by at most: each takes
	// a place in every segment of the index.
	mostEnds = 40
)

// entryWords is the list of the index's words, which each connection has for
// itself (https://sqlite.org/fts5.html, section 6).
const entryWords = `CREATE VIRTUAL TABLE temp.entry_word USING fts5vocab('main', 'entry_index', 'instance')`

// nextWord gives the first word at or after ?, as the index orders them.
const nextWord = `SELECT term FROM entry_word WHERE term >= ? LIMIT 1`

// wordsFrom gives the words that begin as the last one does. Without them the
// index would gather the entries of all of these before it gives the newest; the
// entries of a word it has at hand. There is nothing to give where it holds those
// of the beginning too, where the words would be many, and for what only the
// tokenizer knows how to fold.
func wordsFrom(ctx context.Context, tx *sql.Tx, last string) ([]string, error) {
	if len(last) <= prefixed || strings.IndexFunc(last, isUnfolded) >= 0 {
		return nil, nil
	}
	next, err := tx.PrepareContext(ctx, nextWord)
	if err != nil {
		return nil, fmt.Errorf("reading the words of the index: %w", err)
	}
	defer next.Close()
	begins := strings.ToLower(last)
	var list []string
	for at := begins; ; at = list[len(list)-1] + "\x01" { // no word holds that character
		var word string
		err := next.QueryRowContext(ctx, at).Scan(&word)
		switch {
		case err == sql.ErrNoRows || err == nil && !strings.HasPrefix(word, begins):
			return list, nil
		case err != nil:
			return nil, fmt.Errorf("reading the words of the index: %w", err)
		case len(list) == mostEnds || !utf8.ValidString(word):
			return nil, nil
		}
		list = append(list, word)
	}
}

// isUnfolded reports what is not an ASCII letter or digit, which are all that
// need nothing but lower case to be as the index has them.
func isUnfolded(r rune) bool {
	return r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}
