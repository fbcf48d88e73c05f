// The texts of a post are most of its bytes. They are left out of a SELECT where no field of the operation shows them.
// Reading one that was left out is a fault in our own code and throws: see `rowMaker` in store/rows.ts.
import type { Context } from '../access/context.ts';
import {
  type Dialect,
  type Reads,
  type RowShape,
  type Statement,
  selectList,
  statement,
} from '../store/index.ts';

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

/** The same rows without the texts that no field of the request's operation shows. */
export function selectedFor<C extends Columns>({ loaders }: Pick<Context, 'loaders'>, source: C): C {
  const fields = loaders.selectedFields;
  if (!fields || !source.texts) return source;
  const omitted = Object.entries(source.texts).flatMap(([text, shownBy]) =>
    shownBy.some((field) => fields.has(field)) ? [] : [text],
  );
  if (omitted.length === 0) return source;
  const key = omitted.join(', ');
  const choices = withoutTexts.get(source) ?? new Map<string, Columns>();
  withoutTexts.set(source, choices);
  const columns = source.columns.filter((column) => !omitted.includes(column));
  const narrow = choices.get(key) ?? { ...source, name: `${source.name} without ${key}`, columns, omitted };
  choices.set(key, narrow);
  return narrow as C;
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
      read = omitting(
        source,
        statement<Row>(source.name, (d) => text(selectList(source, 't'), d), ...reads),
      );
      known.set(source, read);
    }
    return read;
  };
}

/** A statement that says which properties its rows lack. */
export function omitting<Row>({ omitted }: RowShape, made: Statement<Row>): Statement<Row> {
  return omitted ? { ...made, omitted } : made;
}
