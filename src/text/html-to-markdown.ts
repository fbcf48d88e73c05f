import { Parser } from 'htmlparser2';
import {
  cell,
  codeBlock,
  codeSpan,
  escapeText,
  link,
  list,
  paragraph,
  quote,
  table,
  wrap,
} from './write-markdown.ts';

/** Elements whose content is no text. */
const HIDDEN = new Set([
  'script',
  'style',
  'template',
  'head',
  'title',
  'iframe',
  'object',
  'svg',
  'noscript',
]);
const MARKS: Readonly<Record<string, string>> = {
  ...{ b: '**', strong: '**', i: '*', em: '*', cite: '*' },
  ...{ s: '~~', del: '~~', strike: '~~' },
};
const CODE = new Set(['code', 'kbd', 'samp', 'tt']);
const BLOCKS = new Set([
  ...[
    'p',
    'div',
    'section',
    'article',
    'aside',
    'header',
    'footer',
    'main',
    'figure',
    'figcaption',
    'center',
  ],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'ul', 'ol', 'li', 'dl', 'dt', 'dd'],
  ...['table', 'tr', 'td', 'th', 'details', 'summary', 'address', 'form', 'fieldset'],
]);
/** Elements that are nested deeper than this are taken as their content. */
const DEPTH_MAX = 30;

/** An element that is open and has a meaning in Markdown. */
interface Frame {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly isBlock: boolean;
  isOpen: boolean;
  /** Inline Markdown that is in no finished block yet; in code, the plain text. */
  inline: string;
  readonly blocks: string[];
  /** The items of a list, and the rows of a table. */
  readonly items: string[][];
}

/**
 * HTML as Markdown that renders alike: paragraphs, headings, lists, quotes, code, links, images, tables, emphasis. Other
 * elements are replaced by their content, and scripts are omitted. Takes any text, however broken, in linear time.
 */
export function htmlToMarkdown(html: string): string {
  const writer = new Writer();
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => writer.open(tag, attributes),
      ontext: (text) => writer.text(text),
      onclosetag: () => writer.close(),
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return writer.end();
}

class Writer {
  readonly #frames: Frame[] = [frameOf('root', {}, true)];
  /** What each open element is, if anything. The parser closes each element that it opens. */
  readonly #elements: (Frame | 'hidden' | null)[] = [];
  #hidden = 0;
  /** The text since the last tag. The parser hands it over in pieces, which may part `&` from what follows. */
  #text = '';

