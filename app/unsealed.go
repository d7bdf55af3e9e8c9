package app

// Unsealed gives how many changes stand in the journal and not yet in the
// sealed database. They are encrypted and durable; Seal brings them in.
func (p *Practice) Unsealed() int { return p.v.Status().JournalRecords }
