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

/** Numbers, times and plural forms of one language. Intl's objects are made once: a new one costs 20 times its use. */
export class Formats {
  readonly #number: Intl.NumberFormat;
  readonly #plural: Intl.PluralRules;
  readonly #relative: Intl.RelativeTimeFormat;
  readonly #exact: Intl.DateTimeFormat;
  readonly #list: Intl.ListFormat;

  constructor(language: string) {
    this.#number = new Intl.NumberFormat(language);
    this.#plural = new Intl.PluralRules(language);
    this.#relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
    this.#exact = new Intl.DateTimeFormat(language, {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: 'UTC',
    });
    this.#list = new Intl.ListFormat(language);
  }

  number(value: number): string {
    return this.#number.format(value);
  }

  /** The branch of an ICU plural. */
  plural(value: number, branches: Branches): string {
    const branch = branches[`=${value}`] ?? branches[this.#plural.select(value)] ?? branches['other'];
    return branch?.() ?? '';
  }

  /** The branch of an ICU select. */
  select(value: string, branches: Branches): string {
    return ((Object.hasOwn(branches, value) ? branches[value] : branches['other']) ?? (() => ''))();
  }

  /** How long ago, in words. A time in the future by a skewed clock counts as now. */
  ago(at: string, now: Date): string {
    const seconds = Math.max(0, (now.getTime() - Date.parse(at)) / 1000);
    const [unit, length] = UNITS.find(([, from]) => seconds >= from) ?? ['second', 1];
    return this.#relative.format(unit === 'second' ? 0 : -Math.floor(seconds / length), unit);
  }

  /** The time, exact to the minute, in UTC: the server does not know the reader's time zone. */
  exact(at: string): string {
    return `${this.#exact.format(new Date(at))} UTC`;
  }

  list(items: readonly string[]): string {
    return this.#list.format(items);
  }
}
