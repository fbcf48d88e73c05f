import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { SourceError } from '../record-source.ts';
import { chunksOf } from './reading.ts';

/** An element with what it contains. */
export interface XmlItem {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The text directly in it. */
  text: string;
  readonly children: XmlItem[];
  /** Where it begins, counted from 1. */
  readonly line: number;
}

/** The largest element that is read. It is in memory as a whole. */
const ITEM_CHARS_MAX = 32 * 2 ** 20;

/**
 * The elements directly in the root of an XML file, in batches, read with little memory however long the file is. Throws
 * SourceError for a file that is missing, not XML, not UTF-8, or cut off. `onBytes` is told how much was read.
 */
export async function* xmlItems(
  file: string,
  root: string,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<XmlItem[]> {
  const reader = new ItemReader(file, root);
  for await (const chunk of chunksOf(file)) {
    const items = reader.read(chunk);
    onBytes(chunk.length);
    if (items.length > 0) yield items;
  }
  yield reader.end();
}

class ItemReader {
  readonly #parser = new SaxesParser();
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #file: string;
  readonly #open: XmlItem[] = [];
  #items: XmlItem[] = [];
  /** Where the item that is being read begins. */
  #start = 0;

  constructor(file: string, root: string) {
    this.#file = file;
    this.#parser.on('error', (error) => {
      throw this.#fail(error.message.replace(/^(?:[^:]*:)?\d+:\d+: /, ''));
    });
    this.#parser.on('opentag', (tag) => this.#begin(tag, root));
    this.#parser.on('closetag', () => this.#finish());
    this.#parser.on('text', (text) => this.#add(text));
    this.#parser.on('cdata', (text) => this.#add(text));
  }

  read(chunk: Buffer): XmlItem[] {
    this.#parser.write(this.#decode(() => this.#decoder.decode(chunk, { stream: true })));
    if (this.#open.length > 1 && this.#parser.position - this.#start > ITEM_CHARS_MAX) {
      throw this.#fail(`an element has more than ${ITEM_CHARS_MAX / 2 ** 20} MB.`);
    }
    return this.#taken();
  }

  end(): XmlItem[] {
    this.#parser.write(this.#decode(() => this.#decoder.decode()));
    this.#parser.close();
    return this.#taken();
  }

  #taken(): XmlItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  #decode(decode: () => string): string {
    try {
      return decode();
    } catch {
      throw this.#fail('the file is not a text in UTF-8.');
    }
  }

  #begin(tag: SaxesTagPlain, root: string): void {
    if (this.#open.length === 0 && tag.name !== root) {
      throw this.#fail(`the file begins with <${tag.name}>, not with <${root}>.`);
    }
    if (this.#open.length === 1) this.#start = this.#parser.position;
    const attributes = tag.attributes as Record<string, string>;
    this.#open.push({ name: tag.name, attributes, text: '', children: [], line: this.#parser.line });
  }

  #finish(): void {
    const item = this.#open.pop() as XmlItem;
    if (this.#open.length === 1) this.#items.push(item);
    else if (this.#open.length > 1) this.#open.at(-1)?.children.push(item);
  }

  #add(text: string): void {
    const item = this.#open.at(-1);
    if (item && this.#open.length > 1) item.text += text;
  }

  #fail(reason: string): SourceError {
    return new SourceError(
      { file: this.#file, line: this.#parser.line },
      /[.!]$/.test(reason) ? reason : `${reason}.`,
    );
  }
}
