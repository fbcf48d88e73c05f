// The comments of a discussion's page as a guest gets them, by template strings: what components are measured against.
import { speechOf } from '../src/language/language.ts';

interface Author {
  readonly id: string;
  readonly name: string | null;
}

interface Comment {
  readonly id: string;
  readonly bodyHTML: string;
  readonly createdAt: string;
  readonly netUpvotes: number;
  readonly descendantCount: number;
  readonly author: Author;
  readonly isVerifiedUser: boolean;
  readonly replies?: { readonly nodes: readonly Comment[] };
}

const { text, formats } = speechOf('en');
const UNSAFE = /["&<]/g;
const NAMES: Readonly<Record<string, string>> = { '"': '&quot;', '&': '&amp;', '<': '&lt;' };
const MENTION = /<span data-author="([\w-]+)">([^<]*)<\/span>/g;

const escaped = (value: string) => value.replace(UNSAFE, (sign) => NAMES[sign] ?? '');
const icon = (name: string) => `<svg aria-hidden="true"><use href="#i-${name}"/></svg>`;

/** The page around the comments is taken from `shell`, a page that the components have made. */
export function templatePage(shell: string, answer: string): string {
  const { discussion } = JSON.parse(answer).data;
  const start = shell.indexOf('<ol class="top" role="list">');
  const end = shell.indexOf('</ol></section>', start);
  const now = new Date();
  const asker: string = discussion.author.id;
  const comments: readonly Comment[] = discussion.comments.nodes;
  const items = comments.map((comment) => `<li>${item(comment, asker, now)}</li>`).join('');
  return `${shell.slice(0, start)}<ol class="top" role="list">${items}${shell.slice(end)}`;
}

function item(comment: Comment, asker: string, now: Date): string {
  const { id, author, createdAt, netUpvotes, descendantCount, replies } = comment;
  const name = escaped(author.name ?? '');
  const by = text('comment.of', { author: author.name ?? '' });
  const body = comment.bodyHTML.replace(
    MENTION,
    (_, authorId: string, mentioned: string) => `<a href="/authors/${authorId}">${mentioned}</a>`,
  );
  return `<article class="c" id="${id}" aria-label="${escaped(text('comment.by', { author: author.name ?? '' }))}"><div class="gut"><span class="disc disc--${colourOf(author.id)}" aria-hidden="true">${escaped(initialsOf(author.name ?? ''))}</span></div><div class="body"><div class="who"><a class="name" href="/authors/${encodeURIComponent(author.id)}" dir="auto">${name}</a>${comment.isVerifiedUser ? `<span class="badge badge--good">${icon('check')}${text('comment.verified')}</span>` : ''}${author.id === asker ? `<span class="badge">${text('comment.asker')}</span>` : ''}<a class="when" href="#${id}"><time datetime="${createdAt}" title="${escaped(formats.exact(createdAt))}">${escaped(formats.ago(createdAt, now))}</time></a></div><div class="prose" dir="auto">${body}</div><div class="acts"><div class="vote"><button form="act" name="UP" value="${id}" aria-pressed="false" aria-label="${escaped(text('vote.up', { of: by }))}">${icon('up')}</button><output aria-label="${escaped(text('vote.net', { count: netUpvotes }))}">${formats.number(netUpvotes)}</output><button form="act" name="DOWN" value="${id}" aria-pressed="false" aria-label="${escaped(text('vote.down', { of: by }))}">${icon('down')}</button></div><a class="btn btn--small" href="?reply=${id}#reply-body">${icon('reply')}${escaped(text('comment.reply'))}<span class="sr"> ${escaped(text('comment.replyTo', { author: author.name ?? '' }))}</span></a></div></div>${replies && descendantCount > 0 ? kids(replies.nodes, descendantCount, asker, now) : ''}</article>`;
}

function kids(nodes: readonly Comment[], count: number, asker: string, now: Date): string {
  const items = nodes.map((node) => `<li>${item(node, asker, now)}</li>`).join('');
  return `<details class="kids" open><summary><span class="knob"><span class="plus">${icon('plus')}</span><span class="hide">${icon('minus')}</span></span><span class="show">${escaped(text('thread.show', { count }))}</span><span class="hide">${escaped(text('thread.hide', { count }))}</span></summary><ol role="list">${items}</ol></details>`;
}

function colourOf(id: string): number {
  return ([...id].reduce((total, letter) => total + letter.charCodeAt(0), 0) % 4) + 1;
}

function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/).filter(Boolean);
  const letters = [words.at(0) ?? '', words.length > 1 ? (words.at(-1) ?? '') : ''];
  return letters
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}
