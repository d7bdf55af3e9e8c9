package welcome

import (
	"context"
	"sync"
	"time"

	"casekeep/app"
	"casekeep/ui/kit"
	"casekeep/ui/look"
)

// load does something short off the main goroutine.
func (p *Page) load(job func(context.Context) error, done func(error)) {
	p.busy = true
	p.notice.say("")
	go func() {
		err := job(context.Background())
		p.opt.Do(func() {
			p.busy = false
			done(err)
		})
	}()
}

// tenth is how often a bar is brought up to date.
const tenth = 100 * time.Millisecond

// run does long work behind a bar of bytes with "Cancel".
func (p *Page) run(title string, job func(context.Context, app.Doing) error, done func(error)) {
	if p.busy {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	bar := kit.NewProgress("", cancel).Bytes(app.Size)
	layer := kit.On(look.Shade, kit.Middle(460, kit.Card(kit.Pad(20, 24, 18, 24, kit.Column(10, kit.NewHeading(title), bar)))))
	overlays := p.opt.Window.Canvas().Overlays()
	overlays.Add(layer)
	var mu sync.Mutex
	var last time.Time
	report := func(done, total int64, text string) {
		mu.Lock()
		late := time.Since(last) > tenth
		if late {
			last = time.Now()
		}
		mu.Unlock()
		if late {
			p.opt.Do(func() {
				bar.SetText(text)
				bar.Set(int(done), int(total))
			})
		}
	}
	p.load(func(context.Context) error { return job(ctx, report) }, func(err error) {
		cancel()
		overlays.Remove(layer)
		done(err)
	})
}
