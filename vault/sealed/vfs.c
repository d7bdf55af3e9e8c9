/*
** A VFS whose databases are memory of the Go side. Reading, locking and the
** files that SQLite makes for itself are served here; what changes a database
** (write, truncate, sync) goes to Go, which keeps the pre-images and appends to
** the journal. Nothing here opens a file: a name that is not a registered store
** is refused, so no SQL can reach the disk by this VFS.
*/
#include <stdlib.h>
#include <string.h>

#include "vfs.h"
#include "_cgo_export.h"

typedef struct memory_file {
  sqlite3_file base;
  unsigned char *data;
  sqlite3_int64 size, cap;
} memory_file;

/* A connection's handle on a store. It carries the connection's rights too. */
typedef struct store_file {
  sqlite3_file base;
  sealed_store *store;
  int lock;
  int rights;
} store_file;

static sealed_store *stores;

static sqlite3_mutex *enter(void) {
  sqlite3_mutex *m = sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP1);
  sqlite3_mutex_enter(m);
  return m;
}

static int copy_out(const unsigned char *from, sqlite3_int64 size, void *to, int n, sqlite3_int64 at) {
  sqlite3_int64 have = at < size ? size - at : 0;
  if (have >= n) {
    memcpy(to, from + at, n);
    return SQLITE_OK;
  }
  if (have > 0) memcpy(to, from + at, have);
  memset((char *)to + have, 0, n - have);
  return SQLITE_IOERR_SHORT_READ;
}

/* Overwriting that the compiler may not leave out, before memory is given back. */
static void wipe(void *p, size_t n) {
  if (n == 0) return;
  memset(p, 0, n);
  __asm__ __volatile__("" : : "r"(p) : "memory");
}

/* ---- the files that SQLite makes for itself: memory ---- */

static int mem_close(sqlite3_file *f) {
  memory_file *m = (memory_file *)f;
  wipe(m->data, m->size);
  free(m->data);
  m->data = 0;
  return SQLITE_OK;
}

static int mem_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at) {
  memory_file *m = (memory_file *)f;
  return copy_out(m->data, m->size, to, n, at);
}

/* Growing copies into fresh memory and wipes the old: realloc would leave it. */
static int mem_grow(memory_file *m, sqlite3_int64 need) {
  sqlite3_int64 cap = m->cap ? m->cap : 64 << 10;
  while (cap < need) cap += cap / 2;
  unsigned char *data = malloc(cap);
  if (!data) return SQLITE_NOMEM;
  if (m->size) memcpy(data, m->data, m->size);
  memset(data + m->size, 0, cap - m->size);
  wipe(m->data, m->size);
  free(m->data);
  m->data = data;
  m->cap = cap;
  return SQLITE_OK;
}

static int mem_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at) {
  memory_file *m = (memory_file *)f;
  if (at + n > m->cap && mem_grow(m, at + n) != SQLITE_OK) return SQLITE_NOMEM;
  memcpy(m->data + at, from, n);
  if (at + n > m->size) m->size = at + n;
  return SQLITE_OK;
}

static int mem_truncate(sqlite3_file *f, sqlite3_int64 size) {
  memory_file *m = (memory_file *)f;
  if (size < m->size) {
    wipe(m->data + size, m->size - size);
    m->size = size;
  }
  return SQLITE_OK;
}

static int mem_size(sqlite3_file *f, sqlite3_int64 *size) {
  *size = ((memory_file *)f)->size;
  return SQLITE_OK;
}

static int mem_sync(sqlite3_file *f, int flags) { return SQLITE_OK; }
static int mem_lock(sqlite3_file *f, int level) { return SQLITE_OK; }
static int mem_reserved(sqlite3_file *f, int *out) { *out = 0; return SQLITE_OK; }
static int mem_control(sqlite3_file *f, int op, void *arg) { return SQLITE_NOTFOUND; }
static int sector_size(sqlite3_file *f) { return 4096; }
static int characteristics(sqlite3_file *f) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

static const sqlite3_io_methods memory_methods = {
  1, mem_close, mem_read, mem_write, mem_truncate, mem_sync, mem_size,
  mem_lock, mem_lock, mem_reserved, mem_control, sector_size, characteristics,
};

/* ---- a store: pages that Go holds ---- */

static int st_unlock(sqlite3_file *f, int level) {
  store_file *s = (store_file *)f;
  sealed_store *st = s->store;
  sqlite3_mutex *m = enter();
  if (s->lock > level) {
    if (st->reserved == s) st->reserved = 0;
    if (st->pending == s) st->pending = 0;
    if (level == SQLITE_LOCK_NONE) st->shared--;
    s->lock = level;
  }
  sqlite3_mutex_leave(m);
  return SQLITE_OK;
}

