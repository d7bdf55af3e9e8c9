package intake

import (
	"strings"
	"unicode"
)

// headings are the names under which programs and people keep each field,
// letters and digits alone.
var headings = map[PeopleField][]string{
	PeopleName: {"name", "client", "clientname", "fullname", "displayname", "patient", "patientname", "preferredname", "chosenname",
		"goesby", "contact", "contactname", "casename", "who"},
	PeopleFirst:    {"first", "firstname", "givenname", "forename", "clientfirstname", "patientfirstname", "fname"},
	PeopleMiddle:   {"middle", "middlename", "middleinitial", "mi", "additionalname"},
	PeopleLast:     {"last", "lastname", "surname", "familyname", "clientlastname", "patientlastname", "lname"},
	PeopleLegal:    {"legalname", "legal", "nameoninsurance", "legalfullname"},
	PeoplePronouns: {"pronouns", "pronoun"},
	PeopleBorn:     {"born", "dob", "dateofbirth", "birthdate", "birthday", "birth", "clientdob", "patientdob", "bday"},
	PeoplePhone: {"phone", "phonenumber", "telephone", "tel", "mobile", "mobilephone", "mobilenumber", "cell", "cellphone", "cellnumber",
		"homephone", "workphone", "primaryphone", "phone1", "phone2", "phone3", "otherphone", "secondaryphone", "phone1value", "phone2value",
		"mainphone", "businessphone"},
	PeopleEmail: {"email", "emailaddress", "mail", "email1", "email2", "primaryemail", "workemail", "homeemail", "email1value", "email2value",
		"secondaryemail"},
	PeopleAddress: {"address", "homeaddress", "streetaddress", "mailingaddress", "street", "fulladdress", "postaladdress", "address1formatted"},
	PeopleOpened: {"opened", "open", "openeddate", "dateopened", "since", "clientsince", "start", "startdate", "intake", "intakedate",
		"firstseen", "firstsession", "firstappointment", "admitted", "admissiondate", "dateadded", "created", "datecreated", "casestart"},
	PeopleClosed: {"closed", "closeddate", "dateclosed", "ended", "enddate", "discharged", "dischargedate", "terminated", "terminationdate",
		"lastseen"},
	PeopleState:    {"state", "st", "jurisdiction", "stateofresidence", "province", "homestate", "stateprovince", "residence"},
	PeopleStatus:   {"status", "clientstatus", "active", "casestatus"},
	PeopleKind:     {"kind", "type", "clienttype", "casetype"},
	PeopleLanguage: {"language", "preferredlanguage", "primarylanguage", "spokenlanguage"},
	PeopleNeeds:    {"needs", "communicationneeds", "accommodations", "interpreter"},
	PeopleMembers:  {"members", "partners", "participants", "householdmembers", "familymembers"},
}

var fieldOfHeading = func() map[string]PeopleField {
	known := map[string]PeopleField{}
	for field, names := range headings {
		for _, name := range names {
			known[name] = field
		}
	}
	return known
}()

// guessFields says what the columns hold by their headings, and reports whether
// one of them names the client: without that it is no list with headings.
func guessFields(columns []PeopleColumn) bool {
	taken := map[PeopleField]bool{}
	for i := range columns {
		field := fieldOfHeading[plainHeading(columns[i].Heading)]
		if taken[field] && field != PeoplePhone && field != PeopleEmail && field != PeopleAddress {
			field = PeopleNothing
		}
		columns[i].Field = field
		taken[field] = true
	}
	return taken[PeopleName] || taken[PeopleFirst] || taken[PeopleLast] || taken[PeopleLegal]
}

// plainHeading drops case, spaces, signs, and what stands in brackets:
// "Date of Birth (mm/dd/yyyy)" is "dateofbirth".
func plainHeading(heading string) string {
	heading, _, _ = strings.Cut(heading, "(")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

// PeopleFieldName says what a field is, for the user to choose.
func PeopleFieldName(f PeopleField) string {
	return map[PeopleField]string{
		PeopleNothing: "Leave out", PeopleName: "Name", PeopleFirst: "First name", PeopleMiddle: "Middle name", PeopleLast: "Last name",
		PeopleReversed: "Name, last one first", PeopleLegal: "Legal name", PeoplePronouns: "Pronouns", PeopleBorn: "Date of birth",
		PeoplePhone: "Phone", PeopleEmail: "Email", PeopleAddress: "Address", PeopleOpened: "First day", PeopleClosed: "Closed on",
		PeopleState: "State", PeopleStatus: "Status", PeopleKind: "Kind of client", PeopleLanguage: "Language",
		PeopleNeeds: "Communication needs", PeopleMembers: "Members",
	}[f]
}

// PeopleFields lists the fields in the order in which they are offered.
func PeopleFields() []PeopleField {
	return []PeopleField{
		PeopleNothing, PeopleName, PeopleReversed, PeopleFirst, PeopleMiddle, PeopleLast, PeopleLegal, PeoplePronouns, PeopleBorn,
		PeoplePhone, PeopleEmail, PeopleAddress, PeopleOpened, PeopleClosed, PeopleState, PeopleStatus, PeopleKind, PeopleMembers,
		PeopleLanguage, PeopleNeeds,
	}
}
