package app

import (
	"context"
	"io"
	"slices"
	"strings"

	"casekeep/app/form"
	"casekeep/vault/record"
)

// SignatureFile is the name under which a signature is kept that was drawn in
// the window.
const SignatureFile = "signature.png"

// isSignature reports whether a file is a signature by its name.
func isSignature(name string) bool { return strings.HasPrefix(name, "signature") }

func signatures(files []Upload) (n int) {
	for _, f := range files {
		if isSignature(f.Name) {
			n++
		}
	}
	return n
}

// carried gives the files of an entry that go along with its correction, all
// that none of the request's takes the place of. A drawn signature goes along
// only where the same person still decides the same: it stands for nothing that
// was not there when it was drawn.
func (p *Practice) carried(ctx context.Context, spec form.Spec, before record.Entry, req FormRequest) ([]Upload, error) {
	if len(before.Attachments) == 0 {
		return nil, nil
	}
	values, err := spec.Read(before.Data)
	if err != nil {
		return nil, err
	}
	var files []Upload
	for _, a := range before.Attachments {
		replaced := slices.ContainsFunc(req.Files, func(f Upload) bool { return f.Name == a.Name })
		if replaced || isSignature(a.Name) && !sameDecision(values, req.Values) {
			continue
		}
		files = append(files, Upload{Name: a.Name, Type: a.Type, Open: func() (io.ReadCloser, error) {
			_, content, err := p.v.OpenAttachment(ctx, a.ID)
			return content, err
		}})
	}
	return files, nil
}

// sameDecision reports whether the same people decide in the same way about
// nothing else than before.
func sameDecision(before, now form.Values) bool {
	names := func(v form.Values) (all []string) {
		list, _ := v["signers"].([]record.Signer)
		for _, s := range list {
			all = append(all, s.Name)
		}
		return all
	}
	signed, _ := before["policies"].([]record.PolicyRef)
	stated, _ := now["policies"].([]record.PolicyRef)
	for _, ref := range stated {
		if !slices.Contains(signed, ref) {
			return false
		}
	}
	for _, key := range []string{"decision", "earlier_what", "what", "scope", "channel"} {
		was, _ := before[key].(string)
		if is, _ := now[key].(string); is != was {
			return false
		}
	}
	return slices.Equal(names(before), names(now))
}
