package vault

// comparedTable says how the rows of a table are compared with those of a later
// state, and what may have become of them. The statements ask the later state;
// ?1 and ?2 are the row's key, ?3 the last event of the earlier trail, ?4 the
// client in whose record it stood, ?5 and ?6 its entry and that one's import. What
// gives a row is a reason.
type comparedTable struct {
	name  string
	key   string            // its columns, all of them numbers
	says  string            // what a row is, in a sentence
	owner string            // asks the earlier state for the client (and entry) of a row
	gone  string            // why a row may be missing
	may   map[string]string // why columns may differ; "*": any of them
	same  string            // columns by which a row under another number is the same
}

const (
	ownClient = `SELECT client, 0 FROM `
	ownEntry  = `SELECT 0, entry FROM `

	goneClient = `SELECT 1 FROM destruction WHERE client = ?4 AND done IS NOT NULL UNION ALL SELECT 1 FROM client_removed WHERE id = ?4`
	goneEntry  = `SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM entry WHERE id = ?5) AND (
		EXISTS (SELECT 1 FROM destruction WHERE client = ?4 AND done IS NOT NULL)
		OR EXISTS (SELECT 1 FROM batch WHERE id = ?6 AND undone IS NOT NULL)
		OR EXISTS (SELECT 1 FROM sequestration WHERE entry = ?5 AND blob IS NOT NULL AND returned IS NULL)
		OR EXISTS (SELECT 1 FROM audit a JOIN destruction d ON d.client = a.client WHERE a.seq > ?3 AND a.entry = ?5
			AND a.action = 'entry.moved-in' AND d.done IS NOT NULL))`

	// A destruction removes imports of which no entry is left, those of records
	// that were destroyed before with them.
	goneImport = goneClient + ` UNION ALL SELECT 1 FROM destruction WHERE ?4 IN (0, -3) AND event > ?3 AND done IS NOT NULL`

	sinceOfClient = `SELECT 1 FROM audit WHERE client = ?4 AND seq > ?3`
	sinceChanged  = `SELECT 1 FROM audit WHERE client = ?4 AND seq > ?3 AND action = 'client.change' UNION ALL ` + goneClient
	since         = `SELECT 1 FROM audit WHERE seq > ?3 AND action = `
)

