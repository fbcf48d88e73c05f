import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { threadDocument } from '../support/documents.ts';
import { type Forum, openForum } from '../support/forum.ts';

const ITEM = 'title slug createdAt lastActivityAt netUpvotes commentCount author { name } tags { slug }';
const COMMENT =
  'bodyText bodyHTML createdAt createdAgo netUpvotes upvoteCount downvoteCount isAnswer isOfficial isDeleted descendantCount';

const queries: Record<string, string> = {
  ...Object.fromEntries(
    ['HOT', 'TOP', 'NEWEST', 'ACTIVE', 'MOST_COMMENTS', 'CONTROVERSIAL'].map((order) => [
      `discussions by ${order}`,
      `{ discussions(first: 100, orderBy: ${order}) { totalCount nodes { ${ITEM} } } }`,
    ]),
  ),
  ...Object.fromEntries(
    ['BEST', 'TOP', 'NEWEST', 'OLDEST', 'CONTROVERSIAL'].map((order) => [
      `comments by ${order}`,
      `{ discussions(first: 100, orderBy: NEWEST) { nodes { title comments(first: 20, orderBy: ${order}) { totalCount nodes {
        ${COMMENT} replies(first: 20, orderBy: ${order}) { totalCount nodes { ${COMMENT} } } } } } } }`,
    ]),
  ),
  catalogue: `{ categories { nodes { name slug url isAnswerable discussions { totalCount nodes { title } } } }
    products { nodes { name slug url } } tags { nodes { name slug discussions(orderBy: TOP) { nodes { title } } } } }`,
  'related, pins and answers': `{ discussions(first: 100, orderBy: NEWEST) { nodes { title pin { label createdAt expiresAt }
    isLocked lockReason isClosed closeReason isAnswered answer { bodyText } lastComment { bodyText }
    relatedDiscussions(first: 10) { title createdAt commentCount discussion { title } } } } }`,
};

/** Titles and bodies that engines are known to sort, fold or measure differently. */
const peculiar = [
  'Straße',
  'STRASSE',
  'strasse',
  'Éclair',
  'eclair',
  'İstanbul',
  'ß',
  '日本語の質問',
  '🦜 talks',
  '🦜🦜',
  'a_b%c',
  'O\'Neil \\ "x"',
  'ﬁn',
  'zzz',
  'Zzz',
  'ǅ',
];

describe.skipIf(engines.length < 2)('SQLite and PostgreSQL', () => {
  const forums: Forum[] = [];
  beforeAll(async () => {
    for (const engine of engines) {
      const forum = await openForum(engine, 'seeded');
      forums.push(forum);
      for (const [n, title] of peculiar.entries()) {
        await forum.load(
          threadDocument({
            title,
            product: `Tool ${n % 3}`,
            more: [`Tags: ${title.replaceAll(',', '')}`, `Net upvotes: ${n % 4}`],
            comments: peculiar.slice(0, n).map((body, m) => ({ body, net: m % 3 })),
          }),
        );
      }
    }
  });
  afterAll(async () => {
    for (const forum of forums) await forum.close();
  });

  test.each(Object.entries(queries))(
    'give the same answer for %s, ties and Unicode included',
    async (_, query) => {
      const [one, other] = await Promise.all(forums.map((forum) => forum.ask(query)));
      expect(one?.errors).toBeUndefined();
      expect(other).toEqual(one);
    },
  );

  test('give the same refusals', async () => {
    const query = '{ a: discussion(slug: "x") { id } node(id: "y") { id } nodes(ids: ["z"]) { id } }';
    const [one, other] = await Promise.all(forums.map((forum) => forum.ask(query)));
    expect(one?.errors).toHaveLength(3);
    expect(other).toEqual(one);
  });
});
