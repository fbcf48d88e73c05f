import { issueKeyForNewAuthor } from '../../../src/identity/index.ts';
import { newId } from '../../../src/store/ids.ts';
import type { Database } from '../../../src/store/index.ts';
import type { FuzzRequest, Role } from './requests.ts';
import type { Known } from './values.ts';

/** How large the forum is. Few enough to be made in seconds, enough for what moderators delete. */
const DISCUSSIONS = 40;

export interface Fixture {
  readonly known: Known;
  readonly keys: Readonly<Record<Role, string | null>>;
}

/** Texts of every size that a member may post. */
const BODIES = [
  'It is. @ben says so too.',
  'word '.repeat(2000),
  `|a|b|\n|-|:-:|\n${'|x|y|\n'.repeat(4900)}`,
  '🦜'.repeat(15_000),
  '&'.repeat(60_000),
  '[a](https://a.example/b) '.repeat(2000),
];

/** Fills an empty forum over HTTP, as a member and a moderator do. */
export async function fill(db: Database, url: string): Promise<Fixture> {
  const keyOf = async (name: string, role: 'MEMBER' | 'MODERATOR') =>
    (await db.transaction((tx) => issueKeyForNewAuthor(tx, newId, { name, role, at: new Date() }))).token;
  const keys = {
    guest: null,
    member: await keyOf('ben', 'MEMBER'),
    moderator: await keyOf('mod', 'MODERATOR'),
  };
  const ids: string[] = [];
  const ask = async (role: Role, query: string, variables: object = {}): Promise<string> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${keys[role]}` },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    if (text.includes('"errors"')) throw new Error(`${query}: ${text.slice(0, 1000)}`);
    ids.push(...[...text.matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id ?? ''));
    return ids.at(-1) ?? '';
  };
  for (const kind of ['Category', 'Product', 'Tag'])
    for (const n of [1, 2, 3]) {
      const name = kind.toLowerCase();
      const fields = kind === 'Product' ? 'name: $name, url: "https://a.example"' : 'name: $name';
      await ask(
        'moderator',
        `mutation ($name: String!) { create${kind}(input: { ${fields} }) { ${name} { id } } }`,
        { name: `${name} ${n}` },
      );
    }
  for (let n = 0; n < DISCUSSIONS; n++) {
    const role = n % 2 === 0 ? 'member' : 'moderator';
    const body = n < BODIES.length ? BODIES[n] : 'Short.';
    const input = { title: `Question ${n}`, body, externalId: `key-${n}` };
    const discussionId = await ask(
      role,
      'mutation ($input: FindOrCreateDiscussionInput!) { findOrCreateDiscussion(input: $input) { discussion { id } } }',
      { input },
    );
    let replyToId: string | null = null;
    for (let depth = 0; depth < 4; depth++)
      replyToId = await ask(
        depth % 2 === 0 ? 'member' : 'moderator',
        'mutation ($input: AddCommentInput!) { addComment(input: $input) { comment { id } } }',
        {
          input: {
            discussionId,
            replyToId,
            body: n < 2 ? BODIES[(n + depth) % BODIES.length] : 'Short too.',
          },
        },
      );
    for (const edit of n < 5 ? [1, 2, 3] : [])
      await ask(
        role,
        'mutation ($input: UpdateDiscussionInput!) { updateDiscussion(input: $input) { discussion { id } } }',
        { input: { discussionId, body: `${edit} ${body?.slice(0, 59_000)}` } },
      );
  }
  const response = await fetch(`${url}/graphql?query=${encodeURIComponent(FOUND)}`, {
    headers: { 'apollo-require-preflight': '1' },
  });
  const found = await response.text();
  if (found.includes('"errors"')) throw new Error(found.slice(0, 1000));
  const all = (pattern: RegExp) => [...new Set([...found.matchAll(pattern)].map(([, one]) => one ?? ''))];
  return {
    keys,
    known: {
      ids: [...new Set([...ids, ...all(/"id":"([^"]+)"/g)])],
      slugs: all(/"slug":"([^"]+)"/g),
      cursors: all(/"cursor":"([^"]+)"/g),
    },
  };
}

const FOUND = `{
  discussions(first: 40) { edges { cursor node { id slug author { id } revisions(first: 3) { edges { cursor node { id } } }
    comments(first: 2) { edges { cursor } } } } }
  newest: discussions(first: 5, orderBy: NEWEST) { edges { cursor } }
  categories { edges { cursor node { id slug } } } products { edges { cursor node { id slug } } }
  tags { edges { cursor node { id slug } } } }`;

/** What `fetch` sends for a request. */
export function sentAs({ keys }: Fixture, { role, method, headers, body }: FuzzRequest): RequestInit {
  const key = keys[role];
  return { method, headers: { ...(key !== null && { authorization: `Bearer ${key}` }), ...headers }, body };
}
