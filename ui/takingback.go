package ui

// followTakingBack shows everything anew once an import that was cut off is
// taken back, so that no page keeps entries that are gone.
func (d *session) followTakingBack() {
	if !d.practice.TakingBack() {
		return
	}
	d.busy.Add(1)
	go func() {
		defer d.busy.Done()
		err := d.practice.TakenBack(d.ctx)
		d.shell.opt.Do(func() {
			if !d.closed {
				d.Fail(err)
				d.Changed(0)
			}
		})
	}()
}
