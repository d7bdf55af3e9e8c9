package vault

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"casekeep/vault/record"
)

// shortestID is how many digits the id of an entry has at least that a text of
// digits is taken for: those since the summer of 1970.
const shortestID = 15

// follow gives what a structured entry states with the entries that it names
// under their new ids: each text of it that is nothing but the id of an entry
// which got another one. All the rest stays to the byte.
func (c *carrier) follow(data string) string {
	if c.out.Renumbered == 0 && c.opt.Into == 0 {
		return data
	}
	var out strings.Builder
	kept := 0
	dec := json.NewDecoder(strings.NewReader(data))
	dec.UseNumber()
	for {
		token, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return data // what cannot be read names nothing
		}
		text, ok := token.(string)
		if !ok || len(text) < shortestID {
			continue
		}
		old, err := strconv.ParseInt(text, 10, 64)
		f := c.fates[record.EntryID(old)]
		if err != nil || f.id == 0 || f.id.String() == text {
			continue
		}
		end := int(dec.InputOffset())
		begin := end - len(text) - 2
		if begin < kept || data[begin:end] != `"`+text+`"` {
			continue
		}
		out.WriteString(data[kept:begin])
		out.WriteString(`"` + f.id.String() + `"`)
		kept = end
	}
	out.WriteString(data[kept:])
	return out.String()
}
