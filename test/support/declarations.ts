// Checks the cache-tag declarations of statements against their SQL. Production never parses SQL, so a wrong
// declaration would show up much later, as an outdated answer somewhere else.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COLUMNS } from '../../src/generated/tables.ts';
import { isLookup } from '../../src/store/cache-tags.ts';
import type { Change, Database, Reads, Statement } from '../../src/store/index.ts';

const checked = new WeakSet<Statement<unknown>>();

/** A database that refuses statements which declare something else than their SQL says. */
export function withCheckedDeclarations(db: Database): Database {
  const check = <Args extends [Statement<unknown>, ...unknown[]], R>(run: (...args: Args) => R) =>
    ((...args: Args) => {
      checkDeclaration(args[0]);
      return run(...args);
    }) as typeof run;
  const wrapped: Database = {
    ...db,
    read: { ...db.read, all: check(db.read.all) as Database['read']['all'] },
    forActor: () => wrapped,
    transaction: (work) => db.transaction((tx) => work({ ...tx, run: check(tx.run) })),
  };
  return wrapped;
}

/** Throws where a statement of ours declares something else than its SQL says; the sentence names file and statement. */
export function checkDeclaration(statement: Statement<unknown>): void {
  if (checked.has(statement)) return;
  const fault = faultOf(statement);
  if (fault) {
    // where a request meets it, its answer shows nothing of it
    console.error(fault);
    throw new Error(fault);
  }
  checked.add(statement);
}

const COMMANDS = /^src\/(import|operations|store)\/|\/check-[a-z]+\.ts$/;

/** What is wrong with a declaration, as a sentence; null: nothing. */
export function faultOf(statement: Statement<unknown>): string | null {
  const isChange = 'writes' in statement;
  // statements of tests are in no file of ours, and nothing that they or commands read is cached
  const file = fileOf(statement.name);
  if (!isChange && !statement.reads && (file === null || COMMANDS.test(file))) return null;
  const faults = isChange
    ? faultsOfChange(statement as Change<unknown>)
    : statement.reads
      ? faultsOfRead(statement)
      : ['does not declare what it reads'];
  if (faults.length === 0) return null;
  return `${file ?? 'A file that makes statements by name'}: the statement "${statement.name}" ${faults.join(', and ')}.`;
}

/** A table that a SELECT reads under some name. */
interface Source {
  readonly table: string;
  /** Columns that equal a parameter, by the parameter's place. */
  readonly equal: Map<number, Set<string>>;
  /** The column that holds its own id, if it is joined by that. */
  joinedBy: { readonly source: string; readonly column: string; readonly isLeft: boolean } | null;
}