static int st_close(sqlite3_file *f) {
  store_file *s = (store_file *)f;
  st_unlock(f, SQLITE_LOCK_NONE);
  sqlite3_mutex *m = enter();
  s->store->files--;
  sqlite3_mutex_leave(m);
  return SQLITE_OK;
}

/*
** SQLite's lock ladder (https://sqlite.org/lockingv3.html) between the
** connections of this process: many SHARED, one RESERVED beside them, a PENDING
** that lets no new SHARED in, and EXCLUSIVE once the last other SHARED has gone.
*/
static int lock_locked(store_file *s, int level) {
  sealed_store *st = s->store;
  if (level == SQLITE_LOCK_SHARED) {
    if (st->pending) return SQLITE_BUSY;
    st->shared++;
    s->lock = SQLITE_LOCK_SHARED;
    return SQLITE_OK;
  }
  if ((st->reserved && st->reserved != s) || (st->pending && st->pending != s)) return SQLITE_BUSY;
  if (level == SQLITE_LOCK_RESERVED) {
    st->reserved = s;
    s->lock = SQLITE_LOCK_RESERVED;
    return SQLITE_OK;
  }
  st->pending = s;
  s->lock = SQLITE_LOCK_PENDING;
  if (st->shared > 1) return SQLITE_BUSY;
  s->lock = SQLITE_LOCK_EXCLUSIVE;
  return SQLITE_OK;
}

static int st_lock(sqlite3_file *f, int level) {
  store_file *s = (store_file *)f;
  if (s->lock >= level) return SQLITE_OK;
  sqlite3_mutex *m = enter();
  int rc = lock_locked(s, level);
  sqlite3_mutex_leave(m);
  return rc;
}

static int st_reserved(sqlite3_file *f, int *out) {
  sealed_store *st = ((store_file *)f)->store;
  sqlite3_mutex *m = enter();
  *out = st->reserved != 0 || st->pending != 0;
  sqlite3_mutex_leave(m);
  return SQLITE_OK;
}

static sqlite3_int64 store_size(sqlite3_file *f) {
  return __atomic_load_n(&((store_file *)f)->store->size, __ATOMIC_ACQUIRE);
}

static int st_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at) {
  return copy_out(((store_file *)f)->store->pages, store_size(f), to, n, at);
}

/* The pages never move, so SQLite may read them where they are. */
static int st_fetch(sqlite3_file *f, sqlite3_int64 at, int n, void **out) {
  *out = at + n <= store_size(f) ? ((store_file *)f)->store->pages + at : 0;
  return SQLITE_OK;
}

static int st_unfetch(sqlite3_file *f, sqlite3_int64 at, void *p) { return SQLITE_OK; }

static int st_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at) {
  return sealedWrite(((store_file *)f)->store->handle, (void *)from, n, at);
}

static int st_truncate(sqlite3_file *f, sqlite3_int64 size) {
  return sealedTruncate(((store_file *)f)->store->handle, size);
}

static int st_sync(sqlite3_file *f, int flags) {
  return sealedSync(((store_file *)f)->store->handle);
}

static int st_size(sqlite3_file *f, sqlite3_int64 *size) {
  *size = store_size(f);
  return SQLITE_OK;
}

static int st_control(sqlite3_file *f, int op, void *arg) {
  if (op != SEALED_SET_RIGHTS) return SQLITE_NOTFOUND;
  ((store_file *)f)->rights = *(int *)arg;
  return SQLITE_OK;
}

static const sqlite3_io_methods store_methods = {
  3, st_close, st_read, st_write, st_truncate, st_sync, st_size,
  st_lock, st_unlock, st_reserved, st_control, sector_size, characteristics,
  {0, 0, 0, 0}, st_fetch, st_unfetch,
};

/* ---- the VFS ---- */

