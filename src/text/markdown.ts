import MarkdownIt, { type StateCore, type Token } from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { allowEastAsianEmphasis } from './east-asian.ts';
import { IMAGE_ATTRIBUTES, type ImageHosts, imageText, isShownImage, showOrLinkImages } from './images.ts';
import { hasMentions, type Mentioned, markMentions } from './mentions.ts';
import { CHECKBOX, markTasks } from './task-lists.ts';

/** A rendered text. */
export interface Rendering {
  /**
   * Sanitised HTML: no script, event handler, id or request to a host that the operator has not allowed, no class but the language of code, no style
   * but the alignment of a cell.
   */
  readonly html: string;
  /** Plain text: one line for each block and each line of a block. */
  readonly text: string;
}

/** The schemes that a link may have. A link with any other scheme is shown as plain text. */
const LINK_SCHEMES = ['http', 'https', 'mailto'];
/** `ugc` and `nofollow` are for search engines, `noopener` and `noreferrer` protect from the linked page. */
const LINK_REL = 'nofollow ugc noopener noreferrer';
/**
 * The maximum total length of a text's link addresses and titles. Reference links can repeat one long address thousands
 * of times, and would turn the longest text into a hundred megabytes of HTML. Inline links never come near this limit.
 */
const LINK_CHARS_MAX = 250_000;

/** A line end in the source is a line break in the result, as most writers expect. */
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true });
// only addresses with a scheme and e-mail addresses become links: "main.rs" is a file, not a site in Serbia
markdown.linkify.set({ fuzzyLink: false });
markdown.validateLink = (url) => {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  // browsers may resolve an invalid URL to another address than it seems to have
  return scheme !== undefined && LINK_SCHEMES.includes(scheme) && URL.canParse(url);
};
allowEastAsianEmphasis(markdown);
markdown.core.ruler.push('tasks', markTasks);
markdown.core.ruler.push('images', showOrLinkImages);
markdown.core.ruler.push('limit_links', limitLinks);
markdown.core.ruler.push('mentions', markMentions);

/** The only styles, compared as a whole: parsing the style of each cell would take longer than rendering. */
const ALIGNMENT = {
  name: 'style',
  multiple: false,
  values: ['text-align:left', 'text-align:center', 'text-align:right'],
};

/** A second defence: even if the parser has a bug, nothing executable reaches a reader. */
const SANITIZER_OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'code'],
    ...[
      'ul',
      'ol',
      'li',
      'em',
      'strong',
      's',
      'a',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
      'span',
      'input',
    ],
  ],
  allowedAttributes: {
    ...{
      a: ['href', 'title', 'rel'],
      ol: ['start'],
      span: ['data-author'],
      th: [ALIGNMENT],
      td: [ALIGNMENT],
    },
    input: [{ name: 'type', multiple: false, values: ['checkbox'] }, 'disabled', 'checked'],
  },
  allowedClasses: { code: [/^language-[\w+#.-]{1,40}$/] },
  parseStyleAttributes: false,
  allowedSchemes: LINK_SCHEMES,
  allowProtocolRelative: false,
  transformTags: { a: sanitizeHtml.simpleTransform('a', { rel: LINK_REL }) },
};

const sanitizers = new WeakMap<ImageHosts, sanitizeHtml.IOptions>();

/** The options with which images from these hosts pass. */
function sanitizerFor(hosts: ImageHosts): sanitizeHtml.IOptions {
  if (hosts.length === 0) return SANITIZER_OPTIONS;
  let options = sanitizers.get(hosts);
  if (!options) {
    const fixed = Object.entries(IMAGE_ATTRIBUTES).map(([name, value]) => ({ name, values: [value] }));
    options = {
      ...SANITIZER_OPTIONS,
      allowedTags: [...(SANITIZER_OPTIONS.allowedTags as string[]), 'img'],
      allowedAttributes: {
        ...(SANITIZER_OPTIONS.allowedAttributes as object),
        img: ['src', 'alt', ...fixed],
      },
      allowedSchemesByTag: { img: ['https'] },
      exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !isShownImage(attribs['src'] ?? '', hosts),
    };
    sanitizers.set(hosts, options);
  }
  return options;
}

/**
 * Renders Markdown (CommonMark, tables, strikethrough, task lists, bare addresses as links). HTML is shown as text. An image from
 * one of `imageHosts` is shown; any other becomes a link, so that reading a discussion sends no request to a host that a
 * writer chose. The `@handle` of a `mentioned`
 * author becomes `<span data-author="ID">@handle</span>`; other handles do not change. The same source and mentions
 * always give the same result. Call it when a text is written, not when it is read: long texts take milliseconds.
 */
export function renderMarkdown(
  source: string,
  mentioned: Mentioned = new Map(),
  imageHosts: ImageHosts = [],
): Rendering {
  const env = { mentioned, imageHosts };
  const tokens = markdown.parse(source, env);
  const html = sanitizeHtml(
    markdown.renderer.render(tokens, markdown.options, env),
    sanitizerFor(imageHosts),
  );
  return { html: html.trim(), text: plainText(tokens) };
}

/** The possible handles in a text, each once and in order. Code and links are skipped. */
export function handlesIn(source: string): string[] {
  if (!hasMentions(source)) return [];
  const handles = new Set<string>();
  const collector = { get: (handle: string) => void handles.add(handle) };
  markdown.parse(source, { mentioned: collector });
  return [...handles];
}

/** Links and images beyond LINK_CHARS_MAX become plain text. */
function limitLinks(state: StateCore): void {
  let left = LINK_CHARS_MAX;
  for (const block of state.tokens) {
    if (!block.children) continue;
    block.children = block.children.flatMap((token) => {
      if (token.type === 'link_open' || token.type === 'image') {
        for (const [, value] of token.attrs ?? []) left -= String(value).length;
      }
      if (left >= 0) return [token];
      if (token.type === 'image') return [imageText(state, token)];
      return token.type === 'link_open' || token.type === 'link_close' ? [] : [token];
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
    if (token.type === 'image') return token.content || String(token.attrGet('src') ?? '');
    const isText = token.type === 'text' || token.type === 'code_inline' || token.type === CHECKBOX;
    return isText ? token.content : '';
  });
  return parts.join('').trim();
}
