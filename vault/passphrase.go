package vault

import "casekeep/vault/sealed"

// CheckPassphrase asks whether the passphrase is the one that opens this vault
// on the disk; [sealed.ErrPassphrase] where it is not.
func (v *Vault) CheckPassphrase(passphrase string) error {
	k, err := sealed.OpenKey(v.dir, sealed.Secret{Passphrase: passphrase}, sealed.Options{})
	if err != nil {
		return err
	}
	if !k.Knows(v.db.Key().Name()) {
		return sealed.ErrPassphrase // of another vault, whose key was put in place of this one's
	}
	return nil
}
