// Package policy holds the practice's policies as texts: starter texts for each
// topic, what in them comes from a setting, and the rules that a version keeps.
// It knows no vault.
//
// # A version's life
//
// Draft fills the starter text of a topic from the practice's Facts. The
// practitioner edits it; Gaps tells what is still to be filled in. CheckText and
// CheckEffective say whether it can become a version, whose Digest then names it
// in every acknowledgment. Stated is kept with the version: when the settings
// change, Changed compares it with what they say now, and Refresh writes the
// change into the text without touching what the practitioner wrote.
//
// # The text
//
// A text is a small part of Markdown, one block a line: "# " a title, "## " a
// heading, "- " an item, anything else a paragraph. Whatever else a user types
// stands in the text as it was typed. Parse gives the blocks for the window and
// for paper; no text is an error to it, and it loses none.
//
// The starter texts (assets/policies) are written for clients to read: in the
// practitioner's voice, in plain words. They promise what the program and the
// standards make true, and none of them is legal advice.
package policy
