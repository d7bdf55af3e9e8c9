package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"casekeep/app/outside"
	"casekeep/vault"
	"casekeep/vault/record"
)

// OpenAttachment gives an attachment's content. Reading to its end fails where
// it is not what was kept.
func (p *Practice) OpenAttachment(ctx context.Context, id int64) (record.Attachment, io.ReadCloser, error) {
	return p.v.OpenAttachment(ctx, id)
}

// SaveAttachment writes an attachment, in plain, to a file that the
// practitioner chose, and notes that in the audit trail. It replaces no file,
// and leaves none behind when it fails.
func (p *Practice) SaveAttachment(ctx context.Context, id int64, path string) error {
	_, r, err := p.v.OpenAttachment(ctx, id)
	if err != nil {
		return err
	}
	defer r.Close()
	f, err := startFile(path)
	if err != nil {
		return err
	}
	defer f.abandon()
	if _, err := io.Copy(f, r); err != nil {
		return err
	}
	if err := f.finish(); err != nil {
		return err
	}
	if err := f.deliver(); err != nil {
		return err
	}
	if err := p.v.NoteHanding(ctx, vault.HandedSaved, id); err != nil {
		return errors.Join(err, f.retract())
	}
	return nil
}

// CopyOutside writes an attachment, in plain, into the private folder of
// package outside, notes that in the audit trail, and gives the path of the
// copy. A program is refused with [outside.ErrProgram]; a file that is not what
// was kept leaves nothing there.
func (p *Practice) CopyOutside(ctx context.Context, id int64) (string, error) {
	a, r, err := p.v.OpenAttachment(ctx, id)
	if err != nil {
		return "", err
	}
	defer r.Close()
	head, err := readHead(r)
	if err != nil {
		return "", err
	}
	if outside.Judge(a.Name, a.Type, head) == outside.Refused {
		return "", outside.ErrProgram
	}
	path, err := outside.Copy(ctx, a.Name, a.Type, io.MultiReader(bytes.NewReader(head), r))
	if err != nil {
		return "", err
	}
	if err := p.v.NoteHanding(ctx, vault.HandedOpened, id); err != nil {
		return "", errors.Join(err, outside.Remove(path))
	}
	return path, nil
}

// OpenOutside opens an attachment with the program that the computer has for
// it, as a copy that CopyOutside makes. Where there is no such program the copy
// is removed at once, and the audit trail notes that nothing opened it.
func (p *Practice) OpenOutside(ctx context.Context, id int64) error {
	path, err := p.CopyOutside(ctx, id)
	if err != nil {
		return err
	}
	failed := outside.Show(ctx, path)
	if failed == nil {
		return nil
	}
	if err := outside.Remove(path); err != nil {
		return errors.Join(failed, fmt.Errorf("the copy in the private folder could not be removed; Casekeep tries again when it locks: %w", err))
	}
	return errors.Join(failed, p.v.NoteHanding(context.WithoutCancel(ctx), vault.HandedUnread, id))
}

// JudgeOutside says how careful one has to be with opening an attachment in
// another program.
func (p *Practice) JudgeOutside(ctx context.Context, id int64) (outside.Care, error) {
	a, r, err := p.v.OpenAttachment(ctx, id)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	head, err := readHead(r)
	return outside.Judge(a.Name, a.Type, head), err
}

// readHead reads the beginning of a file.
func readHead(r io.Reader) ([]byte, error) {
	head := make([]byte, outside.HeadSize)
	n, err := io.ReadFull(r, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return head[:n], err
}
