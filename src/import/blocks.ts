import MarkdownIt, { type StateBlock, type Token } from 'markdown-it';

/** A top-level block of a document: a heading, a list, a paragraph, a code fence, … */
export interface Block {
  /** `heading` is a heading that begins with "#". Underlined headings are `other`: they never carry structure. */
  readonly kind: 'heading' | 'list' | 'fence' | 'other';
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

/** The top-level blocks of a text, in order. */
export function blocksOf(text: string): Block[] {
  const tokens = blockParser.parse(text, { unclosed: new Map<string, number>() });
  const blocks: Block[] = [];
  let start = 0;
  tokens.forEach((token, index) => {
    if (token.level > 0 || token.nesting > 0) return;
    blocks.push(blockOf(tokens.slice(start, index + 1)));
    start = index + 1;
  });
  return blocks;
}

function blockOf(tokens: readonly Token[]): Block {
  const [first, second] = tokens;
  const [from, to] = first?.map ?? [0, 0];
  const isHeading = first?.type === 'heading_open' && first.markup.startsWith('#');
  const kind = isHeading
    ? 'heading'
    : first?.type === 'bullet_list_open'
      ? 'list'
      : first?.type === 'fence'
        ? 'fence'
        : 'other';
  const depth = isHeading ? first.markup.length : 0;
  return { kind, depth, text: isHeading ? (second?.content ?? '') : '', from, to, tokens };
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
