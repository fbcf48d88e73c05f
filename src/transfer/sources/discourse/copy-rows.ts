import { SourceError } from '../../record-source.ts';
import { decodedLine, linesOf, type OnBytes } from '../reading.ts';

/** A row of a table as `pg_dump` writes it. */
export interface CopiedRow {
  readonly table: string;
  /** By column. Null is SQL's NULL. */
  readonly values: Readonly<Record<string, string | null>>;
  readonly line: number;
}

const COPY = /^COPY (?:"?[\w$]+"?\.)?"?([\w$]+)"? \((.*)\) FROM stdin;$/;
/** The longest line: a post has at most some hundred thousand characters, and its escapes. */
const LINE_BYTES_MAX = 64 * 2 ** 20;
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** The rows of these tables in a dump in plain SQL (`COPY … FROM stdin`), one at a time. */
export async function* copiedRows(
  file: string,
  tables: ReadonlySet<string>,
  onBytes: OnBytes,
): AsyncGenerator<CopiedRow> {
  let table: string | null = null;
  let columns: readonly string[] = [];
  let line = 0;
  for await (const bytes of linesOf(file, LINE_BYTES_MAX, onBytes)) {
    line++;
    const text = decodedLine({ file, line }, bytes).replace(/\r$/, '');
    if (table === null) {
      const copy = text.startsWith('COPY ') ? COPY.exec(text) : null;
      if (!copy) continue;
      table = copy[1] as string;
      columns = (copy[2] as string).split(', ').map((column) => column.replaceAll('"', ''));
    } else if (text === '\\.') {
      table = null;
    } else if (tables.has(table)) {
      const fields = text.split('\t');
      if (fields.length !== columns.length)
        throw new SourceError(
          { file, line },
          `a row of ${table} has ${fields.length} values for ${columns.length} columns.`,
        );
      yield {
        table,
        values: Object.fromEntries(columns.map((column, i) => [column, unescaped(fields[i])])),
        line,
      };
    }
  }
  if (table !== null)
    throw new SourceError({ file, line }, `the file ends within the table ${table}: it was cut off.`);
}

/** PostgreSQL's text format: https://www.postgresql.org/docs/current/sql-copy.html */
function unescaped(field = ''): string | null {
  if (field === '\\N') return null;
  if (!field.includes('\\')) return field;
  return field.replaceAll(/\\([0-7]{1,3}|x[\da-fA-F]{1,2}|[\s\S])/g, (_, code: string) => {
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    if (/^x[\da-fA-F]/.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return ESCAPES[code] ?? code;
  });
}
