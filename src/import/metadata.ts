import type { GivenTime } from '../text/imported-time.ts';
import { instantOfIso } from '../text/iso-instant.ts';
import { isDistancePhrase } from '../text/relative-time.ts';
import type { Block } from './blocks.ts';
import type { Source } from './source.ts';

/** What stands for "not given". */
const NOT_GIVEN = '--';
/** What both engines hold as an integer, with room to add votes. */
const NET_UPVOTES_MAX = 1_000_000_000;

interface Entry {
  readonly label: string;
  /** Null: not given. */
  readonly value: string | null;
  readonly line: number;
}

/** The `- Key: value` list of one text. Each key is taken once; what nobody took remains in `rest`. */
export class Metadata {
  readonly #source: Source;
  readonly #entries = new Map<string, Entry>();
  readonly #taken = new Map<string, number>();

  constructor(source: Source, items: readonly Item[]) {
    this.#source = source;
    for (const item of items) this.#add(item);
  }

  /** Reads the lists among these blocks; anything else there is reported and left out. */
  static ofBlocks(source: Source, blocks: readonly Block[]): Metadata {
    const items = blocks.flatMap((block) => {
      if (block.kind === 'list') return itemsOf(block);
      source.warn(block.from, 'this stands in a metadata section and is no list item, so it was left out');
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
      this.#source.warn(line, 'this metadata has no "Key: value", so it was left out');
      return;
    }
    const label = this.#source.decodeLine(text.slice(0, colon));
    const written = this.#source.decodeLine(text.slice(colon + 1));
    const value = written === '' || written === NOT_GIVEN ? null : written;
    const key = label.toLowerCase();
    if (this.#entries.has(key)) this.#source.warn(line, `"${label}" is given twice; the first one counts`);
    else this.#entries.set(key, { label, value, line });
  }

  /** The value of a key; null: absent or not given. */
  text(key: string): string | null {
    return this.#take(key)?.value ?? null;
  }

  /** A whole number; 0 where it is not given. */
  whole(key: string, min = -NET_UPVOTES_MAX): number {
    const entry = this.#take(key);
    if (!entry?.value) return 0;
    const number = /^[+\-−]?\d{1,10}$/.test(entry.value) ? Number(entry.value.replace('−', '-')) : Number.NaN;
    if (!(number >= min && number <= NET_UPVOTES_MAX)) throw this.#wrong(entry, 'a whole number');
    return number;
  }

  flag(key: string): boolean {
    const entry = this.#take(key);
    if (!entry?.value) return false;
    if (/^(?:yes|true)$/i.test(entry.value)) return true;
    if (/^(?:no|false)$/i.test(entry.value)) return false;
    throw this.#wrong(entry, '"yes" or "no"');
  }

  time(key: string): GivenTime | null {
    const entry = this.#take(key);
    if (!entry?.value) return null;
    const at = instantOfIso(entry.value);
    if (at) return { kind: 'exact', at };
    if (isDistancePhrase(entry.value)) return { kind: 'phrase', phrase: entry.value };
    throw this.#wrong(entry, 'a time such as "8 months" or "2026-03-01T09:30:00Z"');
  }

  /** An exact time; a phrase is refused, because phrases only tell of the past. */
  instant(key: string): Date | null {
    const entry = this.#take(key);
    if (!entry?.value) return null;
    const at = instantOfIso(entry.value);
    if (!at) throw this.#wrong(entry, 'a date such as "2026-03-01" or "2026-03-01T09:30:00Z"');
    return at;
  }

  /** One of the values, in any case, with spaces or underscores; null: absent or not given. */
  oneOf<T extends string>(key: string, values: readonly T[]): T | null {
    const entry = this.#take(key);
    if (!entry?.value) return null;
    const wanted = entry.value.toUpperCase().replaceAll(/[\s-]+/g, '_');
    const found = values.find((value) => value === wanted);
    if (!found) throw this.#wrong(entry, `one of ${values.join(', ')}`);
    return found;
  }

  /** The line of a key that is there, counted from 0, for errors that need more than one value. */
  lineOf(key: string): number {
    return this.#entries.get(key)?.line ?? this.#taken.get(key) ?? 0;
  }

  /** Whether the key is there with a value. It is not taken by this. */
  has(key: string): boolean {
    return Boolean(this.#entries.get(key)?.value);
  }

  /** The metadata that nobody took, each reported; null: none. */
  rest(): Record<string, string> | null {
    if (this.#entries.size === 0) return null;
    for (const { label, line } of this.#entries.values()) {
      this.#source.warn(
        line,
        `"${label}" is metadata that the forum has no field for; it is kept as it stands`,
      );
    }
    return Object.fromEntries(
      [...this.#entries.values()].map(({ label, value }) => [label, value ?? NOT_GIVEN]),
    );
  }

  #take(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    if (entry) this.#taken.set(key, entry.line);
    return entry;
  }

  #wrong(entry: Entry, wanted: string) {
    return this.#source.error(entry.line, `"${entry.label}" is "${entry.value}", which is not ${wanted}.`);
  }
}

/** A paragraph of a list. */
export interface Item {
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
