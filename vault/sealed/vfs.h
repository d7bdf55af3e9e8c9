#ifndef SEALED_VFS_H
#define SEALED_VFS_H

#include "sqlite.h"

#define SEALED_VFS_NAME "sealed"

/* File control by which Go sets what a connection may do: one of the rights. */
#define SEALED_SET_RIGHTS 0x5EA1

enum {
  SEALED_RIGHTS_SETUP,   /* opening: the binding's own PRAGMAs run */
  SEALED_RIGHTS_WORK,    /* reading and writing rows */
  SEALED_RIGHTS_MAINTAIN /* migrations and VACUUM */
};

struct store_file;

/* One open database: pages that Go owns, and the locks on them. */
typedef struct sealed_store {
  char name[64];
  unsigned char *pages;
  sqlite3_int64 size; /* atomic */
  uintptr_t handle;   /* Go's */
  int files;          /* open handles */
  int shared;         /* handles that hold SHARED or more */
  struct store_file *reserved, *pending;
  struct sealed_store *next;
} sealed_store;

int sealed_register(void);
sealed_store *sealed_add(const char *name, unsigned char *pages, uintptr_t handle);
int sealed_drop(sealed_store *); /* handles still open, or 0: dropped */
int sealed_authorize(void *, int, const char *, const char *, const char *, const char *);

#endif