  get #top(): Frame {
    return this.#frames.at(-1) as Frame;
  }

  open(tag: string, attributes: Record<string, string>): void {
    this.#finishText();
    this.#elements.push(this.#begin(tag, attributes));
  }

  #begin(tag: string, attributes: Record<string, string>): Frame | 'hidden' | null {
    if (HIDDEN.has(tag)) {
      this.#hidden++;
      return 'hidden';
    }
    if (this.#hidden > 0) return null;
    if (this.#isRaw()) {
      if (tag === 'br') this.#top.inline += '\n';
      if (tag === 'code' && attributes['class'])
        Object.assign(this.#top.attributes, { of: attributes['class'] });
      return null;
    }
    if (tag === 'br') this.#top.inline = `${this.#top.inline}\n`;
    if (tag === 'img') this.#top.inline += imageOf(attributes);
    if (tag === 'hr') this.#finishInline().blocks.push('---');
    const isBlock = BLOCKS.has(tag);
    const isInline = tag === 'a' || Object.hasOwn(MARKS, tag) || CODE.has(tag);
    if (!(isBlock || isInline) || this.#frames.length > DEPTH_MAX) return null;
    if (isInline && this.#frames.some((open) => !open.isBlock && kindOf(open.tag) === kindOf(tag)))
      return null;
    if (isBlock) this.#finishInline();
    const frame = frameOf(tag, attributes, isBlock);
    this.#frames.push(frame);
    return frame;
  }

  text(text: string): void {
    if (this.#hidden === 0) this.#text += text;
  }

  #finishText(): void {
    if (this.#text === '') return;
    const [text, top] = [this.#text, this.#top];
    this.#text = '';
    if (this.#isRaw()) top.inline += text;
    else if (CODE.has(top.tag)) top.inline += text;
    else {
      const collapsed = text.replaceAll(/[ \t\n\r\f]+/g, ' ');
      const isAtStart = top.inline === '' || /\s/.test(top.inline.at(-1) ?? '');
      top.inline += escapeText(isAtStart && top.isBlock ? collapsed.trimStart() : collapsed);
    }
  }

  close(): void {
    this.#finishText();
    const element = this.#elements.pop();
    if (element === 'hidden') this.#hidden--;
    else if (element?.isOpen) {
      while (this.#top !== element) this.#closeTop();
      this.#closeTop();
    }
  }

  end(): string {
    this.#finishText();
    while (this.#frames.length > 1) this.#closeTop();
    return this.#finishInline().blocks.join('\n\n');
  }

  #isRaw(): boolean {
    return this.#top.tag === 'pre';
  }

  /** Closes inline elements, ends the paragraph of the innermost block, and returns that block. */
  #finishInline(): Frame {
    while (!this.#top.isBlock) this.#closeTop();
    const block = this.#top;
    if (block.tag !== 'pre') {
      const text = paragraph(block.inline);
      if (text !== '') block.blocks.push(text);
      block.inline = '';
    }
    return block;
  }

  #closeTop(): void {
    const frame = this.#frames.at(-1) as Frame;
    if (frame.isBlock) this.#finishInline();
    this.#frames.pop();
    frame.isOpen = false;
    const parent = this.#top;
    if (!frame.isBlock) {
      parent.inline += inlineOf(frame);
      return;
    }
    const { tag, blocks } = frame;
    if (tag === 'li' && isListTag(parent.tag)) parent.items.push(blocks);
    else if (tag === 'tr') (this.#openTable() ?? parent).items.push(frame.items.flat());
    else if ((tag === 'td' || tag === 'th') && parent.tag === 'tr')
      parent.items.push([cell(blocks.join(' '))]);
    else parent.blocks.push(...blocksOf(frame));
  }

  #openTable(): Frame | undefined {
    return this.#frames.findLast((open) => open.tag === 'table');
  }
}

function frameOf(tag: string, attributes: Record<string, string>, isBlock: boolean): Frame {
  return { tag, attributes, isBlock, isOpen: true, inline: '', blocks: [], items: [] };
}

const isListTag = (tag: string) => tag === 'ul' || tag === 'ol';
const kindOf = (tag: string) => (CODE.has(tag) ? 'code' : (MARKS[tag] ?? tag));

function inlineOf({ tag, inline, attributes }: Frame): string {
  if (CODE.has(tag)) return codeSpan(inline);
  if (tag === 'a') return link(inline, attributes['href'] ?? '');
  return wrap(inline, MARKS[tag] ?? '');
}

function blocksOf({ tag, blocks, items, inline, attributes }: Frame): readonly string[] {
  if (tag === 'pre') return inline.trim() === '' ? [] : [codeBlock(inline, languageOf(attributes))];
  if (tag === 'blockquote') return blocks.length === 0 ? [] : [quote(blocks)];
  if (tag === 'li') return blocks.length === 0 ? [] : [list([blocks], null)];
  if (isListTag(tag)) {
    const start = tag === 'ul' ? null : startOf(attributes);
    return items.length === 0 ? blocks : [list(items, start), ...blocks];
  }
  if (tag === 'table') return items.length === 0 ? blocks : [...blocks, table(items)];
  if (/^h[1-6]$/.test(tag))
    return blocks.map((text) => `${'#'.repeat(Number(tag[1]))} ${text.replaceAll('\n', ' ')}`);
  return blocks;
}

/** The number of the first item of an ordered list. */
function startOf(attributes: Readonly<Record<string, string>>): number {
  const first = Number(attributes['start'] ?? 1);
  return Number.isInteger(first) && first >= 0 && first < 1e6 ? first : 1;
}

/** The language of a block of code, from classes such as "lang-ts" of itself or of the code in it. */
function languageOf(attributes: Readonly<Record<string, string>>): string | null {
  const classes = `${attributes['class'] ?? ''} ${attributes['of'] ?? ''}`;
  return /(?:^|\s)lang(?:uage)?-(\S+)/.exec(classes)?.[1] ?? null;
}

function imageOf({ src = '', alt = '' }: Record<string, string>): string {
  const image = link(escapeText(alt).trim() || 'image', src);
  return image.startsWith('[') ? `!${image}` : alt && escapeText(alt);
}
