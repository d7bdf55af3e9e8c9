// Package form describes the structured entries of a record: what each asks,
// what it refuses, and how it reads on paper. The window draws a form from its
// description, and what was typed comes back as Values; Check brings them into
// the form in which they are kept, or says of each field what is wrong.
//
// It knows the types of a record and nothing of where they are kept.
package form
