// Package record holds the types of a practice's records and nothing else:
// every room of the program may use them, and they use none.
//
// Where FHIR R5 has a word for a thing the code uses it (Communication,
// Encounter, ContactPoint, AuditEvent, Provenance), else HIPAA's (Disclosure,
// Amendment), else the practice standards'. Client is social work's word for
// FHIR's Patient.
package record
