// An answer's size is known only after its rows are read, and a few hundred long texts fill the memory before that. A
// request that reads many rows with texts therefore has their size measured by the store first.
import {
  type Dialect,
  type LongTexts,
  type Param,
  type RequestDatabase,
  type Statement,
  statement,
} from '../store/index.ts';
import { AnswerTooLarge, chain, type MaybePromise } from './execution/index.ts';

/** The rows that a request reads before texts are measured: more than a page of a thread with its replies has. */
const UNMEASURED_ROWS_MAX = 128;
/** Rows may have texts that the answer does not show, such as the one that tells whether there is a next page. */
const BYTES_FACTOR = 2;

/**
 * The database for one request. Its reads throw AnswerTooLarge, before they read, if the texts of all of them together
 * are more than twice as large as an answer may be. Texts of the first UNMEASURED_ROWS_MAX rows are not measured, so
 * that most requests need no statement more.
 */
export function withTextBudget(db: RequestDatabase, answerBytesMax: number): RequestDatabase {
  if (answerBytesMax === Infinity) return db;
  const { engine, read: unlimited, transaction } = db;
  const bytesMax = BYTES_FACTOR * answerBytesMax;
  let rows = 0;
  let bytes = 0;
  const all = <Row>(read: Statement<Row>, params: readonly Param[]): MaybePromise<Row[]> => {
    const { texts } = read;
    if (texts === undefined) return unlimited.all(read, params);
    rows += texts.rowsMax(params);
    if (rows <= UNMEASURED_ROWS_MAX) return unlimited.all(read, params);
    return chain(unlimited.all(texts.measuring, params), ([measured]) => {
      bytes += measured?.bytes ?? 0;
      if (bytes > bytesMax) throw new AnswerTooLarge(bytesMax, 'The texts that the operation reads are');
      return unlimited.all(read, params);
    });
  };
  return { engine, read: { all, together: unlimited.together }, transaction };
}

/**
 * A statement whose rows have long texts. `sizes`: the same SELECT, of nothing but `octet_length(…) AS bytes` for each
 * row. Neither engine reads a text for its length, if the function is applied to the column itself.
 */
export function withTexts<Row>(
  made: Statement<Row>,
  sizes: (dialect: Dialect) => string,
  rowsMax: LongTexts['rowsMax'],
): Statement<Row> {
  const measuring = statement<{ readonly bytes: number }>(
    `${made.name}, measured`,
    (d) => `SELECT coalesce(sum(m.bytes), 0) AS "bytes" FROM (${sizes(d)}) m`,
  );
  return { ...made, texts: { measuring, rowsMax } };
}
