package standing

import (
	"bytes"
	"encoding/json"
	"sync"

	"casekeep/vault/record"
)

// sharedRefs holds lists of policies as they stand in acknowledgments. All
// clients are asked to acknowledge the same few, so each list is read once: it
// is nine tenths of an acknowledgment.
type sharedRefs struct {
	mu    sync.RWMutex
	lists map[string][]record.PolicyRef // by their JSON; not to be changed
}

func (r *sharedRefs) read(list []byte) ([]record.PolicyRef, error) {
	r.mu.RLock()
	refs, ok := r.lists[string(list)]
	r.mu.RUnlock()
	if ok {
		return refs, nil
	}
	if err := json.Unmarshal(list, &refs); err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.lists == nil {
		r.lists = map[string][]record.PolicyRef{}
	}
	r.lists[string(list)] = refs
	return refs, nil
}

// apart splits an acknowledgment's JSON into its list of policies and the
// rest. It gives no list where the JSON does not begin with one.
func apart(data []byte) (list, rest []byte) {
	const begin = `{"policies":`
	if !bytes.HasPrefix(data, []byte(begin+"[")) {
		return nil, data
	}
	text := false
	for i := len(begin); i < len(data); i++ {
		switch c := data[i]; {
		case text && c == '\\':
			i++
		case c == '"':
			text = !text
		case !text && c == ']':
			rest = append([]byte{'{'}, bytes.TrimPrefix(data[i+1:], []byte(","))...)
			return data[len(begin) : i+1], rest
		}
	}
	return nil, data
}

// addAck reads an acknowledgment.
func (c *File) addAck(f record.Filed) error {
	list, rest := apart(f.Data)
	f.Data = rest
	if err := add(&c.acks, f); err != nil || list == nil {
		return err
	}
	var err error
	last(c.acks).Data.Policies, err = c.p.refs.read(list)
	return err
}
