import type { Context } from '../access/context.ts';
import { type Dialect, type Statement, statement } from '../store/index.ts';

/** What rows are made of. */
export interface Columns {
  readonly name: string;
  /** The select list, with the property of each column as its alias. */
  readonly columns: string;
  /**
   * Columns that are left out where nobody asks for them: property → the only fields of the contract that read it, as
   * `Type.field`, or `Type.*` for any field of a type. See `asked` and `shown` for when. In tests a column that was
   * left out cannot be read (test/support/guarded.ts).
   */
  readonly onlyFor?: Readonly<Record<string, string | readonly string[]>>;
  /** What was left out of `columns`, by property. */
  readonly leftOut?: readonly string[];
}

/** The fields of a connection that have a place in its order in them. */
export const cursorsOf = (edge: string) => [`${edge}.cursor`, 'PageInfo.startCursor', 'PageInfo.endCursor'];

/** What was worked out for each set of fields, which are one for each document. */
const narrowed = new WeakMap<ReadonlySet<string>, Map<Columns, Columns>>();
/** By its name: documents that ask for the same columns share a statement. */
const sources = new Map<string, Columns>();
/** Choices of columns of all sources together. Whoever asks for yet another one gets whole rows: slower, and no more to keep. */
const CHOICES_MAX = 200;

/** The same rows with no more columns than the request's query asks for. In whatever writes, they are whole. */
export function asked<C extends Columns>(ctx: Pick<Context, 'loaders'>, source: C): C {
  return among(ctx.loaders.isQuery ? ctx.loaders.selectedFields : null, source);
}

/** The same for rows whose `onlyFor` columns are read for the answer alone: a mutation's lack them as well. */
export function shown<C extends Columns>(ctx: Pick<Context, 'loaders'>, source: C): C {
  return among(ctx.loaders.selectedFields, source);
}

function among<C extends Columns>(fields: ReadonlySet<string> | null, source: C): C {
  if (!fields || !source.onlyFor) return source;
  let bySource = narrowed.get(fields);
  if (!bySource) {
    bySource = new Map();
    narrowed.set(fields, bySource);
  }
  let narrow = bySource.get(source) as C | undefined;
  if (!narrow) {
    narrow = narrowedTo(fields, source);
    bySource.set(source, narrow);
  }
  return narrow;
}

function narrowedTo<C extends Columns>(fields: ReadonlySet<string>, source: C): C {
  const { onlyFor = {} } = source;
  const without = Object.keys(onlyFor).filter(
    (property) => ![onlyFor[property] ?? []].flat().some((field) => fields.has(field)),
  );
  if (without.length === 0) return source;
  const name = `${source.name} without ${without.join(', ')}`;
  const known = sources.get(name) as C | undefined;
  if (known) return known;
  if (sources.size >= CHOICES_MAX) return source;
  const kept = source.columns.split(/,\s*/).filter((column) => !without.includes(propertyOf(column)));
  const made = { ...source, name, columns: kept.join(', '), leftOut: without };
  sources.set(name, made);
  return made;
}

/** `t.body_html AS "bodyHtml"` → bodyHtml; `t.body` → body. */
function propertyOf(column: string): string {
  return /(\w+)"?\s*$/.exec(column)?.[1] ?? column;
}

/** A statement that selects a source's columns, once for each choice of them. */
export function selecting<Row>(
  text: (columns: string, dialect: Dialect) => string,
): (source: Columns) => Statement<Row> {
  const known = new WeakMap<Columns, Statement<Row>>();
  return (source) => {
    let read = known.get(source);
    if (!read) {
      read = lacking(
        source,
        statement<Row>(source.name, (d) => text(source.columns, d)),
      );
      known.set(source, read);
    }
    return read;
  };
}

/** A statement that says which columns its rows lack. */
export function lacking<Row>({ leftOut }: Columns, made: Statement<Row>): Statement<Row> {
  return leftOut ? { ...made, leftOut } : made;
}
