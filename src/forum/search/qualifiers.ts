// The values of qualifiers such as `is:answered` and `created:>2024-01-01`.
import {
  type Choice,
  FIELDS,
  type Field,
  type Filters,
  type IssueCode,
  type Range,
  type Span,
  STATES,
  type State,
} from './query.ts';

/** A qualifier that cannot be used as written. */
export interface Fault {
  readonly code: IssueCode;
  readonly message: string;
}

/** Filters that are being collected. */
export type Collected = { -readonly [K in keyof Filters]: Filters[K][number][] } & { in: Choice<Field>[] };

export function noFilters(): Collected {
  return { category: [], product: [], tag: [], author: [], is: [], created: [], score: [], in: [] };
}

/** Whether a name in front of a colon is a qualifier. */
export function isQualifier(key: string): key is keyof Collected {
  return Object.hasOwn(noFilters(), key);
}

/** The qualifiers of a kind: each is a condition of the statement that finds the matches. */
export const QUALIFIERS_MAX = 5;

const NOWHERE: Span = { start: 0, end: 0 };

/** What is wrong with a qualifier. Null: nothing. */
export function faultOf(key: keyof Collected, text: string, isNot: boolean): Fault | null {
  return readQualifier(noFilters(), key, { text, isNot, ...NOWHERE });
}

/** A qualifier's value, and where the qualifier stands. */
interface Value extends Span {
  readonly text: string;
  readonly isNot: boolean;
}

/** Adds a qualifier to the filters, or returns what is wrong with it and adds nothing. A repetition adds nothing. */
export function addQualifier(to: Collected, key: keyof Collected, value: Value): Fault | null {
  const read = noFilters();
  const fault = readQualifier(read, key, value);
  if (fault) return fault;
  const list: object[] = to[key];
  const [added = {}] = read[key];
  const written = (one: object) => JSON.stringify({ ...one, ...NOWHERE });
  if (list.some((known) => written(known) === written(added))) return null;
  if (list.length === QUALIFIERS_MAX)
    return { code: 'TOO_MANY_TERMS', message: `Only the first ${QUALIFIERS_MAX} \`${key}:\` are used.` };
  list.push(added);
  return null;
}

function readQualifier(
  to: Collected,
  key: keyof Collected,
  { text, isNot, start, end }: Value,
): Fault | null {
  const values = [...new Set(text.split(','))].filter((value) => value !== '');
  if (values.length === 0) return malformed(`\`${key}:\` needs a value.`);
  if (values.length > VALUES_MAX) return malformed(`\`${key}:\` takes at most ${VALUES_MAX} values.`);
  switch (key) {
    case 'is':
      return addChoice(to.is, 'is', STATES, { values, isNot, start, end });
    case 'in':
      if (isNot) return malformed('`in:` cannot be negated: name the places to search.');
      return addChoice(to.in, 'in', FIELDS, { values, isNot, start, end });
    case 'created':
      return addRange(
        to.created,
        key,
        rangeOf(text, instantOf),
        isNot,
        'a date such as `>2024-01-31` or `2024-01-01..2024-06-30`',
      );
    case 'score':
      return addRange(to.score, key, rangeOf(text, wholeOf), isNot, 'a number such as `>5` or `2..10`');
    case 'author': {
      // handles are stored in lower case
      const handles = values.map((value) => value.toLowerCase().replace(/^@(?!me$)/, ''));
      to.author.push({ values: handles, isNot, start, end });
      return null;
    }
    default:
      to[key].push({ values, isNot, start, end });
      return null;
  }
}

const VALUES_MAX = 10;

const malformed = (message: string): Fault => ({ code: 'MALFORMED_VALUE', message });

function addChoice<T extends State | Field>(
  to: Choice<T>[],
  key: string,
  allowed: readonly T[],
  choice: Choice,
): Fault | null {
  const lower = choice.values.map((value) => value.toLowerCase());
  const unknown = lower.find((value) => !allowed.includes(value as T));
  if (unknown !== undefined)
    return { code: 'UNKNOWN_VALUE', message: `\`${key}:\` takes ${allowed.join(', ')}.` };
  // in one order, so that the same states make the same statement
  to.push({ ...choice, values: [...new Set(lower as T[])].sort() });
  return null;
}

function addRange(
  to: { range: Range; isNot: boolean }[],
  key: string,
  range: Range | null,
  isNot: boolean,
  form: string,
): Fault | null {
  if (range === null) return malformed(`\`${key}:\` takes ${form}.`);
  to.push({ range, isNot });
  return null;
}

/** The first and the last value that a text such as `5` or `2024-01` names: the same, or the bounds of a day. */
type Values = { readonly first: number; readonly last: number };

/** `>5`, `>=5`, `<5`, `<=5`, `5..9`, `*..9`, `5..*` and `5`. Null for anything else. */
function rangeOf(text: string, valuesOf: (text: string) => Values | null): Range | null {
  const [, from, to] = /^(.*?)\.\.(.*)$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined) {
    const [low, high] = [from === '*' ? null : valuesOf(from), to === '*' ? null : valuesOf(to)];
    if ((from !== '*' && !low) || (to !== '*' && !high)) return null;
    return { from: low?.first ?? null, to: high?.last ?? null };
  }
  const [, sign = '', rest = ''] = /^([<>]=?)?(.*)$/.exec(text) ?? [];
  const values = valuesOf(rest);
  if (!values) return null;
  if (sign === '>') return { from: values.last + 1, to: null };
  if (sign === '>=') return { from: values.first, to: null };
  if (sign === '<') return { from: null, to: values.first - 1 };
  if (sign === '<=') return { from: null, to: values.last };
  return { from: values.first, to: values.last };
}

/** The largest score, and the largest distance of an instant from 1970, that both engines compare exactly. */
const WHOLE_MAX = 2 ** 31 - 1;

function wholeOf(text: string): Values | null {
  if (!/^[+-]?\d{1,10}$/.test(text)) return null;
  const value = Math.max(-WHOLE_MAX, Math.min(WHOLE_MAX, Number(text)));
  return { first: value, last: value };
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A date, which is a whole day in UTC, or a date with a time and a zone. */
function instantOf(text: string): Values | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const start = Date.parse(`${text}T00:00:00Z`);
    // 2024-02-31 would be read as a day in March
    if (Number.isNaN(start) || !new Date(start).toISOString().startsWith(text)) return null;
    return { first: start, last: start + DAY_MS - 1 };
  }
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : { first: at, last: at };
}
