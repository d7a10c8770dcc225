#include <sqlite3.h>

/* Swift cannot import the cast that this constant is: SQLite copies what is bound. */
static inline int perf_sqlite_bind_copy(
    sqlite3_stmt *statement, int place, const void *bytes, long long count) {
  return sqlite3_bind_blob64(
      statement, place, bytes, (sqlite3_uint64)count, SQLITE_TRANSIENT);
}

/* Nor can it call a variadic function. Views and triggers of a file from elsewhere are not trusted, and no
   statement may write the file's own pages. */
static inline int perf_sqlite_distrust(sqlite3 *database) {
  int error = sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
  if (error == SQLITE_OK)
    error = sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
  return error;
}

/* A connection whose file was renamed must not remove, when it is closed, the log that another file has by
   then under the old name. */
static inline int perf_sqlite_leave_log(sqlite3 *database) {
  return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}
