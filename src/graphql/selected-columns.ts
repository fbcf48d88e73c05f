// The texts of a post are most of its bytes. They are left out of a SELECT where no field of the operation shows them.
// Reading one that was left out is a fault in our own code and throws: see `rowMaker` in store/rows.ts.

import type { Context } from '../access/context.ts';
import {
  columnOf,
  type Dialect,
  type LongTexts,
  type Reads,
  type RowShape,
  type Statement,
  selectList,
  statement,
} from '../store/index.ts';
import { withTexts } from './text-budget.ts';

/**
 * The texts that a row may lack, for the type of the row to extend. They are accessors of a class, so that TypeScript
 * drops them from a copy by spread (`{ ...row }`), as JavaScript does.
 */
export declare abstract class Texts {
  get body(): string;
  get bodyHtml(): string;
  get bodyText(): string;
}

/** What rows of a table are made of. */
export interface Columns extends RowShape {
  readonly name: string;
  /** For each text among the columns the fields that show it, as `Type.field`. */
  readonly texts?: Readonly<Partial<Record<keyof Texts, readonly string[]>>>;
}

/** For each source what is left of it without some texts: documents that show the same ones share a statement. */
const withoutTexts = new WeakMap<Columns, Map<string, Columns>>();

/** The choice for each source, by the selected fields of a document. */
const chosen = new WeakMap<ReadonlySet<string>, Map<Columns, Columns>>();

/** The same rows without the texts that no field of the request's operation shows. */
export function selectedFor<C extends Columns>({ loaders }: Pick<Context, 'loaders'>, source: C): C {
  const fields = loaders.selectedFields;
  if (!fields || !source.texts) return source;
  const known = chosen.get(fields)?.get(source);
  if (known) return known as C;
  const choice = narrowed(fields, source);
  chosen.set(fields, (chosen.get(fields) ?? new Map()).set(source, choice));
  return choice as C;
}

function narrowed(fields: ReadonlySet<string>, source: Columns): Columns {
  const omitted = Object.entries(source.texts ?? {}).flatMap(([text, shownBy]) =>
    shownBy.some((field) => fields.has(field)) ? [] : [text],
  );
  if (omitted.length === 0) return source;
  const key = omitted.join(', ');
  const choices = withoutTexts.get(source) ?? new Map<string, Columns>();
  withoutTexts.set(source, choices);
  const columns = source.columns.filter((column) => !omitted.includes(column));
  const narrow = choices.get(key) ?? { ...source, name: `${source.name} without ${key}`, columns, omitted };
  choices.set(key, narrow);
  return narrow;
}

/** A statement that selects a source's columns from a table named `t`, made once for each choice of texts. `reads`: as for `statement`. */
export function selecting<Row>(
  text: (columns: string, dialect: Dialect) => string,
  ...reads: readonly Reads[]
): (source: Columns) => Statement<Row> {
  const known = new WeakMap<Columns, Statement<Row>>();
  return (source) => {
    let read = known.get(source);
    if (!read) {
      const whole = statement<Row>(source.name, (d) => text(selectList(source, 't'), d), ...reads);
      read = omitting(source, whole, text, rowsByKeyMax);
      known.set(source, read);
    }
    return read;
  };
}

/**
 * A statement that says which properties its rows lack, and how to measure the texts that they have. `text`: the
 * statement with these columns of `t`.
 */
export function omitting<Row>(
  source: Columns,
  made: Statement<Row>,
  text: (columns: string, dialect: Dialect) => string,
  rowsMax: LongTexts['rowsMax'],
): Statement<Row> {
  const { omitted, columns, texts = {} } = source;
  const read = omitted ? { ...made, omitted } : made;
  const sizes = Object.keys(texts).flatMap((property) =>
    columns.includes(property) ? [`octet_length(t.${columnOf(property)})`] : [],
  );
  if (sizes.length === 0) return read;
  return withTexts(read, (d) => text(`${sizes.join(' + ')} AS bytes`, d), rowsMax);
}

/** A row for each key, or as many as a LIMIT at the end allows. */
const rowsByKeyMax: LongTexts['rowsMax'] = (params) => {
  const keys = params.find((param) => Array.isArray(param));
  return keys ? (keys as readonly string[]).length : Number(params.at(-1));
};
