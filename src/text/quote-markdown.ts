// Markdown of strangers within Markdown of ours: as a blockquote, out of which no text can get.

/** What readers and parsers take for the end of a line. */
const LINE_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;
/** A fence that is certainly one: nothing before it can make it part of a list, of a quote or of an indented fence. */
const FENCE = /^(?:(`{3,})[^`]*|(~{3,}).*)$/;
/** A fence within a list or a quote, or an indented one: where it ends depends on what is around it. */
const NESTED_FENCE = /^[ \t>*+\-\d.):]+(?:```|~~~)/;
/** What begins HTML, but not an address in angle brackets. */
const TAG_START = /<(?!(?:https?:\/\/|mailto:)[^\s<>]*>)(?=[a-z/!?])/gi;
/** The label of a link reference definition, or of a footnote. */
const DEFINITION = /^([ \t>*+\-\d.):]*(?:\[[ x]\][ \t]+)?\[(?:[^[\]\\]|\\[\s\S])*\]):/gim;

/**
 * A text as a blockquote. Every line of the result begins with `>`. Code fences end with the quote. HTML outside of code
 * is escaped, as the forum shows HTML as text, and `[label]: address` becomes `[label] : address`: a definition would
 * hold in the whole document. Where the end of code depends on lists or on the lines around, `<` is escaped in code too.
 */
export function quoteMarkdown(source: string): string {
  return withoutMarkup(source.trimEnd())
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}

/** The text with HTML and definitions disarmed. */
function withoutMarkup(source: string): string {
  const parts: string[] = [];
  let prose: string[] = [];
  const endProse = () => {
    if (prose.length > 0) parts.push(prose.join('\n').replace(DEFINITION, '$1 :'));
    prose = [];
  };
  let closing: RegExp | null = null;
  let isNested = false;
  /** Whether a code span may have begun in a line before, of the same paragraph. */
  let isSpanOpen = false;
  for (const line of source.split(LINE_END)) {
    if (closing !== null) {
      parts.push(line);
      if (closing.test(line)) closing = null;
      continue;
    }
    const fence = isNested ? null : FENCE.exec(line);
    if (fence) {
      endProse();
      parts.push(line);
      const marks = fence[1] ?? fence[2] ?? '';
      closing = new RegExp(`^ {0,3}${marks[0]}{${marks.length},}[ \\t]*$`);
      isSpanOpen = false;
      continue;
    }
    isNested ||= NESTED_FENCE.test(line);
    if (/^[ \t]*$/.test(line)) isSpanOpen = false;
    const spans: Span[] | null = isNested || isSpanOpen ? null : codeSpansIn(line);
    isSpanOpen ||= spans === null;
    prose.push(escapedTags(line, spans ?? []));
  }
  endProse();
  return parts.join('\n');
}

type Span = readonly [start: number, end: number];

/** The code spans of a line. Null if one may end in another line, or at the end of a table's cell. */
function codeSpansIn(line: string): Span[] | null {
  const spans: Span[] = [];
  if (!line.includes('`')) return spans;
  if (line.includes('|')) return null;
  const runs = /\\[\s\S]|`+/g;
  for (let run = runs.exec(line); run; run = runs.exec(line)) {
    if (run[0].startsWith('\\')) continue;
    const end = endOfRun(line, runs.lastIndex, run[0].length);
    if (end === null) return null;
    spans.push([run.index, end]);
    runs.lastIndex = end;
  }
  return spans;
}

/** Where the next run of so many backticks ends. */
function endOfRun(line: string, from: number, length: number): number | null {
  const runs = /`+/g;
  runs.lastIndex = from;
  for (let run = runs.exec(line); run; run = runs.exec(line)) {
    if (run[0].length === length) return runs.lastIndex;
  }
  return null;
}

/** The line with a backslash before each `<` that may begin HTML outside of the spans. */
function escapedTags(line: string, spans: readonly Span[]): string {
  let text = '';
  let at = 0;
  for (const [start, end] of [...spans, [line.length, line.length] as const]) {
    text += line.slice(at, start).replace(TAG_START, escapedTag) + line.slice(start, end);
    at = end;
  }
  return text;
}

/** A sign that a backslash escapes already does not change. */
function escapedTag(sign: string, place: number, text: string): string {
  let start = place;
  while (text[start - 1] === '\\') start--;
  return (place - start) % 2 === 0 ? `\\${sign}` : sign;
}
