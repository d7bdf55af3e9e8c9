package vault

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"casekeep/vault/record"
)

// Search asks for entries that hold every word of a query. The last word may
// be the beginning of one.
type Search struct {
	Query  string
	Client record.ClientID // 0: every client
	Before record.EntryID  // hits before this one; 0: from the newest
	Limit  int             // 0: 50
}

// Search finds entries by what was said, newest first. Case and diacritics do
// not matter.
func (v *Vault) Search(ctx context.Context, s Search) ([]record.Hit, error) {
	words := queryWords(s.Query)
	if len(words) == 0 {
		return []record.Hit{}, nil
	}
	if s.Limit == 0 {
		s.Limit = 50
	}
	hits := []record.Hit{}
	err := v.db.Read(ctx, func(tx *sql.Tx) error {
		query, args, err := s.statement(ctx, tx, words)
		if err != nil {
			return err
		}
		return each(ctx, tx, query, func(rows *sql.Rows) error {
			var h record.Hit
			var at int64
			var subject, body, amended, files string
			err := rows.Scan(&h.Entry, &h.Client, &h.ClientName, &at, &h.Channel, &h.Direction, &h.Form, &subject, &body,
				&h.Struck, &amended, &files)
			h.At = time.UnixMilli(at).UTC()
			h.Snippet = snippet(words, body, subject, amended, files)
			hits = append(hits, h)
			return err
		}, args...)
	})
	if err != nil {
		return nil, fmt.Errorf("searching: %w", err)
	}
	return hits, nil
}

// mostPicked bounds the entries of a client's record that are picked out of the
// hits by their ids. Among the hits in a larger one 50 come up soon.
const mostPicked = 5000

// statement gives the SQL of a search.
func (s Search) statement(ctx context.Context, tx *sql.Tx, words []string) (query string, args []any, err error) {
	ends, err := wordsFrom(ctx, tx, words[len(words)-1])
	if err != nil {
		return "", nil, err
	}
	query = `SELECT e.id, e.client, c.name, e.at, e.channel, e.direction, e.form, e.subject, e.body,
		EXISTS(SELECT 1 FROM strike k WHERE k.entry = e.id),
		coalesce((SELECT group_concat(a.text, ' ') FROM amendment a WHERE a.entry = e.id), ''),
		coalesce((SELECT group_concat(t.name, ' ') FROM attachment t WHERE t.entry = e.id), '')
		FROM entry_index i CROSS JOIN entry e ON e.id = i.rowid JOIN client c ON c.id = e.client
		WHERE entry_index MATCH ?`
	args = []any{matchExpression(words, ends)}
	if s.Client != 0 {
		query += ` AND e.client = ?`
		args = append(args, s.Client)
		picked := 0
		err := tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM entry WHERE client = ? LIMIT ?)`, s.Client, mostPicked+1).Scan(&picked)
		if err != nil {
			return "", nil, err
		}
		if picked <= mostPicked {
			query += ` AND +i.rowid IN (SELECT id FROM entry WHERE client = ?)`
			args = append(args, s.Client)
		}
	}
	if s.Before != 0 {
		query += ` AND i.rowid < ?`
		args = append(args, s.Before)
	}
	return query + fmt.Sprintf(` ORDER BY i.rowid DESC LIMIT %d`, s.Limit), args, nil
}

const (
	snippetBefore = 40  // runes before the word that was found
	snippetWhole  = 140 // runes in all
)

// snippet gives a line of the first text that holds one of the words, around
// it.
func snippet(words []string, texts ...string) string {
	for _, text := range texts {
		if at := indexPlain(text, words); at >= 0 {
			return around(text, at)
		}
	}
	for _, text := range texts {
		if text != "" {
			return around(text, 0)
		}
	}
	return ""
}

// indexPlain gives the byte at which one of the words first stands in text,
// case and diacritics apart, or -1.
func indexPlain(text string, words []string) int {
	var folded strings.Builder
	var from []int
	for i, r := range text {
		p := plain(r)
		folded.WriteString(p)
		for range len(p) {
			from = append(from, i)
		}
	}
	first := -1
	for _, w := range words {
		at := strings.Index(folded.String(), Plain(w))
		if at >= 0 && at < len(from) && (first < 0 || from[at] < first) {
			first = from[at]
		}
	}
	return first
}

func around(text string, at int) string {
	start := at
	for n := 0; n < snippetBefore && start > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:start])
		start -= size
	}
	if start > 0 {
		if space := strings.IndexAny(text[start:at], " \n\t"); space >= 0 {
			start += space + 1
		}
		return "…" + Preview(text[start:], snippetWhole)
	}
	return Preview(text, snippetWhole)
}
