// What an answer depends on, and what a commit touches, as short texts that can be compared: marks. An answer that was
// made of reads can be given again until a commit touches one of its marks. They are worked out from the statements
// themselves, so that no read and no write can forget to say what it does. Three forms:
//   ID             the row of this id
//   TABLE@VALUE    rows of a table that have this value in some column, whatever changes in them; `*`: any row
//   TABLE@VALUE#C  the same rows, as far as the column C decides which of them are found and in which order; `*` for a
//                  row that comes or goes
import { COLUMNS, FOUND_BY } from '../generated/tables.ts';
import type { Param, Statement } from './database.ts';

/** Ids are ULIDs in lower case. */
const ID = /^[0-9a-hjkmnp-tv-z]{26}$/;
interface ReadShape {
  readonly tables: readonly {
    readonly name: string;
    /** Places among the parameters of the values that every row found in it has; none: any row may be found. */
    readonly scopes: readonly number[];
    /** Columns that decide what is found, or are shown beside a row's own id. */
    readonly columns: readonly string[];
  }[];
  /** Places of parameters by which rows are looked up by their own ids. */
  readonly ownIds: readonly number[];
  /** Whether a row that is joined by its own id answers with it under another name than `id`. */
  readonly hasJoined: boolean;
}

const readShapes = new WeakMap<Statement<unknown>, ReadShape>();

/** Adds what a read's answer depends on. */
export function markRead(
  marks: Set<string>,
  statement: Statement<unknown>,
  params: readonly Param[],
  rows: readonly unknown[],
): void {
  let shape = readShapes.get(statement);
  if (!shape) {
    shape = readShapeOf(statement.text.sqlite);
    readShapes.set(statement, shape);
  }
  // a row that is found and not shown is one of all that are not: its coming, going and place count, and nothing else
  for (const row of statement.shown?.(rows, params) ?? rows) {
    const { id } = row as { id?: unknown };
    if (typeof id === 'string') marks.add(id);
    if (shape.hasJoined) for (const joined of referencesOf(row as object)) marks.add(joined);
  }
  for (const place of shape.ownIds) for (const id of valuesOf(params[place])) marks.add(id);
  const hasIds = typeof (rows[0] as { id?: unknown } | undefined)?.id === 'string';
  for (const { name, scopes, columns } of shape.tables) {
    const texts = scopes.filter((place) => isTextual(params[place]));
    const values = texts.length === 0 ? ['*'] : texts.flatMap((place) => valuesOf(params[place]));
    for (const value of values) {
      // a row without its id can change unseen: then every change counts
      if (!hasIds) marks.add(`${name}@${value}`);
      else for (const column of ['*', ...columns]) marks.add(`${name}@${value}#${column}`);
    }
  }
}

const isTextual = (param: Param | undefined) => typeof param === 'string' || Array.isArray(param);

