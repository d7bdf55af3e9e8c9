/*
** The part of SQLite's C interface that the VFS needs, declared anew: the Go
** binding compiles SQLite in but exports no header. SQLite promises that this
** interface stays binary compatible for all of version 3; vfs.go checks the
** version of the library that it runs under.
*/
#ifndef SEALED_SQLITE_H
#define SEALED_SQLITE_H

#include <stdint.h>

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_mutex sqlite3_mutex;
typedef struct sqlite3_file sqlite3_file;
typedef struct sqlite3_vfs sqlite3_vfs;
typedef int64_t sqlite3_int64;

typedef struct sqlite3_io_methods {
  int iVersion;
  int (*xClose)(sqlite3_file*);
  int (*xRead)(sqlite3_file*, void*, int n, sqlite3_int64 at);
  int (*xWrite)(sqlite3_file*, const void*, int n, sqlite3_int64 at);
  int (*xTruncate)(sqlite3_file*, sqlite3_int64 size);
  int (*xSync)(sqlite3_file*, int flags);
  int (*xFileSize)(sqlite3_file*, sqlite3_int64*);
  int (*xLock)(sqlite3_file*, int);
  int (*xUnlock)(sqlite3_file*, int);
  int (*xCheckReservedLock)(sqlite3_file*, int*);
  int (*xFileControl)(sqlite3_file*, int op, void*);
  int (*xSectorSize)(sqlite3_file*);
  int (*xDeviceCharacteristics)(sqlite3_file*);
  void *unusedShm[4];
  int (*xFetch)(sqlite3_file*, sqlite3_int64 at, int n, void**);
  int (*xUnfetch)(sqlite3_file*, sqlite3_int64 at, void*);
} sqlite3_io_methods;

struct sqlite3_file {
  const sqlite3_io_methods *pMethods;
};

struct sqlite3_vfs {
  int iVersion;
  int szOsFile;
  int mxPathname;
  sqlite3_vfs *pNext;
  const char *zName;
  void *pAppData;
  int (*xOpen)(sqlite3_vfs*, const char*, sqlite3_file*, int flags, int *out);
  int (*xDelete)(sqlite3_vfs*, const char*, int syncDir);
  int (*xAccess)(sqlite3_vfs*, const char*, int flags, int *out);
  int (*xFullPathname)(sqlite3_vfs*, const char*, int n, char *out);
  void *(*xDlOpen)(sqlite3_vfs*, const char*);
  void (*xDlError)(sqlite3_vfs*, int n, char *out);
  void (*(*xDlSym)(sqlite3_vfs*, void*, const char*))(void);
  void (*xDlClose)(sqlite3_vfs*, void*);
  int (*xRandomness)(sqlite3_vfs*, int n, char *out);
  int (*xSleep)(sqlite3_vfs*, int microseconds);
  int (*xCurrentTime)(sqlite3_vfs*, double*);
  int (*xGetLastError)(sqlite3_vfs*, int, char*);
  int (*xCurrentTimeInt64)(sqlite3_vfs*, sqlite3_int64*);
  void *unusedSyscalls[3];
};

int sqlite3_libversion_number(void);
int sqlite3_vfs_register(sqlite3_vfs*, int makeDefault);
sqlite3_vfs *sqlite3_vfs_find(const char*);
int sqlite3_file_control(sqlite3*, const char *db, int op, void*);
int sqlite3_db_config(sqlite3*, int op, ...);
int sqlite3_auto_extension(void (*)(void));
int sqlite3_set_authorizer(sqlite3*,
  int (*)(void*, int, const char*, const char*, const char*, const char*), void*);
int sqlite3_stricmp(const char*, const char*);
sqlite3_mutex *sqlite3_mutex_alloc(int);
void sqlite3_mutex_enter(sqlite3_mutex*);
void sqlite3_mutex_leave(sqlite3_mutex*);

enum {
  SQLITE_OK = 0, SQLITE_BUSY = 5, SQLITE_NOMEM = 7, SQLITE_NOTFOUND = 12,
  SQLITE_CANTOPEN = 14, SQLITE_DENY = 1,
  SQLITE_IOERR_SHORT_READ = 10 | 2 << 8,
  SQLITE_OPEN_MAIN_DB = 0x100, SQLITE_OPEN_TEMP_DB = 0x200,
  SQLITE_OPEN_TRANSIENT_DB = 0x400, SQLITE_OPEN_TEMP_JOURNAL = 0x1000,
  SQLITE_OPEN_SUBJOURNAL = 0x2000,
  SQLITE_FCNTL_FILE_POINTER = 7, SQLITE_FCNTL_VFS_POINTER = 27,
  SQLITE_DBCONFIG_DEFENSIVE = 1010,
  SQLITE_IOCAP_POWERSAFE_OVERWRITE = 0x1000,
  SQLITE_MUTEX_STATIC_APP1 = 8,
};

enum {
  SQLITE_LOCK_NONE, SQLITE_LOCK_SHARED, SQLITE_LOCK_RESERVED,
  SQLITE_LOCK_PENDING, SQLITE_LOCK_EXCLUSIVE,
};

/* Authorizer actions, by https://sqlite.org/c3ref/c_alter_table.html */
enum {
  SQLITE_CREATE_TEMP_TRIGGER = 5, SQLITE_CREATE_TRIGGER = 7,
  SQLITE_DROP_INDEX = 10, SQLITE_DROP_TABLE = 11, SQLITE_DROP_TRIGGER = 16,
  SQLITE_DROP_VIEW = 17, SQLITE_PRAGMA = 19, SQLITE_ATTACH = 24,
  SQLITE_DETACH = 25, SQLITE_ALTER_TABLE = 26, SQLITE_DROP_VTABLE = 30,
};

#endif
