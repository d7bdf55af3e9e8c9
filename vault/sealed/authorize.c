/*
** What SQL may do. A sealed database promises that no plaintext reaches a disk
** and that a commit is durable; these are the statements that could break it
** from within: ATTACH (also by VACUUM INTO) writes a file through another VFS,
** and PRAGMAs turn off syncing, journaling or spilling rules. DROP, ALTER and
** triggers are kept for maintenance since rules of the data hang on them.
*/
#include "vfs.h"

static int among(const char *name, const char *const *list) {
  for (; *list; list++)
    if (sqlite3_stricmp(name, *list) == 0) return 1;
  return 0;
}

/* PRAGMAs of which the argument only names what to look at. */
static const char *const asking[] = {
  "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo",
  "foreign_key_list", "foreign_key_check", "integrity_check", "quick_check", 0,
};

/* PRAGMAs that the engine alone sets, maintenance or not. */
static const char *const engines[] = {
  "synchronous", "journal_mode", "locking_mode", "temp_store", "temp_store_directory",
  "data_store_directory", "cache_spill", "secure_delete", "mmap_size", "query_only", 0,
};

static int pragma_allowed(int rights, const char *name, const char *value) {
  if (!value) return 1;
  return rights == SEALED_RIGHTS_WORK ? among(name, asking) : !among(name, engines);
}

/*
** VACUUM attaches the file name '' for its work, which is memory under our VFS.
** An expression for a name arrives as NULL and could be any file.
*/
static int attach_allowed(int rights, const char *file) {
  return rights == SEALED_RIGHTS_MAINTAIN && file && file[0] == 0;
}

int sealed_authorize(void *arg, int action, const char *a, const char *b, const char *db, const char *trigger) {
  int rights = *(int *)arg;
  int ok = 1;
  switch (action) {
  case SQLITE_ATTACH:
    ok = attach_allowed(rights, a);
    break;
  case SQLITE_PRAGMA:
    ok = rights == SEALED_RIGHTS_SETUP || pragma_allowed(rights, a, b);
    break;
  case SQLITE_DETACH:
  case SQLITE_DROP_TABLE: case SQLITE_DROP_INDEX: case SQLITE_DROP_TRIGGER:
  case SQLITE_DROP_VIEW: case SQLITE_DROP_VTABLE: case SQLITE_ALTER_TABLE:
  case SQLITE_CREATE_TRIGGER: case SQLITE_CREATE_TEMP_TRIGGER:
    ok = rights != SEALED_RIGHTS_WORK;
    break;
  }
  return ok ? SQLITE_OK : SQLITE_DENY;
}
