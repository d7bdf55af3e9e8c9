// Package outside hands decrypted copies of attachments to other programs of
// the computer, and takes them back.
//
// A copy lies in a folder that only this user can look into (0700), readable
// and not writable (0400), under a name that no system runs. The folder is in
// memory where the system has a place for that (XDG_RUNTIME_DIR of the XDG Base
// Directory Specification 0.8, or /dev/shm, as long as either is a tmpfs), else
// in the user's cache, on the disk. A process has one such folder, and holds a
// lock in it for as long as it lives: [Sweep] removes its own, and every one
// whose process is gone. It keeps no list: it knows the folders by their names
// and by nobody holding their locks.
//
// What the other program keeps of a copy (recent files, thumbnails, copies of
// its own) is beyond reach.
package outside
