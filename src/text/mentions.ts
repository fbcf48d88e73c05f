import type { StateCore, Token } from 'markdown-it';
import { globalId } from '../graphql/global-id.ts';
import { EAST_ASIAN } from './east-asian.ts';

/** Authors by handle. */
export type Mentioned = ReadonlyMap<string, { readonly authorId: string; readonly globalId: string }>;

/** The mentions for rendering, from the rows of a text's mentions. */
export function mentionedBy(
  rows: readonly { readonly authorId: string; readonly handle: string }[],
): Mentioned {
  return new Map(
    rows.map(({ handle, authorId }) => [handle, { authorId, globalId: globalId('Author', authorId) }]),
  );
}

/**
 * Not after a letter or another character of an address: "me@example.com" mentions nobody. Chinese, Japanese and Korean
 * letters may touch it, because these scripts have no blanks between words.
 */
const MENTION = new RegExp(
  `(?<!(?![${EAST_ASIAN}])[\\p{L}\\p{N}@/._+-])[@＠]([a-z0-9]+(?:-[a-z0-9]+)*)(?!(?![${EAST_ASIAN}])[\\p{L}\\p{N}]|[@＠]|[._](?![${EAST_ASIAN}])[\\p{L}\\p{N}])`,
  'giu',
);

/** Whether a text may mention somebody. Takes no time. */
export function hasMentions(source: string): boolean {
  return source.includes('@') || source.includes('＠');
}

/** A core rule of markdown-it. It wraps each mention of an author in `env.mentioned` in a span. */
export function markMentions(state: StateCore): void {
  const { mentioned } = state.env as { mentioned: Pick<Mentioned, 'get'> };
  for (const block of state.tokens) {
    if (block.children) block.children = withMentions(state, block.children, mentioned);
  }
}

function withMentions(state: StateCore, tokens: Token[], mentioned: Pick<Mentioned, 'get'>): Token[] {
  let depth = 0;
  return tokens.flatMap((token) => {
    if (token.type === 'link_open') depth++;
    if (token.type === 'link_close') depth--;
    return token.type === 'text' && depth === 0 ? splitAtMentions(state, token, mentioned) : [token];
  });
}

function splitAtMentions(state: StateCore, token: Token, mentioned: Pick<Mentioned, 'get'>): Token[] {
  const parts: Token[] = [];
  const addText = (content: string) => {
    if (content === '') return;
    const text = new state.Token('text', '', 0);
    text.content = content;
    parts.push(text);
  };
  let end = 0;
  for (const match of token.content.matchAll(MENTION)) {
    const author = mentioned.get((match[1] ?? '').toLowerCase());
    if (!author) continue;
    addText(token.content.slice(end, match.index));
    const open = new state.Token('mention_open', 'span', 1);
    open.attrSet('data-author', author.globalId);
    parts.push(open);
    addText(match[0]);
    parts.push(new state.Token('mention_close', 'span', -1));
    end = match.index + match[0].length;
  }
  if (end === 0) return [token];
  addText(token.content.slice(end));
  return parts;
}
