import MarkdownIt, { type StateBlock, type Token } from 'markdown-it';

/** A top-level block of a document: a heading, a list, a paragraph, a code fence, … */
export interface Block {
  /** `heading` is a heading that begins with "#". Underlined headings are `other`: they never carry structure. */
  readonly kind: 'heading' | 'list' | 'fence' | 'other';
  /** Whether it only separates: a rule, an HTML comment, or a paragraph of blanks, `&nbsp;` or dashes. */
  readonly isSeparator: boolean;
  /** The number of "#" in a heading. 0 for other blocks. */
  readonly depth: number;
  /** The text of a heading. Empty for other blocks. */
  readonly text: string;
  /** Its first line and the first line after it, counted from 0. */
  readonly from: number;
  readonly to: number;
  /** Its tokens in markdown-it. */
  readonly tokens: readonly Token[];
}

/** Parses blocks only. A heading inside code, a quotation or a list item does not belong to the document. */
const blockParser = new MarkdownIt('zero')
  .enable(['heading', 'lheading', 'fence', 'code', 'blockquote', 'list', 'hr'])
  .disable(['inline', 'text_join']);

type BlockRule = (state: StateBlock, startLine: number, endLine: number, silent: boolean) => boolean;

const standardFence = blockParser.block.ruler.getRules('').find((rule) => rule.name === 'fence') as
  | BlockRule
  | undefined;
if (!standardFence) throw new Error('markdown-it has no rule named "fence".');
blockParser.block.ruler.at('fence', closedFence(standardFence), {
  alt: ['paragraph', 'reference', 'blockquote', 'list'],
});

blockParser.block.ruler.before('fence', 'comment', htmlComment, { alt: ['paragraph'] });

/** A paragraph that says nothing. */
const NOTHING = /^(?:[\s\-–—─━═=_*~·•]|&nbsp;|&#160;|&#xa0;|<br ?\/?>|<!--[^<>]*-->)*$/i;

/** The top-level blocks of a text, in order. */
export function blocksOf(text: string): Block[] {
  const tokens = blockParser.parse(text, { unclosed: new Map<string, number>(), noComment: 0 });
  const blocks: Block[] = [];
  let start = 0;
  tokens.forEach((token, index) => {
    if (token.level > 0 || token.nesting > 0) return;
    blocks.push(blockOf(tokens.slice(start, index + 1)));
    start = index + 1;
  });
  return blocks;
}

const KINDS: Readonly<Record<string, Block['kind']>> = { bullet_list_open: 'list', fence: 'fence' };

function blockOf(tokens: readonly Token[]): Block {
  const [first, second] = tokens;
  const [from, to] = first?.map ?? [0, 0];
  const isHeading = first?.type === 'heading_open' && first.markup.startsWith('#');
  const kind = isHeading ? 'heading' : (KINDS[first?.type ?? ''] ?? 'other');
  const depth = isHeading ? first.markup.length : 0;
  const text = isHeading ? (second?.content ?? '') : '';
  return { kind, depth, text, from, to, tokens, isSeparator: isSeparator(tokens) };
}

function isSeparator([first, second]: readonly Token[]): boolean {
  if (first?.type === 'hr' || first?.type === 'html_comment') return true;
  return first?.type === 'paragraph_open' && NOTHING.test(second?.content ?? '');
}

/**
 * An HTML comment on lines of its own. One that contains a heading is text: it may have been closed by another person's
 * `-->`. A search that fails is remembered, so that many open comments do not each search the rest of the document.
 */
function htmlComment(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const env = state.env as { noComment: number };
  if (state.level > 0 || startLine < env.noComment || !lineOf(state, startLine).startsWith('<!--'))
    return false;
  let line = startLine;
  while (line < endLine && !lineOf(state, line).includes('-->')) {
    line++;
    if (line === endLine || /^#{1,6}\s/.test(lineOf(state, line))) {
      env.noComment = line;
      return false;
    }
  }
  if (!lineOf(state, line).endsWith('-->')) return false;
  if (silent) return true;
  state.push('html_comment', '', 0).map = [startLine, line + 1];
  state.line = line + 1;
  return true;
}

/**
 * CommonMark extends an unclosed fence to the end of the document, so one forgotten ``` in a comment would hide all
 * comments after it. Here an unclosed fence is text. The shortest unclosed marker of each character is remembered, so
 * that many unclosed fences do not each search the rest of the document.
 */
function closedFence(fence: BlockRule): BlockRule {
  return (state, startLine, endLine, silent) => {
    if (!fence(state, startLine, endLine, true)) return false;
    if (silent) return true;
    if (state.level > 0) return fence(state, startLine, endLine, false);
    const marker = /^(?:`+|~+)/.exec(lineOf(state, startLine))?.[0] ?? '';
    const unclosed = (state.env as { unclosed: Map<string, number> }).unclosed;
    if (marker.length >= (unclosed.get(marker.charAt(0)) ?? Number.POSITIVE_INFINITY)) return false;
    fence(state, startLine, endLine, false);
    const lastLine = state.line - 1;
    const last = lineOf(state, lastLine);
    if (lastLine > startLine && last.startsWith(marker) && last === marker.charAt(0).repeat(last.length))
      return true;
    state.tokens.pop();
    state.line = startLine;
    unclosed.set(marker.charAt(0), marker.length);
    return false;
  };
}

function lineOf(state: StateBlock, line: number): string {
  return state.src.slice(state.bMarks[line], state.eMarks[line]).trim();
}
