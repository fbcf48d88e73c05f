import MarkdownIt, { type StateCore, type Token } from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { type Mentioned, markMentions } from './mentions.ts';

/** A text as readers see it. */
export interface Rendering {
  /** Sanitised HTML: no script, style, event handler, id, class or request to another host. */
  readonly html: string;
  /** Plain text: one line for each block and each line of a block. */
  readonly text: string;
}

/** The addresses that a link may have; everything else is shown as the text that it was. */
const LINK_SCHEMES = ['http', 'https', 'mailto'];
/** `ugc` and `nofollow`: search engines; `noopener` and `noreferrer`: the page that is opened. */
const LINK_REL = 'nofollow ugc noopener noreferrer';
/**
 * All addresses and titles of a text's links together. An address that is defined once and named thousands of times
 * would make a hundred megabytes of a text of the longest length; written out, they never come near this.
 */
const LINK_CHARS_MAX = 250_000;

/** A line end in the source is a line end for the reader: people write answers like letters. */
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true });
// "look at main.rs" is no link to Serbia: only addresses with a scheme and e-mail addresses become links
markdown.linkify.set({ fuzzyLink: false });
markdown.validateLink = (url) => {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  // what a browser cannot take for an address either leads nowhere, or somewhere else than it seems to
  return scheme !== undefined && LINK_SCHEMES.includes(scheme) && URL.canParse(url);
};
markdown.core.ruler.push('images_to_links', imagesToLinks);
markdown.core.ruler.push('links_in_bounds', linksInBounds);
markdown.core.ruler.push('mentions', markMentions);

/** The second wall: what gets past the parser by some fault of it still becomes nothing that acts. */
const WALL: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'code'],
    ...['ul', 'ol', 'li', 'em', 'strong', 's', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'span'],
  ],
  allowedAttributes: { a: ['href', 'title', 'rel'], ol: ['start'], span: ['data-author'] },
  allowedSchemes: LINK_SCHEMES,
  allowProtocolRelative: false,
  transformTags: { a: sanitizeHtml.simpleTransform('a', { rel: LINK_REL }) },
};

/**
 * Renders Markdown (CommonMark, tables, strikethrough, bare addresses as links; HTML is shown as text). An image
 * becomes a link to it, so that reading a discussion sends no request to a host that a writer chose. `@handle` becomes
 * `<span data-author="ID">@handle</span>` for those who are `mentioned`, and stays as it is for others. The same source
 * and mentions always give the same result. Call it when a text is written, never when it is read: long texts take
 * milliseconds.
 */
export function renderMarkdown(source: string, mentioned: Mentioned = new Map()): Rendering {
  const env = { mentioned };
  const tokens = markdown.parse(source, env);
  const html = sanitizeHtml(markdown.renderer.render(tokens, markdown.options, env), WALL);
  return { html: html.trim(), text: plainText(tokens) };
}

/** The handles that a text names, each once, in their order: whatever might be one, outside of code and links. */
export function handlesIn(source: string): string[] {
  if (!source.includes('@')) return [];
  const handles = new Set<string>();
  const anybody = { get: (handle: string) => void handles.add(handle) };
  markdown.parse(source, { mentioned: anybody });
  return [...handles];
}

function imagesToLinks(state: StateCore): void {
  for (const block of state.tokens) {
    if (block.children) block.children = linkedImages(state, block.children);
  }
}

function linkedImages(state: StateCore, tokens: Token[]): Token[] {
  let depth = 0;
  return tokens.flatMap((token) => {
    if (token.type === 'link_open') depth++;
    if (token.type === 'link_close') depth--;
    if (token.type !== 'image') return [token];
    const address = String(token.attrGet('src') ?? '');
    const text = new state.Token('text', '', 0);
    text.content = token.content || address;
    if (depth > 0) return [text];
    const open = new state.Token('link_open', 'a', 1);
    open.attrSet('href', address);
    return [open, text, new state.Token('link_close', 'a', -1)];
  });
}

/** What is above LINK_CHARS_MAX is no link: its words alone are left. */
function linksInBounds(state: StateCore): void {
  let left = LINK_CHARS_MAX;
  for (const block of state.tokens) {
    if (!block.children) continue;
    block.children = block.children.filter((token) => {
      if (token.type === 'link_open') {
        for (const [, value] of token.attrs ?? []) left -= String(value).length;
      }
      return left >= 0 || (token.type !== 'link_open' && token.type !== 'link_close');
    });
  }
}

function plainText(tokens: readonly Token[]): string {
  const blocks: string[] = [];
  let row: string[] | null = null;
  for (const token of tokens) {
    if (token.type === 'tr_open') row = [];
    if (token.type === 'inline') (row ?? blocks).push(inlineText(token.children ?? []));
    if (token.type === 'fence' || token.type === 'code_block') blocks.push(token.content.trimEnd());
    if (token.type === 'tr_close' && row) {
      blocks.push(row.join(' '));
      row = null;
    }
  }
  return blocks.filter((block) => block !== '').join('\n');
}

function inlineText(tokens: readonly Token[]): string {
  const parts = tokens.map((token) => {
    if (token.type === 'softbreak' || token.type === 'hardbreak') return '\n';
    return token.type === 'text' || token.type === 'code_inline' ? token.content : '';
  });
  return parts.join('').trim();
}
