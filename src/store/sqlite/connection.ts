import BetterSqlite3 from 'better-sqlite3';

/** How long a read waits for SQLite's exclusive lock, after a crash or during a checkpoint. */
const READ_BUSY_MS_MAX = 5_000;
/** More than SQLite's own limit of 2 GB. */
const MAPPED_BYTES_MAX = 2 ** 36;
/**
 * The size of the log at a checkpoint, in pages: 16 MB, four times SQLite's default. Writes change pages all over the
 * indexes, and a page that changes again before the checkpoint is copied only once: with the default, copying took a
 * third of the time of a vote's commit. A log's index searches this many pages in one step.
 */
export const LOG_PAGES = 4_000;
/** The writer retries by itself (see GroupCommit), so that the process is not blocked meanwhile. */
const WRITE_BUSY_MS_MAX = 10;

/**
 * The settings of connections that write. In WAL mode readers continue meanwhile. FULL makes a commit wait for the disk,
 * so that nothing acknowledged is lost in a power failure (better-sqlite3's default for WAL is NORMAL). The journal of a
 * savepoint stays in memory; beyond 64 KB SQLite would write it to a file, page by page. What is deleted or overwritten is
 * also erased in the file, so that a redacted text is in no later backup.
 */
export const FOR_WRITES = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
  PRAGMA wal_autocheckpoint = ${LOG_PAGES}; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;`;

/**
 * As many pages as the log has before a checkpoint, so that none of them is read again from the file. With SQLite's
 * default of 2 MB a write reads several pages again that writes before it have used.
 */
const WRITER_CACHE_PAGES = LOG_PAGES;

/** Opens the connection on which requests write. */
export function openWriter(file: string): BetterSqlite3.Database {
  return opened(file, READ_BUSY_MS_MAX, (connection) => {
    connection.exec(FOR_WRITES);
    connection.pragma(`cache_size = ${WRITER_CACHE_PAGES}`);
    connection.pragma(`busy_timeout = ${WRITE_BUSY_MS_MAX}`);
  });
}

/**
 * Opens a connection that cannot write: a statement sees what was committed before it began. With `isMapped` it maps the
 * file into memory instead of copying each page, which is faster, and lets the process grow by as much of the file as it
 * reads. If the disk cannot read a mapped page, or the file is truncated, the system ends the process (SIGBUS), without
 * an error for the request.
 */
export function openReader(file: string, isMapped: boolean): BetterSqlite3.Database {
  return opened(file, READ_BUSY_MS_MAX, (connection) => {
    connection.pragma('query_only = ON');
    connection.pragma(`mmap_size = ${isMapped ? MAPPED_BYTES_MAX : 0}`);
  });
}

function opened(
  file: string,
  timeout: number,
  prepare: (connection: BetterSqlite3.Database) => void,
): BetterSqlite3.Database {
  const connection = new BetterSqlite3(file, { timeout });
  try {
    prepare(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Returns a function that tells whether other connections, of any process, have committed since its last call. */
export function watch(connection: BetterSqlite3.Database): () => boolean {
  const version = connection.prepare<[], number>('PRAGMA data_version').pluck();
  let last = version.get();
  return () => {
    const now = version.get();
    const isChanged = now !== last;
    last = now;
    return isChanged;
  };
}
