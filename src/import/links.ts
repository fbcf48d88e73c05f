import MarkdownIt from 'markdown-it';
import { ENTRY_NAME } from '../forum/catalog/index.ts';
import { nameFault } from '../text/text-rules.ts';
import type { Block } from './blocks.ts';
import { itemsOf, Metadata } from './metadata.ts';
import type { Source } from './source.ts';
import type { ThreadLink, ThreadRelated } from './thread-document.ts';

const inlineParser = new MarkdownIt('zero').enable(['link', 'entity', 'escape', 'balance_pairs', 'autolink']);
// addresses are checked below, so that a wrong one is reported instead of becoming text
inlineParser.validateLink = () => true;
inlineParser.normalizeLink = (url) => url;
inlineParser.normalizeLinkText = (text) => text;

/** The link of a section. Text without a link becomes a name without a URL. Null for an empty section. */
export function readLink(source: Source, blocks: readonly Block[]): ThreadLink | null {
  const inlines = blocks.flatMap((block) => block.tokens.filter((token) => token.type === 'inline'));
  const [first, ...others] = inlines;
  if (!first) return null;
  const line = first.map?.[0] ?? 0;
  if (others.length > 0) source.warn(line, 'this section has more than one link; the first one is used');
  const { name, url } = linkIn(source, first.content.split('\n')[0] ?? '');
  if (url === null) source.warn(line, 'this is not a link to a web address; only the name is stored');
  if (name === '') return null;
  const fault = nameFault(name, ENTRY_NAME);
  if (fault === null) return { name: name.normalize('NFC'), url };
  source.warn(line, `this section is left out: ${fault}`);
  return null;
}

/** The links in the section "Related discussions", each with its metadata list. */
export function readRelated(source: Source, blocks: readonly Block[], asOf: Date | null): ThreadRelated[] {
  const related: ThreadRelated[] = [];
  for (const block of blocks) {
    if (block.kind !== 'list') {
      source.warn(block.from, 'this is not a list item of the related discussions; it is ignored');
      continue;
    }
    for (const item of itemsOf(block)) {
      const { name, url } = linkIn(source, item.text);
      if (url === null || name === '') {
        source.warn(item.line, 'this is not a link to a web address; it is ignored');
        continue;
      }
      const fields = new Metadata(source, item.nested);
      const postedAt = fields.time('posted at', asOf);
      const commentCount = fields.integer('comments', 0);
      fields.rest();
      related.push({ title: name, url, postedAt, commentCount });
    }
  }
  return related;
}

function linkIn(source: Source, text: string): ThreadLink {
  const [inline] = inlineParser.parseInline(text, {});
  const tokens = inline?.children ?? [];
  const words = tokens.map((token) => (token.type === 'text' ? token.content : '')).join('');
  const address = tokens.findLast((token) => token.type === 'link_open')?.attrGet('href');
  return { name: source.decodeLine(words), url: webAddress(source.decodeLine(String(address ?? ''))) };
}

/** An index entry of PostgreSQL holds 2704 bytes. */
const ADDRESS_CHARS_MAX = 2_000;

/** The text as an absolute http or https address. Null if it is none, or is too long. */
export function webAddress(text: string): string | null {
  if (!/^https?:\/\/[^\s<>"]+$/i.test(text) || !URL.canParse(text)) return null;
  // the address of another site is stored unchanged, unless it has characters that no URI can have
  const address = /^[!-~]+$/.test(text) ? text : new URL(text).href;
  return address.length <= ADDRESS_CHARS_MAX ? address : null;
}
