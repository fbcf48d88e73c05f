type Branches = Readonly<Record<string, () => string>>;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** From how many seconds on a unit is used, largest first. */
const UNITS = [
  ['year', 365 * DAY],
  ['month', 30 * DAY],
  ['week', 7 * DAY],
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
] as const;

/** What is remembered of each kind. Most numbers of a page are small, and on other pages too. */
const REMEMBERED_MAX = 2000;

/** The same function, which computes recent values once. */
function remembered<Value extends string>(compute: (number: number) => Value): (number: number) => Value {
  const known = new Map<number, Value>();
  return (number) => {
    const found = known.get(number);
    if (found !== undefined) return found;
    const value = compute(number);
    if (known.size >= REMEMBERED_MAX) known.clear();
    known.set(number, value);
    return value;
  };
}

/** Numbers, times and plural forms of one language. Intl's objects are made once: a new one costs 20 times its use. */
export class Formats {
  /** A number as the language writes it. */
  readonly number: (value: number) => string;
  readonly #plural: (value: number) => string;
  /** So many of each unit ago: elapsed time, for which “yesterday” and “last year” can be wrong. */
  readonly #relative: Readonly<Record<string, (count: number) => string>>;
  /** The time at the start of a minute, counted from 1970. */
  readonly #exact: (minute: number) => string;
  readonly #list: Intl.ListFormat;
  readonly #now: string;

  /** `now`: the words for what is less than a minute ago. */
  constructor(language: string, now: string) {
    this.#now = now;
    const numbers = new Intl.NumberFormat(language);
    this.number = remembered((value) => numbers.format(value));
    const plurals = new Intl.PluralRules(language);
    this.#plural = remembered((value) => plurals.select(value));
    const relative = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
    this.#relative = Object.fromEntries(
      UNITS.map(([unit]) => [unit, remembered((count) => relative.format(-count, unit))]),
    );
    const times = new Intl.DateTimeFormat(language, {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: 'UTC',
    });
    this.#exact = remembered((minute) => `${times.format(minute * MINUTE * 1000)} UTC`);
    this.#list = new Intl.ListFormat(language);
  }

  /** The branch of an ICU plural. */
  plural(value: number, branches: Branches): string {
    const branch = branches[`=${value}`] ?? branches[this.#plural(value)] ?? branches['other'];
    return branch?.() ?? '';
  }

  /** The branch of an ICU select. */
  select(value: string, branches: Branches): string {
    return ((Object.hasOwn(branches, value) ? branches[value] : branches['other']) ?? (() => ''))();
  }

  /** How long ago, in words. A time in the future by a skewed clock counts as now. */
  ago(at: string, now: Date): string {
    const seconds = Math.max(0, (now.getTime() - Date.parse(at)) / 1000);
    const [unit = '', length = 1] = UNITS.find(([, from]) => seconds >= from) ?? [];
    return this.#relative[unit]?.(Math.floor(seconds / length)) ?? this.#now;
  }

  /** The time, exact to the minute, in UTC: the server does not know the reader's time zone. */
  exact(at: string): string {
    return this.#exact(Math.floor(Date.parse(at) / (MINUTE * 1000)));
  }

  list(items: readonly string[]): string {
    return this.#list.format(items);
  }
}
