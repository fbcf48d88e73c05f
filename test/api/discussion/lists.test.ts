import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { threadDocument } from '../../support/documents.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { openFixture } from '../comment/fixture.ts';

const by = (name: string, ...more: string[]) => [`Author id: ${name}`, `Author name: ${name}`, ...more];

const threads = [
  {
    title: 'Apples',
    body: `Which ${'apple '.repeat(400)}?`,
    product: 'Orchard',
    category: 'Fruit',
    postedAt: '2026-01-01T00:00:00Z',
    more: by('Ada', 'Tags: red'),
    comments: [
      { body: 'One', more: by('Ben') },
      { body: 'Two', more: by('Cleo', 'Reply to: Comment 1') },
      { body: 'Three', more: by('Cleo') },
      { body: 'Nobody knows whose' },
      { body: 'Gone', more: by('Dan', 'Deleted: yes') },
    ],
  },
  {
    title: 'Berries',
    product: 'Orchard',
    category: 'Fruit',
    postedAt: '2026-02-01T00:00:00Z',
    more: ['Tags: red', 'Locked: Off topic'],
    comments: [{ body: 'Yes', more: by('Ada') }],
  },
  { title: 'Cherries', product: 'Orchard', category: 'Fruit', more: ['Tags: red, sour'] },
];

type Titled = { readonly title: string };
const titles = ({ nodes }: { nodes: Titled[] }) => nodes.map(({ title }) => title);

describe.each(engines)('lists of discussions on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    for (const thread of threads) await forum.load(threadDocument(thread));
  });
  afterAll(() => forum.close());

  const ask = async (query: string) => {
    const { data, errors } = await forum.ask(query);
    expect(errors).toBeUndefined();
    return data;
  };

  test('of a category, a product, a tag and an author take the filter and order of `discussions`', async () => {
    const list = (args: string) => `discussions(${args}) { totalCount nodes { title } }`;
    const data = await ask(`{
      category(slug: "fruit") { ${list('orderBy: MOST_COMMENTS, filter: { isLocked: false }')} }
      product(slug: "orchard") { ${list('orderBy: NEWEST, filter: { tagSlugs: ["sour"] }')} }
      tag(slug: "red") { ${list('orderBy: NEWEST, filter: { categorySlug: "fruit", hasComments: true }')} }
      none: tag(slug: "red") { ${list('filter: { categorySlug: "no" }')} }
      discussion(slug: "apples") { author {
        most: ${list('orderBy: MOST_COMMENTS')} locked: ${list('filter: { isLocked: true }')}
      } }
    }`);
    expect(titles(data.category.discussions)).toEqual(['Apples', 'Cherries']);
    expect(data.category.discussions.totalCount).toBe(2);
    expect(titles(data.product.discussions)).toEqual(['Cherries']);
    expect(titles(data.tag.discussions)).toEqual(['Berries', 'Apples']);
    expect(data.none.discussions).toEqual({ totalCount: 0, nodes: [] });
    expect(titles(data.discussion.author.most)).toEqual(['Apples']);
    expect(data.discussion.author.locked).toEqual({ totalCount: 0, nodes: [] });
  });

  test('of many tags at once are filtered each for itself', async () => {
    const { tags } = await ask(
      '{ tags { nodes { slug discussions(orderBy: NEWEST, filter: { anyTagSlugs: ["red", "sour"], hasComments: false }) { totalCount nodes { title } } } } }',
    );
    expect(tags.nodes).toEqual(
      ['red', 'sour'].map((slug) => ({
        slug,
        discussions: { totalCount: 1, nodes: [{ title: 'Cherries' }] },
      })),
    );
  });

  test('are filtered by who started a discussion or commented visibly', async () => {
    const { discussion } = await ask(
      '{ discussion(slug: "apples") { author { id } comments { nodes { author { id name } } } } }',
    );
    const idOf = (name: string) =>
      discussion.comments.nodes.find(
        ({ author }: { author: { name: string } | null }) => author?.name === name,
      ).author.id;
    const of = async (participantId: string) => {
      const { discussions } = await ask(
        `{ discussions(orderBy: NEWEST, filter: { participantId: "${participantId}" }) { totalCount nodes { title } } }`,
      );
      expect(discussions.totalCount).toBe(discussions.nodes.length);
      return titles(discussions);
    };
    expect(await of(discussion.author.id)).toEqual(['Berries', 'Apples']);
    expect(await of(idOf('Cleo'))).toEqual(['Apples']);
  });

  test('show who takes part: the author, then those who wrote most; neither unknown nor deleted', async () => {
    const data = await ask(`{
      apples: discussion(slug: "apples") { participantCount participants { name } two: participants(first: 2) { name } }
      berries: discussion(slug: "berries") { participantCount participants { name } }
      cherries: discussion(slug: "cherries") { participantCount participants { name } }
    }`);
    expect(data).toEqual({
      apples: {
        participantCount: 3,
        participants: [{ name: 'Ada' }, { name: 'Cleo' }, { name: 'Ben' }],
        two: [{ name: 'Ada' }, { name: 'Cleo' }],
      },
      berries: { participantCount: 1, participants: [{ name: 'Ada' }] },
      cherries: { participantCount: 0, participants: [] },
    });
  });

  test('a participant comes with a comment and goes with it', async () => {
    const fixture = await openFixture(forum);
    const participants = async () => {
      const { data } = await forum.ask(
        'query ($id: ID!) { discussion(id: $id) { participantCount participants { name } } }',
        { id: fixture.discussionId },
      );
      return data.discussion;
    };
    expect(await participants()).toEqual({ participantCount: 1, participants: [{ name: 'ada' }] });
    const commentId = await fixture.say('ben', 'Here');
    const both = { participantCount: 2, participants: [{ name: 'ada' }, { name: 'ben' }] };
    expect(await participants()).toEqual(both);
    await fixture.do('ben', 'deleteComment', { commentId });
    expect(await participants()).toEqual({ participantCount: 1, participants: [{ name: 'ada' }] });
  });

  test('show an excerpt of each text, cut at a word', async () => {
    const { discussions } = await ask(
      '{ discussions(orderBy: NEWEST) { nodes { title excerpt short: excerpt(length: 20) long: excerpt(length: 500) } } }',
    );
    const apples = discussions.nodes.find(({ title }: Titled) => title === 'Apples');
    expect(apples.short).toBe('Which apple apple…');
    expect(apples.excerpt).toBe(`Which ${'apple '.repeat(32).trim()}…`);
    expect(apples.long).toBe(`Which ${'apple '.repeat(82).trim()}…`);
    const berries = discussions.nodes.find(({ title }: Titled) => title === 'Berries');
    expect(berries).toMatchObject({ excerpt: 'Berries', short: 'Berries' });
  });

  test.each([
    ['excerpt(length: 0)', 'length'],
    ['excerpt(length: 501)', 'length'],
    ['participants(first: 101) { id }', 'first'],
  ])('%s is refused', async (field, argument) => {
    const { errors } = await forum.ask(`{ discussion(slug: "apples") { ${field} } }`);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: argument } }]);
  });

  test.each(['tagSlugs', 'anyTagSlugs'])('more than ten %s are refused', async (name) => {
    const { errors } = await forum.ask(
      'query ($f: DiscussionFilter) { discussions(filter: $f) { nodes { id } } }',
      {
        f: { [name]: Array.from({ length: 11 }, (_, n) => `tag-${n}`) },
      },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: `filter.${name}` } }]);
  });
});
