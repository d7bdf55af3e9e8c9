package intake

// markup gives the name of the element that begins or ends here ("mms",
// "/mms") and leaves it unread. What is none of a backup's elements is passed
// and has no name.
func (w *window) markup() (string, error) {
	c, ok := w.at(1)
	if !ok {
		return "", w.ended()
	}
	switch c {
	case '?':
		return "", w.past("?>")
	case '!':
		return "", w.declaration()
	}
	from := 1
	if c == '/' {
		from = 2
	}
	end, err := w.name(from)
	if err == errMalformed {
		w.consume(1)
		return "", nil
	}
	if err != nil {
		return "", err
	}
	name := intern(w.view(1, end))
	if name == "" {
		w.consume(end)
	}
	return name, nil
}

// intern gives the names that matter without allocating, and "" for others.
func intern(name []byte) string {
	for _, known := range []string{"sms", "mms", "call", "part", "addr", "/mms", "smses", "calls", "/smses", "/calls"} {
		if string(name) == known {
			return known
		}
	}
	return ""
}

var errDeclares = &fault{"declares a document type or entities, which no phone backup does: it is not read. Export it again from the phone"}

// declaration passes comments and CDATA. A document type could declare
// entities that grow without bound; no backup has one.
func (w *window) declaration() error {
	if c, _ := w.at(2); c == '-' {
		w.consume(2)
		return w.past("-->")
	} else if c == '[' {
		return w.past("]]>")
	}
	return errDeclares
}

func (w *window) past(mark string) error {
	if !w.skipPast(mark) {
		return w.ended()
	}
	return nil
}
