// A discussion as Markdown, within a number of tokens: for programs that read text.
import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { globalId } from '../../graphql/global-id.ts';
import { referenced } from '../../graphql/loader.ts';
import { amount } from '../../text/amount.ts';
import { isoTime } from '../../text/iso-time.ts';
import { quoteMarkdown } from '../../text/quote-markdown.ts';
import { estimateTokens, firstTokens } from '../../text/token-estimate.ts';
import { type AuthorRow, loadAuthor } from '../author/index.ts';
import { readThread, type ThreadComment } from '../comment/index.ts';
import { type DiscussionRow, discussionUrl, loadDiscussion } from '../discussion/index.ts';

const MARKDOWN_TOKENS = { min: 100, max: 50_000 } as const;
/** The empty line between two parts, and the sign at the end of a text that is cut. */
const BETWEEN_TOKENS = 1;

/**
 * A discussion as Markdown with about `maxTokens` tokens at most. What people wrote is quoted, so that every line without
 * `>` is the forum's own. Throws BAD_USER_INPUT for a number out of range.
 */
export async function loadMarkdown(
  ctx: Context,
  discussion: DiscussionRow,
  maxTokens: number,
): Promise<string> {
  const { min, max } = MARKDOWN_TOKENS;
  if (maxTokens < min || maxTokens > max)
    throw badInput(`\`maxTokens\` is ${maxTokens}: it must be from ${min} to ${max}.`, 'maxTokens');
  if (discussion.mergedIntoId !== null) return mergedMarkdown(ctx, discussion, discussion.mergedIntoId);
  const [thread, author] = await Promise.all([
    readThread(ctx, discussion),
    referenced(discussion.authorId, (id) => loadAuthor(ctx, id)),
  ]);
  const url = discussionUrl(ctx, discussion.slug);
  const head = headOf(discussion, author, url);
  const lastLine = (count: number) => `${amount(count, 'more comment')}: <${url}>`;
  // both are always there
  let left = maxTokens - sizeOf(head) - sizeOf(lastLine(discussion.commentCount)) - BETWEEN_TOKENS;
  const question = quotedBeginning(discussion.body, Math.max(0, left));
  const parts = [head, question];
  left -= sizeOf(question);
  let count = 0;
  const sections = [
    ...(thread.answer ? sectionsOf(thread.answer, url, 'Accepted answer', 2) : []),
    ...thread.comments.flatMap((comment) => sectionsOf(comment, url, 'Comment', 2)),
  ];
  for (const { heading, body, isComment } of sections) {
    // a quote is longer than its text, and only one that may fit is worth writing
    if (sizeOf(heading) + estimateTokens(body.trimEnd()) > left) break;
    const text = isComment ? `${heading}\n\n${quotedText(body)}` : heading;
    const tokens = sizeOf(text);
    if (tokens > left) break;
    left -= tokens;
    parts.push(text);
    if (isComment) count++;
  }
  const omitted = discussion.commentCount - count;
  if (omitted > 0) parts.push(lastLine(omitted));
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Of a merged discussion, whose text and comments are elsewhere. */
async function mergedMarkdown(ctx: Context, { title }: DiscussionRow, intoId: string): Promise<string> {
  const into = await loadDiscussion(ctx, intoId);
  const place = into ? ` into [${escaped(into.title)}](${discussionUrl(ctx, into.slug)})` : '';
  return `# ${escaped(title)}\n\nThis discussion was merged${place}.\n`;
}

function sizeOf(part: string): number {
  return estimateTokens(part) + BETWEEN_TOKENS;
}

/** A text as a quote, which is cut if it has more tokens. */
function quotedBeginning(text: string, tokensMax: number): string {
  // the text is cut, not its quote: that could end amid code, and what was code would be HTML
  let ownTokens = tokensMax;
  for (;;) {
    const part = firstTokens(text, ownTokens);
    const quoted = quotedText(part);
    const tokens = estimateTokens(quoted);
    if (tokens <= tokensMax || ownTokens === 0) return part === text ? quoted : `${quoted || '> '}…`;
    ownTokens = Math.max(0, Math.floor((ownTokens * tokensMax) / tokens) - 1);
  }
}

function quotedText(text: string): string {
  return text.trim() === '' ? '' : quoteMarkdown(text);
}

function headOf(discussion: DiscussionRow, author: AuthorRow | null, url: string): string {
  const { title, createdAt, netUpvotes, commentCount } = discussion;
  const facts = [
    `Asked by ${nameOf(author)} on ${dateOf(createdAt)}`,
    `votes: ${netUpvotes}`,
    `comments: ${commentCount}`,
    `<${url}>`,
  ];
  return `# ${escaped(title)}\n\n${facts.join(' · ')}`;
}

interface Section {
  readonly heading: string;
  readonly body: string;
  /** False for a deleted comment. */
  readonly isComment: boolean;
}

/** A comment and those below it, one after the other. */
function sectionsOf(one: ThreadComment, page: string, kind: string, level: number): Section[] {
  const { comment, author, isVeiled, replies } = one;
  const facts = [
    `votes: ${comment.netUpvotes}`,
    dateOf(comment.createdAt),
    ...(comment.isOfficial ? ['official'] : []),
    `[link](${page}#${globalId('Comment', comment.id)})`,
  ];
  const who = isVeiled ? 'deleted' : `by ${nameOf(author)}`;
  const heading = `${'#'.repeat(level)} ${kind} ${who}\n\n${facts.join(' · ')}`;
  return [
    { heading, body: isVeiled ? '' : comment.body, isComment: !isVeiled },
    ...replies.flatMap((reply) => sectionsOf(reply, page, 'Reply', Math.min(level + 1, 6))),
  ];
}

function nameOf(author: AuthorRow | null): string {
  if (author === null) return 'an unknown author';
  const { name, handle, title, company } = author;
  const known = [name ?? handle, title, company].filter((part) => part !== null);
  return known.length === 0 ? 'an unknown author' : escaped(known.join(', '));
}

function dateOf(ms: number): string {
  return isoTime(ms).slice(0, 10);
}

/** A line of text whose characters mean nothing in Markdown. */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|]/g, '\\$&');
}
