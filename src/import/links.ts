import MarkdownIt from 'markdown-it';
import type { Block } from './blocks.ts';
import { itemsOf, Metadata } from './metadata.ts';
import type { Source } from './source.ts';
import { webAddress } from './text-fields.ts';
import type { ThreadLink, ThreadRelated } from './thread-document.ts';

const inlineParser = new MarkdownIt('zero').enable(['link', 'entity', 'escape', 'balance_pairs', 'autolink']);
// every address is looked at here, so that a wrong one is reported and does not turn into words
inlineParser.validateLink = () => true;
inlineParser.normalizeLink = (url) => url;
inlineParser.normalizeLinkText = (text) => text;

/** The one link of a section; where there is only text, its name alone; null where there is nothing. */
export function readLink(source: Source, blocks: readonly Block[]): ThreadLink | null {
  const inlines = blocks.flatMap((block) => block.tokens.filter((token) => token.type === 'inline'));
  const [first, ...others] = inlines;
  if (!first) return null;
  const line = first.map?.[0] ?? 0;
  if (others.length > 0) source.warn(line, 'this section has more than one link; the first one counts');
  const { name, url } = linkIn(source, first.content.split('\n')[0] ?? '');
  if (url === null) source.warn(line, 'this is no link to a web address, so the name is kept without one');
  return name === '' ? null : { name, url };
}

/** The links of the section "Related discussions", each with the list of metadata below it. */
export function readRelated(source: Source, blocks: readonly Block[]): ThreadRelated[] {
  const related: ThreadRelated[] = [];
  for (const block of blocks) {
    if (block.kind !== 'list') {
      source.warn(
        block.from,
        'this stands among the related discussions and is no list item, so it was left out',
      );
      continue;
    }
    for (const item of itemsOf(block)) {
      const { name, url } = linkIn(source, item.text);
      if (url === null || name === '') {
        source.warn(item.line, 'this is no link to a web address, so it was left out');
        continue;
      }
      const fields = new Metadata(source, item.nested);
      const postedAt = fields.time('posted at');
      const commentCount = fields.whole('comments', 0);
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
