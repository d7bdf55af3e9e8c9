// Package phrase says what stands in a record in the words of the window:
// times, people, channels, acts of the audit trail. It reads dates, times and
// durations as people type them. It draws nothing.
package phrase
