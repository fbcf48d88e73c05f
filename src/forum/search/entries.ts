// The numbers of indexed texts. They grow with the time of writing, so that an engine reads the newest matches first.
import { chain } from '../../graphql/execution/index.ts';
import {
  change,
  type MaybePromise,
  type RequestDatabase,
  statement,
  type Transaction,
} from '../../store/index.ts';

/** Fine enough that texts seldom meet, and coarse enough that the index stays small. */
const MS_A_NUMBER = 16;
/** How many numbers a writer on PostgreSQL tries to take without waiting. */
const TRIED_AT_ONCE = 64;

/** The first number of an instant in milliseconds. */
export function numberAt(createdAt: number): number {
  return Math.floor(createdAt / MS_A_NUMBER);
}

/** How far a text's number may be after that of its time: many texts of one import have the same time. */
const DELAY_MAX = (24 * 60 * 60 * 1000) / MS_A_NUMBER;

/** Whether a number is one for a text of this time. */
export function fits(n: number, createdAt: number): boolean {
  const first = numberAt(createdAt);
  return n >= first && n <= first + DELAY_MAX;
}

/** The last number that a text of this time can have. */
export function lastNumberAt(createdAt: number): number {
  return numberAt(createdAt) + DELAY_MAX;
}

const insert = change(
  'search.entry',
  'INSERT INTO search_entry (n, row_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  { table: 'search_entry', sets: null, by: ['n', 'row_id'] },
);
const remove = change('search.removeEntry', 'DELETE FROM search_entry WHERE row_id = ?', {
  table: 'search_entry',
  sets: null,
  by: ['row_id'],
});
const ofRow = statement<{ n: number }>('search.entryOf', 'SELECT n FROM search_entry WHERE row_id = ?', {
  table: 'search_entry',
  by: ['row_id'],
});
const numbered = statement<{ n: number }>('search.numbered', 'SELECT n FROM search_entry WHERE n = ?', {
  table: 'search_entry',
  by: ['n'],
});
const hasText = (by: string) => `EXISTS (SELECT 1 FROM search_entry e WHERE e.n = CAST(? AS BIGINT) + ${by})`;
/**
 * A free number right after a taken one, from a taken number on. Numbers of one time are taken without gaps, so this is the
 * first free one, found in as many steps as the number of taken ones has digits: at more than 62 texts a second, numbers
 * run ahead of time by thousands.
 */
const freeAfter = statement<{ n: number }>(
  'search.freeNumber',
  `WITH RECURSIVE
    r(step) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT r.step * 2 FROM r WHERE ${hasText('r.step')}),
    u(low, high) AS (
      SELECT max(r.step) / 2, max(r.step) FROM r
      UNION ALL
      SELECT CASE WHEN ${hasText('(u.low + u.high) / 2')} THEN (u.low + u.high) / 2 ELSE u.low END,
        CASE WHEN ${hasText('(u.low + u.high) / 2')} THEN u.high ELSE (u.low + u.high) / 2 END
      FROM u WHERE u.high - u.low > 1)
    SELECT CAST(? AS BIGINT) + min(u.high) AS "n" FROM u`,
  { table: 'search_entry' },
);

/** Whether a number is that of a text. */
export function isTaken({ read }: RequestDatabase, n: number): MaybePromise<boolean> {
  return chain(read.all(numbered, [n]), (rows) => rows.length > 0);
}

/** The number of an indexed text. Null if it is not in the index. */
export async function numberOf(tx: Transaction, rowId: string): Promise<number | null> {
  const [entry] = await tx.all(ofRow, [rowId]);
  return entry?.n ?? null;
}

/** The class of the advisory locks of numbers, and how many there are: a transaction holds no more, however much it writes. */
const LOCKS = { class: 1_935_762_034, count: 256 };
/**
 * PostgreSQL: inserts the first number that is free and that no open transaction is about to take. A plain INSERT of a
 * number would wait until the other transaction has committed, which syncs to the disk.
 */
const insertUncontended = change<{ n: number }>(
  'search.entryUncontended',
  (d) =>
    d.engine === 'sqlite'
      ? 'INSERT INTO search_entry (n, row_id) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING n'
      : `INSERT INTO search_entry (n, row_id) SELECT s.n, o.row_id
          FROM (SELECT CAST(? AS BIGINT) AS n, CAST(? AS TEXT) AS row_id) o
          CROSS JOIN LATERAL generate_series(o.n, o.n + ${TRIED_AT_ONCE - 1}) AS s(n)
          WHERE CASE WHEN (SELECT count(*) FROM search_entry e WHERE e.n = s.n) > 0 THEN false
            ELSE pg_try_advisory_xact_lock(${LOCKS.class}, CAST(s.n % ${LOCKS.count} AS INTEGER)) END
          LIMIT 1 ON CONFLICT DO NOTHING RETURNING n`,
  { table: 'search_entry', sets: null, by: ['n', 'row_id'] },
);

/**
 * SQLite: the numbers that this process has given last, in a row. At more than 62 texts a second nearly all are taken
 * from the time of a text on, and the one after them is the first free one.
 */
let run = { first: 0, last: -1 };

function recorded(first: number, last: number): number {
  run = first >= run.first && first <= run.last + 1 ? { first: run.first, last } : { first, last };
  return last;
}

/**
 * Gives a text that has none the first free number from its time on. Writers of one moment do not wait for each other,
 * unless they are very many.
 */
export async function addEntry(tx: Transaction, rowId: string, createdAt: number): Promise<number> {
  if (tx.engine === 'postgres') return addEntryFrom(tx, rowId, numberAt(createdAt));
  const first = numberAt(createdAt);
  const { last } = run;
  // what was rolled back, or is of another database, is not taken
  const isInRun = first >= run.first && first <= last && fits(last + 1, createdAt);
  if (isInRun && (await tx.all(numbered, [last])).length > 0) {
    if ((await tx.run(insert, [last + 1, rowId])) > 0) return recorded(first, last + 1);
  }
  return recorded(first, await addEntryFrom(tx, rowId, first));
}

async function addEntryFrom(tx: Transaction, rowId: string, first: number): Promise<number> {
  for (let n = first, isFirst = true; ; isFirst = false) {
    if (tx.engine === 'postgres') {
      const [entry] = await tx.all(insertUncontended, [n, rowId]);
      if (entry) return entry.n;
    }
    // on PostgreSQL, the numbers from the first on may be taken by those who have committed
    if ((tx.engine === 'sqlite' || !isFirst) && (await tx.run(insert, [n, rowId])) > 0) return n;
    const known = await numberOf(tx, rowId);
    if (known !== null) return known;
    const [free] = await tx.all(freeAfter, [n, n, n, n]);
    n = free?.n ?? n + 1;
  }
}

/** Frees a text's number. */
export async function removeEntry(tx: Transaction, rowId: string): Promise<void> {
  await tx.run(remove, [rowId]);
}
