package retention

import "casekeep/vault/record"

type Step struct {
	Says    string
	Until   record.Date
	Decides bool
	Source  string
}
