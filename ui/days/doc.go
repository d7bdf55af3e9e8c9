// Package days reads days of the calendar as people type them in the United
// States, and says them back. It draws nothing and knows no clock: what today
// is, it is told.
package days
