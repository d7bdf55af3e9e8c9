package sealed

import (
	"slices"

	"filippo.io/age"
)

// hold makes k the key of the vault. Which of several identities is the vault's
// the base says, once it was opened ([DB.settle]).
func (db *DB) hold(k *Key) error {
	ring, err := ringOf(k)
	if err != nil {
		return err
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	db.wrapped, db.key, db.ring, db.keys = k, k, ring, ring[0]
	return nil
}

// ringOf gives the keys of each identity that k knows, in its order.
func ringOf(k *Key) (ring []*keys, err error) {
	for _, id := range k.all() {
		one, err := newKeys(id)
		if err != nil {
			return nil, err
		}
		ring = append(ring, one)
	}
	return ring, nil
}

// settle makes the identity that the base is sealed to the vault's: what is
// written from now on is sealed to it. The others stay for what is still theirs.
func (db *DB) settle(k *keys) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.settleLocked(k)
}

func (db *DB) settleLocked(k *keys) {
	first := &Key{identity: k.identity, holder: db.key.holder}
	db.key, db.keys = first.Beside(db.wrapped), k
}

// active gives what is written to from now on.
func (db *DB) active() *keys {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.keys
}

// putting gives what an attachment is sealed to, and what says that it was: once
// the vault has another key, a re-key waits for those of the one before.
func (db *DB) putting() (k *keys, done func()) {
	for {
		if k = db.active(); k.puts.begin() == nil {
			return k, k.puts.done
		}
	}
}

// identities gives all that may open a file of the vault.
func (db *DB) identities() []age.Identity {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.key.identities()
}

// wrap gives what the key files hold.
func (db *DB) wrap() *Key {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.wrapped
}

// Key gives the vault's identity, which stays of use after [DB.Close].
func (db *DB) Key() *Key {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.key
}

// wipeKeys clears what was derived.
func (db *DB) wipeKeys() {
	for _, k := range slices.Clone(db.ring) {
		k.forget()
	}
}
