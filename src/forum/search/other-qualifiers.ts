// Qualifiers of GitHub's and Discourse's searches that this one does not have: people try them.
import type { Issue } from './query.ts';
import type { Piece } from './split-query.ts';

/** What to do instead, and of which names. */
const INSTEAD_OF: readonly (readonly [instead: string | null, names: string])[] = [
  ['Use `tag:` instead.', 'label labels tags topic'],
  ['Use `category:` instead.', 'categories forum'],
  ['Use `author:` instead.', 'user from creator commenter answered-by assignee'],
  ['Use `is:` instead.', 'state status has answered locked'],
  ['Use `in:title` instead.', 'title'],
  ['Use `in:body` instead.', 'body'],
  ['Use `score:` instead.', 'votes upvotes likes reactions interactions'],
  ['Use `created:` instead.', 'date before after since until'],
  ['Choose the order of the results instead.', 'sort order'],
  ['Choose the type of the results or use `in:` instead.', 'type'],
  [null, 'updated closed merged no repo org involves mentions team milestone project comments reason'],
  [null, 'draft archived linked review group badge'],
];
const INSTEAD = new Map(
  INSTEAD_OF.flatMap(([instead, names]) => names.split(' ').map((name) => [name, instead] as const)),
);

/** The values of names that also stand in lines of logs and settings, which people paste into a search. */
const VALUES = new Map<string, ReadonlySet<string>>([
  ['order', new Set(['asc', 'desc', 'latest', 'likes', 'views', 'latest_topic', 'created', 'oldest'])],
  ['type', new Set(['issue', 'pr', 'discussion', 'discussions', 'topic', 'comment', 'comments', 'answer'])],
  ['reason', new Set(['completed', 'not planned', 'outdated', 'duplicate', 'resolved', 'reopened'])],
]);

/** What is said of a word that looks like a qualifier of another search. Null: it doesn't. */
export function issueOfOther({ key, kind, value, start, end }: Piece): Issue | null {
  const instead = key === null || value === '' ? undefined : INSTEAD.get(key);
  if (key === null || instead === undefined) return null;
  if (VALUES.get(key)?.has(value.toLowerCase()) === false) return null;
  const hint = instead === null ? '' : ` ${instead}`;
  const written = `${key}:${kind === 'phrase' ? `"${value}"` : value}`;
  const message = `This search has no qualifier \`${key}:\`.${hint} \`${written}\` is searched as words.`;
  return { code: 'UNKNOWN_QUALIFIER', message, start, end };
}
