// Package inside looks at attachments without handing them to another program:
// pictures, text, email. Package pdf below it draws pages.
//
// What it is given came from strangers. It holds bounded memory whatever a file
// says of itself: sizes are read before anything is decoded ([MostPixels],
// [MostBytes]), a decoder that panics is an error, and it ends with its
// context. It writes no file and opens no connection; links and remote pictures
// stay unfetched.
//
// Errors are sentences that say what to do instead.
package inside
