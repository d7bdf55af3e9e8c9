// Package place says what kind of place a folder is: whether a cloud service
// copies it, and whether two folders lie on one disk. It looks at names and
// marks that are there anyway, asks no network, and changes nothing.
package place