// comparedTables are all tables that hold records. What was typed and not filed,
// what was put off, and what is derived from the rest is left out.
var comparedTables = []comparedTable{
	// What was written into a copy that was cleared comes after what it shares
	// with the vault.
	{name: "audit", key: "seq", says: "event %d of the audit trail", gone: `SELECT 1 WHERE ?1 > ?3`, may: map[string]string{"*": `SELECT 1 WHERE ?1 > ?3`}},
	{name: "client", key: "id", says: "what is known of the client", owner: `SELECT id, 0 FROM client WHERE id = ?1`, gone: goneClient,
		may: map[string]string{"*": sinceOfClient, "entries last_entry": `SELECT 1 FROM audit WHERE seq > ?3 AND (client = ?4 OR ?4 = -2 AND action GLOB 'record.*')`}},
	{name: "client_status", key: "id", says: "a status", owner: ownClient + `client_status WHERE id = ?1`, gone: goneClient},
	{name: "client_fact", key: "id", says: "what was stated of a person's life", owner: ownClient + `client_fact WHERE id = ?1`, gone: goneClient,
		same: "client what who day"},
	{name: "client_place", key: "id", says: "where the client was served", owner: `SELECT iif(entry IS NULL, client, 0), coalesce(entry, 0) FROM client_place WHERE id = ?1`,
		gone: `SELECT 1 WHERE EXISTS (` + goneClient + `) OR ?5 <> 0 AND EXISTS (` + goneEntry + `)`,
		may:  map[string]string{"client": `SELECT 1 FROM client_place p JOIN entry e ON e.id = p.entry AND e.client = p.client WHERE p.id = ?1`}},
	{name: "member", key: "client, position", says: "a member", owner: ownClient + `member WHERE client = ?1 AND position = ?2`,
		gone: sinceChanged, may: map[string]string{"*": sinceChanged}},
	{name: "contact_point", key: "client, position", says: "a contact point", owner: ownClient + `contact_point WHERE client = ?1 AND position = ?2`,
		gone: sinceChanged, may: map[string]string{"*": sinceChanged}},
	{name: "keep_extension", key: "id", says: "an extension", owner: ownClient + `keep_extension WHERE id = ?1`, gone: goneClient},
	{name: "hold", key: "id", says: "a legal hold", owner: ownClient + `hold WHERE id = ?1`, gone: goneClient, may: map[string]string{
		"lifted lifted_on lifted_by lifted_reason": `SELECT 1 FROM audit WHERE client = ?4 AND seq > ?3 AND action = 'hold.lift'`}},
	{name: "received", key: "client", says: "where the record came from", owner: ownClient + `received WHERE client = ?1`, gone: goneClient},
	{name: "batch", key: "id", says: "an import", owner: ownClient + `batch WHERE id = ?1`, gone: goneImport, may: map[string]string{
		"client": goneClient, "*": sinceOfClient}},
	{name: "source", key: "id", says: "the file that an import was read from",
		owner: `SELECT b.client, 0 FROM batch_source s JOIN batch b ON b.id = s.batch WHERE s.source = ?1`, gone: goneImport,
		may: map[string]string{"*": sinceOfClient}},
	{name: "batch_source", key: "batch, source", says: "the file of an import", owner: ownClient + `batch WHERE id = ?1`, gone: goneImport},
	{name: "entry", key: "id", says: "its text and fields", owner: `SELECT 0, ?1`, gone: goneEntry, may: map[string]string{
		"client": `SELECT 1 FROM entry e WHERE e.id = ?1 AND (e.client = (SELECT m.target FROM move m WHERE m.entry = ?1 ORDER BY m.id DESC LIMIT 1)
			OR EXISTS (SELECT 1 FROM sequestration q WHERE q.entry = ?1 AND CASE WHEN q.returned IS NULL THEN e.client = -2 ELSE e.client = q.client END))`,
		"released": `SELECT 1 FROM disclosure_entry WHERE entry = ?1`,
		"search":   `SELECT 1 FROM amendment WHERE entry = ?1 UNION ALL SELECT 1 FROM sequestration WHERE entry = ?1`}},
	{name: "provenance", key: "entry", says: "where it was imported from", owner: ownEntry + `provenance WHERE entry = ?1`, gone: goneEntry},
	{name: "attachment", key: "id", says: "a file that is kept with it", owner: ownEntry + `attachment WHERE id = ?1`, gone: goneEntry},
	{name: "amendment", key: "id", says: "an amendment", owner: ownEntry + `amendment WHERE id = ?1`, gone: goneEntry},
	{name: "strike", key: "entry", says: "that it is struck through", owner: ownEntry + `strike WHERE entry = ?1`, gone: goneEntry},
	{name: "move", key: "id", says: "that it was moved", owner: ownEntry + `move WHERE id = ?1`, gone: goneEntry, may: map[string]string{
		"origin target reason": `SELECT 1 FROM move WHERE id = ?1 AND -3 IN (origin, target)`}},
	{name: "disclosure", key: "id", says: "a disclosure", owner: ownClient + `disclosure WHERE id = ?1`, gone: goneClient},
	{name: "disclosure_entry", key: "disclosure, entry", says: "that it was disclosed",
		owner: `SELECT client, ?2 FROM disclosure WHERE id = ?1`, gone: `SELECT 1 WHERE EXISTS (` + goneClient + `) OR EXISTS (` + goneEntry + `)`},
	{name: "sequestration", key: "id", says: "what was put out of sight", owner: ownClient + `sequestration WHERE id = ?1`, gone: goneClient,
		may: map[string]string{"returned returned_reason": `SELECT 1 FROM audit WHERE client = ?4 AND seq > ?3 AND action = 'record.unsequester'`,
			"swept": `SELECT 1 FROM sequestration WHERE id = ?1 AND swept IS NOT NULL`}},
	{name: "destruction", key: "client", says: "a destruction", may: map[string]string{
		"id event carried done swept": `SELECT 1 FROM destruction WHERE client = ?1 AND done IS NOT NULL`}},
	{name: "client_batch", key: "id", says: "a list of clients that was brought in", gone: `SELECT 1 FROM destruction WHERE event > ?3`,
		may: map[string]string{"undone": since + `'clients.undo'`}},
	{name: "client_removed", key: "id", says: "a client that was taken back"},
	{name: "retention_rule", key: "id", says: "a retention rule"},
	{name: "holder", key: "id", says: "who holds a key to the vault", may: map[string]string{
		"tested":  since + `'holder.test'`,
		"revoked": since + `'holder.revoke' UNION ALL ` + since + `'holder.not-added' UNION ALL ` + since + `'holder.not-revoked'`}},
	{name: "retired_key", key: "id", says: "a key of older backups"},
	{name: "practice_place", key: "id", says: "where the practice worked", same: "jurisdiction"},
}
