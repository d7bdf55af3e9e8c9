package app

import (
	"context"
	"errors"

	"casekeep/vault/record"
)

type LastLook struct {
	Kept
	Entries, Attachments int
	AttachmentBytes      int64
	First, Last          record.Date
	Disclosed            int
	Backups              []record.KnownBackup
	Duties               []string
}

func (p *Practice) LastLook(ctx context.Context, client record.ClientID) (LastLook, error) {
	list, err := p.Keep(ctx, client)
	if err != nil {
		return LastLook{}, err
	}
	return LastLook{Kept: list[0]}, nil
}

type Confirm struct{ Name, Passphrase string }

func (p *Practice) Destroy(ctx context.Context, client record.ClientID, c Confirm, progress func(done, total int64, doing string)) (record.Destruction, error) {
	return record.Destruction{}, errors.New("not yet")
}
func (p *Practice) Destructions(ctx context.Context) ([]record.Destruction, error) { return nil, nil }
func (p *Practice) WriteCertificate(ctx context.Context, id int64, path string) error {
	return errors.New("not yet")
}

type SequesterOrder struct {
	Entries                       []record.EntryID
	Ground, Reason, Court, Number string
	On                            record.Date
	Files                         []Upload
	Holder                        string
	HolderName                    string
}

func (p *Practice) Sequester(ctx context.Context, client record.ClientID, o SequesterOrder) error {
	return errors.New("not yet")
}
func (p *Practice) Sequestered(ctx context.Context, client record.ClientID) ([]record.Sequestration, error) {
	return nil, nil
}
func (p *Practice) Unsequester(ctx context.Context, id int64, reason string) error {
	return errors.New("not yet")
}
