/**
 * The number of cells in a text's Markdown tables, at least: each row counts as many as its table has columns, because
 * rendering fills it. A table is recognised by its second line, such as `|---|:-:|`, also within code, and ends with a
 * blank line. One pass over the text.
 */
export function tableCellsIn(source: string): number {
  if (!source.includes('|')) return 0;
  let cells = 0;
  /** The columns of the table that the line is in. 0 outside of tables. */
  let columns = 0;
  for (let at = 0; at <= source.length; ) {
    const { end, separated, isBlank } = readLine(source, at);
    if (isBlank) columns = 0;
    columns = Math.max(columns, separated);
    cells += columns;
    at = end + 1;
  }
  return cells;
}

interface Line {
  readonly end: number;
  /** The columns that the line separates from the head of a table. 0 for other lines. */
  readonly separated: number;
  /** Whether it has nothing but blanks, within quotations or not. */
  readonly isBlank: boolean;
}

function readLine(source: string, start: number): Line {
  let isSeparator = true;
  let isBlank = true;
  let hasPipe = false;
  let hasDash = false;
  let columns = 0;
  let at = start;
  for (; at < source.length; at++) {
    const char = source[at];
    if (char === '\n' || (char === '\r' && source[at + 1] !== '\n')) break;
    if (char === ' ' || char === '\t' || char === '>' || char === '\r') continue;
    isBlank = false;
    if (char === '-') {
      hasDash = true;
    } else if (char === '|') {
      hasPipe = true;
      if (hasDash) columns++;
      hasDash = false;
    } else if (char !== ':') {
      isSeparator = false;
    }
  }
  if (hasDash) columns++;
  return { end: at, separated: isSeparator && hasPipe ? columns : 0, isBlank };
}