/** A table and the name that it goes by; the word after a table may also be the statement's next. */
const TABLE =
  /\b(?:FROM|JOIN)\s+([a-z_]+)\b(?!\s*\()(?:\s+(?:AS\s+)?(?!(?:on|where|cross|left|inner|join|order|limit|group|union)\b)([a-z_]\w*))?/gi;

function readShapeOf(sql: string): ReadShape {
  const text = sql.replace(/'[^']*'/g, "''").replace(/"[^"]*"/g, '""');
  const aliases = new Map<string, string>();
  const lookedUp = new Set<string>();
  const known = new Set<string>();
  const joined = joinedByOwnId(text);
  const beside = joinedBeside(text);
  for (const [, table = '', alias = table] of text.matchAll(TABLE)) aliases.set(alias, table);
  const [, answersAs] = /^\s*SELECT\s+(\w+)\.id\b/i.exec(text) ?? [];
  const hasJoined = [...joined.values()].some((alias) => alias !== answersAs);
  const only = aliases.size === 1 ? [...aliases.keys()][0] : undefined;
  const scopes = new Map<string, number[]>();
  const ownIds: number[] = [];
  const bind = (alias: string | undefined, column: string, place: number) => {
    const name = alias ?? only;
    if (name === undefined) return;
    if (column === 'id') {
      ownIds.push(place);
      lookedUp.add(name);
      return;
    }
    // what is looked up by no index is not told either: then any row may be found
    if (isFoundBy(aliases.get(name) ?? '', column)) scopes.set(name, [...(scopes.get(name) ?? []), place]);
    if (joined.has(`${name}.${column}`)) {
      ownIds.push(place);
      known.add(joined.get(`${name}.${column}`) ?? '');
    }
  };
  let place = 0;
  const parents: number[] = [];
  for (const match of text.matchAll(
    /(?:(?:(\w+)\.)?(\w+)\s+(?:=\s*|IN\s*\(SELECT value FROM json_each\(\s*))?\?/gi,
  )) {
    const before = text.slice(0, (match.index ?? 0) + match[0].length - 1);
    if (match[2] !== undefined && /(?:=\s*|json_each\(\s*)$/i.test(before)) bind(match[1], match[2], place);
    else if (/SELECT key AS ordinal, value FROM json_each\(\s*$/i.test(before)) parents.push(place);
    place++;
  }
  for (const [, alias = '', column = ''] of text.matchAll(/(\w+)\.(\w+)\s+=\s+p\.value/gi))
    for (const parent of parents) bind(alias, column, parent);
  const conditions = text.slice(Math.max(0, text.search(/\b(?:WHERE|ON|ORDER BY)\b/i)));
  const words = conditions.match(/\b[a-z][a-z_]*\b/g) ?? [];
  const shown = (alias: string) => [...text.matchAll(new RegExp(`\\b${alias}\\.([a-z_]+)`, 'g'))];
  const ofRows = /\b(\w+)\.id\b/.exec(text)?.[1];
  const filtered = conditions.replace(/\bORDER BY[\s\S]*$/i, '').replace(/^[\s\S]*?\bWHERE\b/i, '');
  for (const alias of joined.values()) {
    // found through another row: enough where its id is known, and no condition of its own keeps it out
    const isShown = alias === ofRows && !new RegExp(`\\b${alias}\\.`).test(filtered);
    if (isShown || known.has(alias) || beside.has(alias)) lookedUp.add(alias);
    else lookedUp.delete(alias);
  }
  return {
    tables: [...aliases]
      .filter(([alias, table]) => table !== 'json_each' && !lookedUp.has(alias))
      .map(([alias, name]) => ({
        name,
        scopes: scopes.get(alias) ?? [],
        // a found row is known by its own id, and so is all that it shows; what stands beside it is not
        columns: [
          ...new Set([...words, ...(alias === ofRows ? [] : shown(alias).map(([, column = '']) => column))]),
        ].filter((word) => COLUMNS[name]?.includes(word)),
      })),
    ownIds,
    hasJoined,
  };
}

/** Which table is joined by its own id, by the column that holds that id: `JOIN author a ON a.id = m.author_id`. */
function joinedByOwnId(text: string): ReadonlyMap<string, string> {
  const joins = text.matchAll(/\bJOIN\s+[a-z_]+\s+(?:AS\s+)?(\w+)\s+ON\s+\1\.id\s+=\s+(\w+\.\w+)/gi);
  return new Map([...joins].map(([, alias = '', column = '']) => [column, alias]));
}

/**
 * What may be missing beside a row that shows its id: `SELECT m.author_id … LEFT JOIN author a ON a.id = m.author_id`.
 * Such a join finds and leaves out nothing, so the id is all that it depends on.
 */
function joinedBeside(text: string): ReadonlySet<string> {
  const [selected = ''] = /^[\s\S]*?\bFROM\b/i.exec(text) ?? [];
  const joins = text.matchAll(/\bLEFT\s+JOIN\s+[a-z_]+\s+(?:AS\s+)?(\w+)\s+ON\s+\1\.id\s+=\s+(\w+\.\w+)/gi);
  return new Set(
    [...joins].flatMap(([, alias = '', column = '']) =>
      new RegExp(`\\b${column.replace('.', '\\.')}\\b`).test(selected) ? [alias] : [],
    ),
  );
}

/** What a row refers to: every id among its values. */
export function referencesOf(row: object): string[] {
  return Object.values(row).filter((value): value is string => typeof value === 'string' && ID.test(value));
}

/** Whether rows of a table are looked up by a column, its own id aside. What is no column of it may be one by another name. */
export function isFoundBy(table: string, column: string): boolean {
  return FOUND_BY[table]?.includes(column) ?? true;
}

/** The texts of a parameter: one, or a list. */
export function valuesOf(param: Param | undefined): readonly string[] {
  if (typeof param === 'string') return [param];
  return Array.isArray(param) ? param : [];
}
