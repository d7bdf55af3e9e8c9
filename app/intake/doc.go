// Package intake reads other people's exports: bytes in, items and a report
// out. It knows no vault, opens no network connection, writes no temporary
// file, and holds in memory no more than one message at a time, however large
// the file is.
//
// # What it reads
//
//   - SMS Backup & Restore (Android): the "smses" file with texts and
//     multimedia messages, and the "calls" file.
//   - One email (.eml, RFC 5322).
//   - A mailbox (.mbox, RFC 4155 with mboxrd quoting), Gmail Takeout included.
//
// What a file is, its content decides, never its name.
//
// # The contract
//
// Read asks Handler.Want about every message before it looks at its content.
// Content of a message that is not wanted is passed over undecoded. The
// content of attachments streams to the writers that Handler.Part returns;
// then Handler.Item gets the finished message. Every message that the file
// holds is counted exactly once, so
//
//	Found = Imported + Duplicates + Skipped + Refused
//
// holds for every report, also for one that comes with an error.
//
// A file that is cut off is no error: its complete messages are read, the last
// one is refused, and Report.CutOff and a warning say where the file ends. An
// error is returned for what is no known export, for what cannot be read at
// all, when ctx ends, and when Handler fails.
//
// # Text
//
// Text handed on is valid UTF-8 without control characters, line ends are
// "\n". Halves of characters that an export tore apart (surrogate pairs) are
// joined. Where something is lost, U+FFFD stands for it, the item is marked as
// damaged, and its warnings list what stood there.
package intake
