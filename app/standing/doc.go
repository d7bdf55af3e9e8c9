// Package standing holds the practice standards as rules over what is on
// record: for one client or the practice itself, what each duty asks, what
// shows it, and what is due. It knows no vault. Nothing of it is stored, and
// none of it is part of a release: a standing is the practitioner's own
// working view.
package standing