/** A table and the name that it goes by; the word after a table may also be the statement's next. */
const TABLE =
  /\b(?:FROM|JOIN)\s+([a-z_]+)\b(?!\s*\()(?:\s+(?:AS\s+)?(?!(?:on|where|cross|left|inner|join|order|limit|group|union)\b)([a-z_]\w*))?/gi;
const JOIN =
  /\b(LEFT\s+)?JOIN\s+([a-z_]+)\s+(?:(?:AS\s+)?(?!on\b)(\w+)\s+)?ON\s+(\w+)\.id\s+=\s+(\w+)\.(\w+)/gi;

function sourcesOf(text: string): Map<string, Source> {
  const sources = new Map<string, Source>();
  for (const [, table = '', name = table] of text.matchAll(TABLE))
    if (COLUMNS[table]) sources.set(name, { table, equal: new Map(), joinedBy: null });
  const only = sources.size === 1 ? [...sources.keys()][0] : undefined;
  const bind = (name: string | undefined, column: string, place: number) => {
    const equal = sources.get(name ?? only ?? '')?.equal;
    equal?.set(place, (equal.get(place) ?? new Set()).add(column));
  };
  let place = 0;
  const parents: number[] = [];
  for (const { 0: match, 1: name, 2: column, index } of text.matchAll(
    /(?:(?:(\w+)\.)?(\w+)\s+(?:=\s*|IN\s*\(SELECT value FROM json_each\(\s*))?\?/gi,
  )) {
    const before = text.slice(0, index + match.length - 1);
    if (column !== undefined && /(?:=\s*|json_each\(\s*)$/i.test(before)) bind(name, column, place);
    else if (/SELECT key AS ordinal, value FROM json_each\(\s*$/i.test(before)) parents.push(place);
    place++;
  }
  for (const [, name, column = ''] of text.matchAll(/(\w+)\.(\w+)\s+=\s+p\.value/gi))
    for (const parent of parents) bind(name, column, parent);
  for (const [, left, , , joined = '', source = '', column = ''] of text.matchAll(JOIN)) {
    const found = sources.get(joined);
    if (found) found.joinedBy = { source, column, isLeft: left !== undefined };
  }
  // what equals a column that equals a parameter equals it too
  for (let again = 0; again < 2; again++)
    for (const [, one = '', column = '', other = '', otherColumn = ''] of text.matchAll(
      /(\w+)\.(\w+)\s+=\s+(\w+)\.(\w+)/g,
    ))
      for (const [a, x, b, y] of [
        [one, column, other, otherColumn],
        [other, otherColumn, one, column],
      ] as const)
        for (const [at, columns] of sources.get(a)?.equal ?? [])
          if (columns.has(x) && sources.has(b)) bind(b, y, at);
  return sources;
}

function faultsOfRead({ text: { sqlite }, reads = [] }: Statement<unknown>): string[] {
  const text = sqlite.replace(/'[^']*'/g, "''");
  const sources = sourcesOf(text);
  const faults: string[] = [];
  for (const { table } of reads)
    if (![...sources.values()].some((source) => source.table === table))
      faults.push(`declares "${table}", which it does not read`);
  for (const [name, source] of sources) {
    const declared = reads.filter(({ table }) => table === source.table);
    const found = declared.map((one) => faultOfSource(text, name, source, one, sources));
    if (declared.length === 0) faults.push(`does not declare that it reads "${source.table}"`);
    else if (!found.includes(null)) faults.push(...found.filter((fault) => fault !== null));
  }
  return faults;
}

function faultOfSource(
  text: string,
  name: string,
  { table, equal, joinedBy }: Source,
  { by = [], columns, id }: Reads,
  sources: ReadonlyMap<string, Source>,
): string | null {
  for (const [place, column] of by.entries())
    if (column !== null && !equal.get(place)?.has(column))
      return `finds rows of "${table}" by something else than ${column} = parameter ${place + 1}`;
  if (by.includes('id')) return null;
  const [selected = ''] = /^[\s\S]*?\bFROM\b/i.exec(text.replace(/^[\s\S]*\bUNION ALL\b/i, '')) ?? [];
  const isAlone = sources.size === 1;
  const columnsIn = (part: string) =>
    [
      ...part.matchAll(
        isAlone ? /(?:\b\w+\.)?\b([a-z][a-z_]*)\b/g : new RegExp(`\\b${name}\\.([a-z_]+)`, 'g'),
      ),
    ]
      .map(([, column = '']) => column)
      .filter((column) => column !== 'id' && COLUMNS[table]?.includes(column));
  // what may be missing beside a row leaves none out
  const inner = text.replace(
    /\bLEFT\s+JOIN\b[\s\S]*?(?=\b(?:WHERE|JOIN|INNER|CROSS|ORDER BY|UNION)\b|$)/gi,
    ' ',
  );
  const after = inner.slice(Math.max(0, inner.search(/\b(?:WHERE|ON|ORDER BY)\b/i)));
  const where = after.replace(/\bORDER BY[\s\S]*$/i, '').replace(/^[\s\S]*?\bWHERE\b/i, '');
  if (id !== undefined) {
    if (joinedBy === null) return `does not join "${table}" by its own id`;
    const held =
      id === 'id' ? `\\b${name}\\.id\\b` : `(\\.${joinedBy.column}|\\b${name}\\.id)\\s+AS\\s+"${id}"`;
    if (!new RegExp(held).test(text)) return `answers no "${id}" that is the id of "${table}"`;
    if (columns !== undefined || joinedBy.isLeft) return null;
    return columnsIn(where).length === 0 ? null : `leaves out rows of "${table}" by its other columns`;
  }
  if (columns === undefined) return null;
  const decisive = new Set([...columns, ...by]);
  const missing = columnsIn(after).find((column) => !decisive.has(column));
  if (missing) return `finds rows of "${table}" by ${missing}, which it does not declare`;
  const surplus = columns.find((column) => !columnsIn(text).includes(column));
  if (surplus) return `declares ${table}.${surplus}, by which it finds nothing`;
  if (
    /\bcount\(\*\)/.test(selected) ||
    new RegExp(`\\b${isAlone ? '(?:\\w+\\.)?' : `${name}\\.`}id\\b`).test(selected)
  )
    return null;
  const shown = columnsIn(selected).find((column) => !decisive.has(column));
  return shown ? `shows ${table}.${shown} without the row's id` : null;
}

function faultsOfChange({ text: { sqlite }, writes }: Change<unknown>): string[] {
  const sql = sqlite.replace(/'[^']*'/g, "''").replace(/\s+RETURNING[\s\S]*$/i, '');
  const [, verb = '', table = ''] = /^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+([a-z_]+)/i.exec(sql) ?? [];
  const faults: string[] = [];
  if (writes.table !== table) faults.push(`declares "${writes.table}" and changes "${table}"`);
  const set = /\bSET\b([\s\S]*?)(?:\bWHERE\b|$)/i.exec(sql)?.[1] ?? '';
  const sets = [...set.matchAll(/(?:^|,)\s*([a-z_]+)\s*=/g)].map(([, column = '']) => column);
  const expected = /^UPDATE/i.test(verb) ? sets.join(', ') : null;
  if ((writes.sets?.join(', ') ?? null) !== expected) faults.push(`declares another SET than ${expected}`);
  const [, names = '', values = ''] =
    /^\s*INSERT INTO\s+[a-z_]+\s*\(([^)]*)\)\s*VALUES\s*\(([^)]*)\)/i.exec(sql) ?? [];
  const inserted = names.split(',').map((column) => column.trim());
  const places = names
    ? values.split(',').flatMap((value, i) => (value.trim() === '?' ? [inserted[i] ?? ''] : []))
    : [...sql.matchAll(/(?:\b(\w+)\s*=\s*)?\?/g)].map(([, column = '']) => column);
  for (const [place, column] of places.entries()) {
    const declared = writes.by[place] ?? null;
    if (declared !== null ? declared !== column : isLookup(table, column))
      faults.push(`declares ${declared} for parameter ${place + 1}, which is for ${column || 'no column'}`);
  }
  return faults;
}

const SRC = path.join(import.meta.dirname, '../../src');
let files: ReadonlyMap<string, string> | null = null;

/** The file that names a statement; null: none of ours does. */
function fileOf(name: string): string | null {
  files ??= new Map(
    readdirSync(SRC, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('generated'))
      .map((file) => [path.join('src', file), readFileSync(path.join(SRC, file), 'utf8')]),
  );
  for (const [file, text] of files) if (text.includes(`'${name}'`)) return file;
  return null;
}
