export interface RowShape {
  /** Column names are these properties in lower case with underscores. */
  readonly columns: readonly string[];
  /** Properties that the rows lack: reading one throws. */
  readonly omitted?: readonly string[];
}

/** The column of a property: `createdAt` → `created_at`. */
export function columnOf(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The columns as a SELECT or a RETURNING clause names them, such as `t.created_at AS "createdAt"`. */
export function selectList({ columns }: RowShape, alias?: string): string {
  const prefix = alias === undefined ? '' : `${alias}.`;
  return columns
    .map((property) => {
      const column = columnOf(property);
      return column === property ? `${prefix}${column}` : `${prefix}${column} AS "${property}"`;
    })
    .join(', ');
}

/**
 * Returns a function that makes row objects from arrays of values. It is compiled for the columns of a statement,
 * because the drivers assign every property of every row by name. On SQLite this saves a quarter of the processor time
 * of a discussion's page; on PostgreSQL it saves a tenth of the memory. The code contains nothing but column names from
 * our own statements.
 *
 * Reading a property in `omitted` throws, through an accessor on the prototype, which costs nothing. A copy by spread
 * loses the prototype: the types of such rows make that a type error (see `Texts` in graphql/selected-columns.ts).
 */
export function rowMaker(
  name: string,
  columns: readonly string[],
  omitted: readonly string[] = [],
): (values: unknown[]) => unknown {
  const quoted = columns.map((column) => JSON.stringify(column));
  if (omitted.length === 0) {
    const members = quoted.map((column, i) => `${column}: values[${i}]`);
    return new Function('values', `return { ${members.join(', ')} };`) as (values: unknown[]) => unknown;
  }
  const body = quoted.map((column, i) => `this[${column}] = values[${i}];`).join(' ');
  const Row = new Function(`return class Row { constructor(values) { ${body} } };`)();
  for (const property of omitted)
    Object.defineProperty(Row.prototype, property, {
      get: () => {
        throw new Error(
          `${property} is read, but the statement "${name}" omits it: name the field that shows it in \`texts\` of the source.`,
        );
      },
    });
  return (values) => new Row(values);
}
