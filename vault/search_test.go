package vault_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"casekeep/vault"
	"casekeep/vault/record"
)

func TestSearchFindsEveryScript(t *testing.T) {
	v := newVault(t)
	c := v.client("Ada Quill")
	bodies := []string{
		"Running late, is that ok? 🙂",
		"Ärztin Müller rief an, Straße 5, œuvre, Łódź, Đà Nẵng, kızım",
		"明天见 老师",
		"すみません、明日行きます",
		"내일 만나요",
		"พรุ่งนี้เจอกัน",
		"شُكْراً جزيلاً يا أحمد",
		"שָׁלוֹם תודה",
		"धन्यवाद कल मिलते हैं",
		"thanks 👩‍👩‍👧 👍🏽 🇺🇸",
		"café déjà vu in decomposed form: e\u0301cole",
	}
	for i, b := range bodies {
		v.log(c, start.Add(-time.Duration(i)*time.Minute), b)
	}
	for query, want := range map[string]int{
		"late": 0, "LATE": 0, "lat": 0, "run": 0, "🙂": 0,
		"muller": 1, "strasse": 1, "straße": 1, "oeuvre": 1, "lodz": 1, "da nang": 1, "kizim": 1, "Arztin": 1,
		"明天": 2, "老师": 2, "天见": 2, "明日": 3, "すみません": 3, "내일": 4, "พรุ่งนี้": 5, "เจอ": 5,
		"شكرا": 6, "احمد": 6, "أحمد": 6, "שלום": 7, "धन्यवाद": 8,
		"👩‍👩‍👧": 9, "👍": 9, "👍🏽": 9, "🇺🇸": 9, "cafe": 10, "ecole": 10, "école": 10, "deja vu": 10,
	} {
		hits, err := v.Search(ctx, vault.Search{Query: query})
		if err != nil {
			t.Errorf("%q: %v", query, err)
			continue
		}
		found := false
		for _, h := range hits {
			found = found || h.At.Equal(start.Add(-time.Duration(want)*time.Minute))
		}
		if !found {
			t.Errorf("%q did not find %q", query, bodies[want])
		}
	}
	for _, query := range []string{"", "  ", `"`, "-", "...", `"unbalanced`, "AND", "NEAR(", "said:x", "*", "^", "🙂🙂🙂", "\x00", "a\xffb", "NOT late OR"} {
		if _, err := v.Search(ctx, vault.Search{Query: query}); err != nil {
			t.Errorf("%q: %v", query, err)
		}
	}
}

func TestSearchIsNewestFirstAndPages(t *testing.T) {
	v := newVault(t)
	a, b := v.client("A"), v.client("B")
	for i := range 20 {
		v.log(a, start.Add(-time.Duration(i)*time.Hour), "common word")
		v.log(b, start.Add(-time.Duration(i)*time.Hour), "common thing")
	}
	hits, err := v.Search(ctx, vault.Search{Query: "common", Limit: 7})
	if err != nil || len(hits) != 7 {
		t.Fatalf("%d hits, %v", len(hits), err)
	}
	for i := 1; i < len(hits); i++ {
		if hits[i].Entry >= hits[i-1].Entry {
			t.Error("not newest first")
		}
	}
	more, _ := v.Search(ctx, vault.Search{Query: "common", Limit: 100, Before: hits[6].Entry})
	if len(more) != 33 {
		t.Errorf("%d hits on the next page", len(more))
	}
	only, _ := v.Search(ctx, vault.Search{Query: "common word", Client: a.ID, Limit: 100})
	if len(only) != 20 || only[0].ClientName != "A" {
		t.Errorf("%d hits of one client", len(only))
	}
	if none, _ := v.Search(ctx, vault.Search{Query: "word", Client: b.ID}); len(none) != 0 {
		t.Error("another client's words were found")
	}
}

func TestSnippetStandsAroundTheWord(t *testing.T) {
	v := newVault(t)
	c := v.client("A")
	v.log(c, start, strings.Repeat("before ", 100)+"the Übergabe happened "+strings.Repeat("after ", 100))
	hits, err := v.Search(ctx, vault.Search{Query: "ubergabe"})
	if err != nil || len(hits) != 1 {
		t.Fatalf("%d hits, %v", len(hits), err)
	}
	if s := hits[0].Snippet; !strings.Contains(s, "Übergabe") || !strings.HasPrefix(s, "…") || len([]rune(s)) > 141 {
		t.Errorf("snippet: %q", s)
	}
}

// TestBeginningsFindWhatBeginsSo searches for every beginning of words that begin
// alike, of few and of many, within all records and within one.
func TestBeginningsFindWhatBeginsSo(t *testing.T) {
	v := newVault(t)
	clients := []record.Client{v.client("A"), v.client("B")}
	var bodies []string
	for i := range 60 {
		bodies = append(bodies, fmt.Sprintf("Appoint%c%c appointment%02d's", 'A'+i/26, 'a'+i%26, i))
		v.log(clients[i%2], start.Add(-time.Duration(i)*time.Minute), bodies[i])
	}
	for _, query := range []string{"a", "app", "appo", "appoint", "APPOINTA", "appointab", "appointment", "appointment1", "appointment17",
		"appointment17's", "appointments", "appointbz appoint", "appoint appointment2"} {
		for _, only := range []record.Client{{}, clients[1]} {
			want := 0
			for i, body := range bodies {
				if (only.ID == 0 || i%2 == 1) && begins(body, query) {
					want++
				}
			}
			hits, err := v.Search(ctx, vault.Search{Query: query, Client: only.ID, Limit: 100})
			if err != nil || len(hits) != want {
				t.Errorf("%q in %q: %d hits, want %d, %v", query, only.Name, len(hits), want, err)
			}
		}
	}
}

// begins reports whether body holds every word of a query, of which the last is
// the beginning of one.
func begins(body, query string) bool {
	body = " " + strings.ToLower(body) + " "
	words := strings.Fields(strings.ToLower(query))
	for i, w := range words {
		if i < len(words)-1 {
			w += " "
		}
		if !strings.Contains(body, " "+w) {
			return false
		}
	}
	return true
}
