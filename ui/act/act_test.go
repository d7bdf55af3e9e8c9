package act

import (
	"testing"

	"fyne.io/fyne/v2"

	"casekeep/app/standing"
	"casekeep/ui/desk"
	"casekeep/ui/desk/desktest"
	"casekeep/ui/kit"
	"casekeep/vault/record"
)

// page is an empty page.
type page struct{ desk.View }

func (page) Content() fyne.CanvasObject { return kit.Space() }
func (page) Show(desk.Place)            {}
func (page) Refresh(record.ClientID)    {}

func TestEachActLeadsSomewhere(t *testing.T) {
	for name, c := range map[string]struct {
		client record.ClientID
		act    standing.Act
		page   desk.Page
		part   string
		sheet  bool
	}{
		"a policy":           {record.Book, standing.Act{Page: "policies", Topic: "records"}, desk.Policies, "", false},
		"a policy's form":    {record.Book, standing.Act{Form: record.FormPolicy, Topic: "records"}, desk.Policies, "", false},
		"the profile":        {record.Book, standing.Act{Page: "practice"}, desk.Practice, "profile", false},
		"whom to tell":       {0, standing.Act{Page: "practice", About: 7}, desk.Practice, "incidents", false},
		"clients":            {0, standing.Act{Page: "clients"}, desk.Clients, "", false},
		"a client":           {1, standing.Act{Page: "client"}, desk.Clients, "", false},
		"nothing in itself":  {record.Book, standing.Act{}, desk.Practice, "", false},
		"a client's form":    {1, standing.Act{Form: record.FormChannel, Channel: record.Text}, 0, "", true},
		"a form of the book": {1, standing.Act{Form: record.FormLicense, Page: "practice"}, 0, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			d := desktest.New(t)
			d.Client("Ada Quill")
			d.Open(page{}, 800, 600, desk.Place{})
			Do(d, c.client, c.act)
			switch {
			case c.sheet:
				if d.Sheet() == nil {
					t.Error("no form was opened")
				}
			case len(d.Places) != 1 || d.Places[0].Page != c.page || d.Places[0].Part != c.part || d.Places[0].Topic != c.act.Topic:
				t.Errorf("it led to %+v", d.Places)
			}
			d.Fine()
		})
	}
}
