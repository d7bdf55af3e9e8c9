package app

import (
	"context"
	"reflect"
	"runtime"
	"slices"
	"sync"

	"casekeep/app/standing"
	"casekeep/vault"
	"casekeep/vault/record"
)

// judged holds every record as the rules of the standards read it last. A
// record is read anew when its facts changed, all of them when the practice's
// book, its settings or the day did. Nothing of it is stored.
type judged struct {
	mu       sync.Mutex
	practice *standing.Practice
	book     []record.EntryID
	files    map[record.ClientID]*judgedFile
}

// judgedFile is one client's record, and what was found of it so far.
type judgedFile struct {
	*standing.File
	read   int64 // the event as of which its facts were read
	asked  bool  // for its tasks
	tasks  []standing.Task
	counts *StandingLine
}

// judgeAll gives every client's record in the order of the ids, after judge
// was asked about each; judge keeps what it found in the record. head is the
// number of the newest audit event that they are as of.
func (p *Practice) judgeAll(ctx context.Context, judge func(*judgedFile) error) (practice *standing.Practice, files []*judgedFile, head int64, err error) {
	list, head, err := p.freshFacts(ctx)
	if err != nil {
		return nil, nil, 0, err
	}
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return nil, nil, 0, err
	}
	p.judged.mu.Lock()
	defer p.judged.mu.Unlock()
	p.judged.readBook(list, settings, p.today(settings))
	list = slices.DeleteFunc(list, func(f fresh) bool { return f.Client.ID == record.Book })
	files = make([]*judgedFile, len(list))
	err = inParallel(len(list), func(i int) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		f := p.judged.files[list[i].Client.ID]
		if f == nil || f.read != list[i].read {
			f = &judgedFile{File: p.judged.practice.Open(list[i].Facts), read: list[i].read}
		}
		files[i] = f
		return judge(f)
	})
	if err != nil {
		return nil, nil, 0, err
	}
	if len(p.judged.files) > len(list) { // of a record that is gone nothing stays in memory
		p.judged.files = make(map[record.ClientID]*judgedFile, len(list))
	}
	for i, f := range files {
		p.judged.files[list[i].Client.ID] = f
	}
	return p.judged.practice, files, head, nil
}

// readBook reads the practice's book anew where it, the settings or the day
// changed. Its entries never change, so the same ids say the same.
func (j *judged) readBook(list []fresh, settings record.Practice, today record.Date) {
	var book record.Facts
	if at := slices.IndexFunc(list, func(f fresh) bool { return f.Client.ID == record.Book }); at >= 0 {
		book = list[at].Facts
	}
	var entries []record.EntryID
	for _, f := range book.Forms {
		entries = append(entries, f.ID)
	}
	if j.practice != nil && j.practice.Today == today && slices.Equal(entries, j.book) && reflect.DeepEqual(settings, j.practice.Settings) {
		return
	}
	j.practice, j.book, j.files = standing.Read(book, settings, today), entries, map[record.ClientID]*judgedFile{}
}

// open gives one client's record as the rules read it.
func (p *Practice) open(ctx context.Context, id record.ClientID) (*standing.Practice, *standing.File, error) {
	client, book, err := p.factsOf(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	settings, err := p.v.Practice(ctx)
	if err != nil {
		return nil, nil, err
	}
	practice := standing.Read(book, settings, p.today(settings))
	if id == record.Book {
		return practice, nil, nil
	}
	return practice, practice.Open(client), nil
}

func (p *Practice) today(settings record.Practice) record.Date {
	return record.DateOf(p.now().In(record.LoadZone(settings.Zone)))
}

// counter counts contacts where the tally alone cannot tell.
func (p *Practice) counter(ctx context.Context) standing.Counter {
	return func(s standing.Span) (int, error) {
		n, _, _, err := p.v.Contacts(ctx, vault.Span(s))
		return n, err
	}
}

// inParallel calls do for each number below n, over all processors, and gives
// the first error.
func inParallel(n int, do func(i int) error) error {
	workers := min(runtime.GOMAXPROCS(0), n)
	errs := make([]error, workers)
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			for i := w; i < n && errs[w] == nil; i += workers {
				errs[w] = do(i)
			}
		})
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
