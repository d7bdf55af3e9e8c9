package policy

import (
	"fmt"
	"strings"
	"sync"
	"text/template"

	"casekeep/assets"
)

// Draft fills a topic's starter text from the facts. What is missing is said in
// the text or marked as a gap. The error is that the topic is unknown.
func Draft(key string, f Facts) (string, error) {
	if _, known := Find(key); !known {
		return "", fmt.Errorf("there is no policy %q: choose one of %s", key, strings.Join(keys(), ", "))
	}
	starter := starters().Lookup(key + ".md")
	var text strings.Builder
	if err := starter.Execute(&text, f.tidy()); err != nil {
		return "", fmt.Errorf("filling in the policy %s: %w", key, err)
	}
	return unwrap(text.String()), nil
}

// starters are the embedded texts, by file name.
var starters = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(words).ParseFS(assets.Policies, "policies/*.md"))
})

// unwrap puts each block on one line: a starter text is wrapped for those who
// maintain it, and a window wraps by itself.
func unwrap(text string) string {
	blocks := Parse(text)
	for i := range blocks {
		blocks[i].Text = strings.Join(strings.Fields(blocks[i].Text), " ")
	}
	return Format(blocks)
}
