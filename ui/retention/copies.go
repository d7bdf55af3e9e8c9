package retention

import (
	"time"

	"fyne.io/fyne/v2"

	"casekeep/app"
	"casekeep/ui/clients/about"
	"casekeep/ui/clients/phrase"
	"casekeep/ui/days"
	"casekeep/ui/folders"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// copyLine names a copy: "records.db (1).age: Nov 3, 2026, 1.2 MB".
func copyLine(s record.StrayCopy, zone *time.Location) string {
	return s.Name + ": " + days.Short(record.DateOf(s.Modified.In(zone))) + ", " + phrase.Size(s.Bytes)
}

// copies says what other programs left in the vault's folder that the record may be
// in too, and how to look into it.
func (r *review) copies() []fyne.CanvasObject {
	if len(r.look.Copies) == 0 {
		return nil
	}
	all := []fyne.CanvasObject{about.Section("Copies in the vault’s folder that may hold it")}
	for _, one := range r.look.Copies {
		all = append(all, kit.Pad(3, 0, 3, 0, kit.NewText(copyLine(one, r.zone))))
	}
	return append(all, kit.Pad(3, 0, 0, 0, kit.NewNote("Another program, such as one that syncs files, put them into "+folders.Short(r.desk.Practice().Dir())+
		", and Casekeep opens none of them by guess. To look into one of the records: copy it into a new folder under the name records.db.age, with key.age beside it, "+
		"open that folder, and save what can be read of it. Destroying leaves them as they are, unless you ask for them to be removed with it.")))
}

// copiesCheck asks whether they go with the record. It is off: what another computer
// saved may be in one of them and nowhere else.
func copiesCheck(l app.LastLook) *kit.Check {
	n := len(l.Copies)
	check := kit.NewCheck("Remove "+phrase.Count(n, "copy", "copies")+" in the vault’s folder too", false, nil)
	if n == 0 {
		check.Hide()
	}
	return check
}

// copiesHappen says what becomes of them.
func copiesHappen(l app.LastLook) []string {
	n := len(l.Copies)
	if n == 0 {
		return nil
	}
	held := phrase.Count(n, "copy", "copies") + " of the vault’s files in its folder may still hold it, and the certificate will say so. "
	if n == 1 {
		return []string{held + "It can be removed with the record; do that only if you know that nothing in it is missing here, since what another computer saved may be in it alone."}
	}
	return []string{held + "They can be removed with the record; do that only if you know that nothing in them is missing here, since what another computer saved may be in them alone."}
}
