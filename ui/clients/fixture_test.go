package clients

import (
	"os"
	"path/filepath"
	"testing"

	"casekeep/app"
	"casekeep/vault/record"
)

// exportFile writes a phone's backup of two texts with Ada.
func exportFile(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sms.xml")
	content := `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="2">
  <sms protocol="0" address="+16015550142" date="1795291200000" type="1" body="Running late, is that ok?" read="1" status="-1" contact_name="Ada" />
  <sms protocol="0" address="+16015550142" date="1795291260000" type="2" body="Of course." read="1" status="-1" contact_name="Ada" />
</smses>
`
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func importOf(id record.ClientID, file string) app.ImportRequest {
	return app.ImportRequest{Client: id, Files: []string{file}}
}
