// Qualifiers of GitHub's and Discourse's searches that this one does not have: people try them.
import type { Issue } from './query.ts';
import type { Piece } from './split-query.ts';

/** What to use instead, and of which names. */
const INSTEAD_OF: readonly (readonly [instead: string | null, names: string])[] = [
  ['`tag:`', 'label labels tags topic'],
  ['`category:`', 'categories forum'],
  ['`author:`', 'user from creator commenter answered-by assignee'],
  ['`is:`', 'state status has answered locked'],
  ['`in:title`', 'title'],
  ['`in:body`', 'body text'],
  ['`score:`', 'votes upvotes likes reactions interactions'],
  ['`created:`', 'date before after since until'],
  ['the order of results', 'sort order'],
  ['the type of results or `in:`', 'type'],
  [
    null,
    'updated closed merged no repo org involves mentions team milestone project language comments reason',
  ],
  [null, 'draft archived linked review group badge'],
];
const INSTEAD = new Map(
  INSTEAD_OF.flatMap(([instead, names]) => names.split(' ').map((name) => [name, instead] as const)),
);

/** What is said of a word that looks like a qualifier of another search. Null: it doesn't. */
export function issueOfOther({ key, value, start, end }: Piece): Issue | null {
  const instead = key === null || value === '' ? undefined : INSTEAD.get(key);
  if (instead === undefined) return null;
  const hint = instead === null ? '' : ` Use ${instead}.`;
  const message = `This search has no qualifier \`${key}:\`.${hint} It is searched as words.`;
  return { code: 'UNKNOWN_QUALIFIER', message, start, end };
}
