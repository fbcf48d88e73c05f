import type { DocumentTime } from '../text/imported-time.ts';
import { nameFault, type TextRule } from '../text/text-rules.ts';
import { readWrittenNumber } from '../text/written-number.ts';
import { OUT_OF_RANGE, readWrittenDate, readWrittenTime } from '../text/written-time.ts';
import type { Block } from './blocks.ts';
import type { Source } from './source.ts';

/** The value that documents write for "no value". */
const NO_VALUE = '--';
/** Both databases store it as an integer, with room for further votes. */
const NET_UPVOTES_MAX = 1_000_000_000;
/** Time zones differ by up to a day. */
const CLOCK_SKEW_MS = 86_400_000;

interface Entry {
  readonly label: string;
  /** Null: no value. */
  readonly value: string | null;
  readonly line: number;
}

/** The `- Key: value` list of one text. Each key is read once. `rest` returns the keys that were not read. */
export class Metadata {
  readonly #source: Source;
  readonly #entries = new Map<string, Entry>();
  readonly #readLines = new Map<string, number>();

  constructor(source: Source, items: readonly Item[]) {
    this.#source = source;
    for (const item of items) this.#add(item);
  }

  /** Reads the lists in these blocks. Other blocks are reported and ignored. */
  static ofBlocks(source: Source, blocks: readonly Block[]): Metadata {
    const items = blocks.flatMap((block) => {
      if (block.kind === 'list') return itemsOf(block);
      if (block.isSeparator) return [];
      source.warn(block.from, 'this is not a list item of the metadata; it is ignored');
      return [];
    });
    return new Metadata(
      source,
      items.flatMap((item) => [item, ...item.nested]),
    );
  }

  #add({ text, line }: Item): void {
    const colon = text.indexOf(':');
    if (colon < 1) {
      this.#source.warn(line, 'this metadata is not of the form "Key: value"; it is ignored');
      return;
    }
    const label = this.#source.decodeLine(text.slice(0, colon));
    const decoded = this.#source.decodeLine(text.slice(colon + 1));
    const value = decoded === '' || decoded === NO_VALUE ? null : decoded;
    const key = label.toLowerCase();
    if (this.#entries.has(key)) this.#source.warn(line, `"${label}" occurs twice; the first one is used`);
    else this.#entries.set(key, { label, value, line });
  }

  /** The value of a key. Null if the key is missing or has no value. */
  text(key: string): string | null {
    return this.#read(key)?.value ?? null;
  }

  /** A whole number. 0 if the key is missing or has no value. */
  integer(key: string, min = -NET_UPVOTES_MAX): number {
    const number = this.#parsed(key, 'a whole number', (value) => {
      const parsed = readWrittenNumber(value);
      return parsed !== null && parsed >= min && parsed <= NET_UPVOTES_MAX ? parsed : null;
    });
    return number ?? 0;
  }

  /** A "yes" or "no". False if the key is missing or has no value. */
  flag(key: string): boolean {
    const flag = this.#parsed(key, '"yes" or "no"', (value) =>
      /^(?:yes|true|no|false|1|0|x|✓|✔)$/i.test(value) ? !/^(?:no|false|0)$/i.test(value) : null,
    );
    return flag ?? false;
  }

  /** A time or a phrase such as "8 months". Null if the key is missing or has no value. Warns of a time after `asOf`. */
  time(key: string, asOf: Date | null): DocumentTime | null {
    const line = this.lineOf(key);
    const time = this.#parsed(key, 'a time such as "8 months" or "2026-03-01T09:30:00Z"', (value) =>
      this.#inRange(key, value, readWrittenTime(value)),
    );
    if (asOf && time?.kind === 'exact' && time.at.getTime() > asOf.getTime() + CLOCK_SKEW_MS) {
      this.#source.warn(
        line,
        `${time.at.toISOString()} is later than the document itself; it is stored as it is`,
      );
    }
    return time;
  }

  /** An exact time. Phrases are not read, because they only describe the past. */
  instant(key: string): Date | null {
    return this.#parsed(key, 'a date such as "2026-03-01" or "2026-03-01T09:30:00Z"', (value) =>
      this.#inRange(key, value, readWrittenDate(value)),
    );
  }

  #inRange<T>(key: string, value: string, read: T | typeof OUT_OF_RANGE): T {
    if (read !== OUT_OF_RANGE) return read as T;
    throw this.#source.error(this.lineOf(key), `"${value}" is not a date of the years 0001 to 9999.`);
  }

  /** A text that keeps the rule of its kind. Null if the key is missing or has no value. */
  ruled(key: string, rule: TextRule): string | null {
    const entry = this.#read(key);
    if (!entry?.value) return null;
    const value = entry.value.normalize('NFC');
    const fault = nameFault(value, rule);
    if (fault === null) return value;
    this.#source.warn(entry.line, `"${entry.label}" is left out: ${fault}`);
    return null;
  }

  /** One of the values, in any case, with spaces or underscores. Null if the key is missing or has no value. */
  oneOf<T extends string>(key: string, values: readonly T[]): T | null {
    return this.#parsed(key, `one of ${values.join(', ')}`, (value) => {
      const wanted = value.toUpperCase().replaceAll(/[\s-]+/g, '_');
      return values.find((each) => each === wanted) ?? null;
    });
  }

  /** The line of a key, counted from 0, for errors about more than one value. */
  lineOf(key: string): number {
    return this.#entries.get(key)?.line ?? this.#readLines.get(key) ?? 0;
  }

  /** The value of a key. Null if there is none. This does not count as reading it. */
  peek(key: string): string | null {
    return this.#entries.get(key)?.value ?? null;
  }

  /** The metadata that was not read, each reported with a warning. Null: none. */
  rest(): Record<string, string> | null {
    if (this.#entries.size === 0) return null;
    for (const { label, line } of this.#entries.values()) {
      this.#source.warn(
        line,
        `"${label}" is metadata that the forum has no field for; it is stored as it is`,
      );
    }
    return Object.fromEntries(
      [...this.#entries.values()].map(({ label, value }) => [label, value ?? NO_VALUE]),
    );
  }

  #read(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    if (entry) this.#readLines.set(key, entry.line);
    return entry;
  }

  /** Null if the key is missing or has no value. A value that `parse` cannot read is left out with a warning. */
  #parsed<T>(key: string, wanted: string, parse: (value: string) => T | null): T | null {
    const entry = this.#read(key);
    if (!entry?.value) return null;
    const parsed = parse(entry.value);
    if (parsed !== null) return parsed;
    this.#source.warn(
      entry.line,
      `"${entry.label}" is "${shortened(entry.value)}", which is not ${wanted}; it is left out`,
    );
    return null;
  }
}

/** Enough to find the value again. */
const shortened = (value: string) => (value.length > 100 ? `${value.slice(0, 100).toWellFormed()}…` : value);

/** A paragraph of a list. */
interface Item {
  readonly text: string;
  readonly line: number;
}

/** The items of a list, each by its first paragraph, with the paragraphs and lists below it. */
export function itemsOf(list: Block): (Item & { nested: Item[] })[] {
  const items: (Item & { nested: Item[] })[] = [];
  let isNew = false;
  for (const token of list.tokens) {
    if (token.type === 'list_item_open' && token.level === 1) isNew = true;
    if (token.type !== 'inline') continue;
    const paragraph = { text: token.content, line: token.map?.[0] ?? list.from };
    const item = items.at(-1);
    if (isNew || !item) items.push({ ...paragraph, nested: [] });
    else item.nested.push(paragraph);
    isNew = false;
  }
  return items;
}
