// Package pdf draws the pages of PDF files.
//
// PDFium, the reader that Chromium has, does it, compiled to WebAssembly and run
// by wazero: a file that breaks PDFium breaks out into a memory of its own, in
// which there is no file system, no network and no clock but a counter. It has
// no JavaScript. That memory is bounded (384 MiB) and dropped with the document,
// each call is bounded in time, and both end with their context.
//
// The first document of a process waits while PDFium is compiled, some seconds
// and some 300 MB, which are given back; [Drop] lets go of what remains.
//
// Fonts that a file does not bring are drawn with PDFium's own, which know no
// Chinese, Japanese or Korean.
package pdf