/* SQLite closes a file of which pMethods is set even after a refused open. */
static int vfs_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out) {
  memset(f, 0, v->szOsFile);
  if (out) *out = flags;
  const int own = SQLITE_OPEN_TEMP_DB | SQLITE_OPEN_TRANSIENT_DB | SQLITE_OPEN_TEMP_JOURNAL | SQLITE_OPEN_SUBJOURNAL;
  if (!name || flags & own) {
    f->pMethods = &memory_methods;
    return SQLITE_OK;
  }
  if (!(flags & SQLITE_OPEN_MAIN_DB)) return SQLITE_CANTOPEN;
  sqlite3_mutex *m = enter();
  sealed_store *st = stores;
  while (st && strcmp(st->name, name) != 0) st = st->next;
  if (st) {
    store_file *s = (store_file *)f;
    s->base.pMethods = &store_methods;
    s->store = st;
    st->files++;
  }
  sqlite3_mutex_leave(m);
  return st ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int vfs_delete(sqlite3_vfs *v, const char *name, int sync) { return SQLITE_OK; }

static int vfs_access(sqlite3_vfs *v, const char *name, int flags, int *out) {
  *out = 0;
  return SQLITE_OK;
}

static int vfs_full_path(sqlite3_vfs *v, const char *name, int n, char *out) {
  if ((int)strlen(name) >= n) return SQLITE_CANTOPEN;
  strcpy(out, name);
  return SQLITE_OK;
}

/* Extensions are never loaded. */
static void *vfs_dl_open(sqlite3_vfs *v, const char *name) { return 0; }
static void (*vfs_dl_sym(sqlite3_vfs *v, void *lib, const char *name))(void) { return 0; }
static void vfs_dl_close(sqlite3_vfs *v, void *lib) {}
static void vfs_dl_error(sqlite3_vfs *v, int n, char *out) {
  if (n > 0) out[0] = 0;
}

/* What has nothing to do with files is the system VFS's business. */
static sqlite3_vfs *system_vfs(sqlite3_vfs *v) { return v->pAppData; }
static int vfs_random(sqlite3_vfs *v, int n, char *out) { return system_vfs(v)->xRandomness(system_vfs(v), n, out); }
static int vfs_sleep(sqlite3_vfs *v, int us) { return system_vfs(v)->xSleep(system_vfs(v), us); }
static int vfs_time(sqlite3_vfs *v, double *t) { return system_vfs(v)->xCurrentTime(system_vfs(v), t); }
static int vfs_last_error(sqlite3_vfs *v, int n, char *out) { return SQLITE_OK; }
static int vfs_time64(sqlite3_vfs *v, sqlite3_int64 *t) { return system_vfs(v)->xCurrentTimeInt64(system_vfs(v), t); }

static sqlite3_vfs sealed_vfs = {
  2, sizeof(memory_file) > sizeof(store_file) ? sizeof(memory_file) : sizeof(store_file),
  256, 0, SEALED_VFS_NAME, 0,
  vfs_open, vfs_delete, vfs_access, vfs_full_path,
  vfs_dl_open, vfs_dl_error, vfs_dl_sym, vfs_dl_close,
  vfs_random, vfs_sleep, vfs_time, vfs_last_error, vfs_time64,
};

/* Runs for each connection of the process as it opens; guards those of ours. */
static int on_open(sqlite3 *db) {
  sqlite3_vfs *vfs = 0;
  sqlite3_file *f = 0;
  if (sqlite3_file_control(db, "main", SQLITE_FCNTL_VFS_POINTER, &vfs) != SQLITE_OK || vfs != &sealed_vfs) return SQLITE_OK;
  int rc = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &f);
  if (rc == SQLITE_OK) rc = sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
  if (rc == SQLITE_OK) rc = sqlite3_set_authorizer(db, sealed_authorize, &((store_file *)f)->rights);
  return rc;
}

int sealed_register(void) {
  sealed_vfs.pAppData = sqlite3_vfs_find(0);
  if (!sealed_vfs.pAppData) return SQLITE_NOTFOUND;
  int rc = sqlite3_vfs_register(&sealed_vfs, 0);
  if (rc == SQLITE_OK) rc = sqlite3_auto_extension((void (*)(void))on_open);
  return rc;
}

sealed_store *sealed_add(const char *name, unsigned char *pages, uintptr_t handle) {
  sealed_store *st = calloc(1, sizeof *st);
  if (!st) return 0;
  strncpy(st->name, name, sizeof st->name - 1);
  st->pages = pages;
  st->handle = handle;
  sqlite3_mutex *m = enter();
  st->next = stores;
  stores = st;
  sqlite3_mutex_leave(m);
  return st;
}

int sealed_drop(sealed_store *st) {
  sqlite3_mutex *m = enter();
  int files = st->files;
  if (files == 0) {
    sealed_store **p = &stores;
    while (*p != st) p = &(*p)->next;
    *p = st->next;
    free(st);
  }
  sqlite3_mutex_leave(m);
  return files;
}
