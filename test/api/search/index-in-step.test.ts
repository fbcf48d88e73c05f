import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reindex } from '../../../src/forum/search/index.ts';
import { indexComment } from '../../../src/forum/search/index-texts.ts';
import { rowIdOf } from '../../../src/graphql/global-id.ts';
import { examine } from '../../../src/operations/doctor/index.ts';
import { statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';

const words = statement<{ word: string }>('test.searchWords', 'SELECT word FROM search_word');
const numbersOf = statement<{ n: number }>(
  'test.searchNumbers',
  (d) => `SELECT n FROM search_entry WHERE ${d.inList('row_id')}`,
);

describe.each(engines)('the search index on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());

  async function found(q: string): Promise<string[]> {
    const { data, errors } = await forum.ask(
      `query ($q: String!) { search(query: $q) { totalCount suggestion facets { categories { count } }
        nodes { subject { ... on Discussion { title } ... on Comment { bodyText } } } } }`,
      { q },
    );
    expect(errors).toBeUndefined();
    const { nodes, totalCount } = data.search;
    expect(totalCount).toBe(nodes.length);
    return nodes.map(
      ({ subject }: { subject: { title?: string; bodyText?: string } }) => subject.title ?? subject.bodyText,
    );
  }

  const start = async (title: string, body: string) =>
    (await forum.as('ada').do('createDiscussion', { title, body }, 'discussion { id }')).data.createDiscussion
      .discussion.id as string;
  const comment = async (discussionId: string, body: string) =>
    (await forum.as('ben').do('addComment', { discussionId, body }, 'comment { id }')).data.addComment.comment
      .id as string;

  test('follows each edit: old words find nothing', async () => {
    const id = await start('First wording', 'alpha **beta**');
    const commentId = await comment(id, 'gamma');
    expect(await found('beta ')).toEqual(['First wording']);
    expect(await found('gamma ')).toEqual(['gamma']);
    await forum
      .as('ada')
      .do(
        'updateDiscussion',
        { discussionId: id, title: 'Second wording', body: 'delta' },
        'discussion { id }',
      );
    await forum.as('ben').do('updateComment', { commentId, body: 'epsilon' }, 'comment { id }');
    for (const old of ['first ', 'alpha ', 'beta ', 'gamma ', 'in:title first '])
      expect(await found(old)).toEqual([]);
    expect(await found('second delta ')).toEqual(['Second wording']);
    expect(await found('epsilon ')).toEqual(['epsilon']);
    await forum
      .as('ada')
      .do('restoreDiscussionRevision', { discussionId: id, revision: 1 }, 'discussion { id }');
    expect(await found('first beta ')).toEqual(['First wording']);
    expect(await found('delta ')).toEqual([]);
  });

  test('follows a text that the doctor renders again', async () => {
    const discussionId = await start('Rendered again', 'numbat');
    const commentId = await comment(discussionId, 'bilby');
    const [ofDiscussion, ofComment] = [rowIdOf('Discussion', discussionId), rowIdOf('Comment', commentId)];
    await forum.db.write(async (tx) => {
      await tx.discussion.update({ where: { id: ofDiscussion ?? '' }, data: { body: 'potoroo' } });
      await tx.comment.update({ where: { id: ofComment ?? '' }, data: { body: 'quoll' } });
    });
    const options = { fix: true, rendering: true, now: forum.now() };
    expect(await examine(forum.db, options)).toMatchObject({ findings: 2, mended: 2 });
    expect(await Promise.all(['numbat ', 'bilby '].map(found))).toEqual([[], []]);
    expect(await Promise.all(['potoroo ', 'quoll '].map(found))).toEqual([['Rendered again'], ['quoll']]);
  });

  test('shows nothing deleted in results, counts, facets and suggestions, and everything once it is restored', async () => {
    const id = await start('Zeppelin questions', 'zeppelins');
    const commentId = await comment(id, 'zeppelin remark');
    const mod = forum.as('mod');
    await mod.do('deleteComment', { commentId }, 'comment { id }');
    expect(await found('zeppelin remark ')).toEqual([]);
    await mod.do('restoreComment', { commentId }, 'comment { id }');
    expect(await found('zeppelin remark ')).toEqual(['zeppelin remark']);
    await mod.do('deleteDiscussion', { discussionId: id }, 'deletedDiscussionId');
    expect(await found('zeppelin ')).toEqual([]);
    expect(await found('zeppeli')).toEqual([]);
    const { data } = await forum.ask('{ search(query: "zepelin ") { suggestion } }');
    expect(data.search.suggestion).toBeNull();
    await mod.do('restoreDiscussion', { discussionId: id }, 'discussion { id }');
    expect((await found('zeppelin ')).sort()).toEqual(['Zeppelin questions', 'zeppelin remark']);
  });

  test('forgets the words of a redacted text that no other text has, as they are read', async () => {
    const id = await start('A title', 'my passphrase hunterhunter is shared, as is open**sesame**');
    await forum
      .as('ada')
      .do('updateDiscussion', { discussionId: id, body: 'my text is shared' }, 'discussion { id }');
    const known = async () => (await forum.db.read.all(words, [])).map(({ word }) => word);
    expect(await known()).toContain('hunterhunter');
    expect(await known()).toContain('opensesame');
    await forum
      .as('mod')
      .do('redactDiscussionRevision', { discussionId: id, revision: 1 }, 'discussion { id }');
    const left = await known();
    expect(left.filter((word) => /hunter|retnuh|passphrase|sesame/.test(word))).toEqual([]);
    expect(left).toContain('shared');
  });

  test('counts no part of a deleted title in the similarity of others', async () => {
    await start('Quokka migration steps', 'x');
    const similarity = async () => {
      const { data } = await forum.ask(
        '{ similarDiscussions(title: "quokka export") { similarity discussion { title } } }',
      );
      return data.similarDiscussions.find(
        ({ discussion }: { discussion: { title: string } }) => discussion.title === 'Quokka migration steps',
      ).similarity as number;
    };
    const alone = await similarity();
    const id = await start('Quokka quokka population', 'x');
    const beside = await similarity();
    expect(beside).not.toBe(alone);
    await forum.as('mod').do('deleteDiscussion', { discussionId: id }, 'deletedDiscussionId');
    expect(await similarity()).toBe(alone);
    await reindex(forum.db);
    expect(await similarity()).toBe(alone);
    await forum.as('mod').do('restoreDiscussion', { discussionId: id }, 'discussion { id }');
    expect(await similarity()).toBe(beside);
  });

  test('writes nothing if the write is refused', async () => {
    const id = await start('Locked soon', 'quiet');
    await forum.as('mod').do('lockDiscussion', { discussionId: id }, 'discussion { id }');
    await forum.as('ben').do('addComment', { discussionId: id, body: 'loudest' }, 'comment { id }');
    expect((await forum.db.read.all(words, [])).map(({ word }) => word)).not.toContain('loudest');
  });

  test.runIf(engine === 'postgres')('lets no writer of one moment wait for another', async () => {
    const written = (id: string) => ({
      ...{ id, authorId: null, createdAt: Date.UTC(2031, 0, 1), before: null },
      after: { bodyText: 'ab' },
    });
    await forum.db.transaction(async (first) => {
      await indexComment(first, written('first'));
      // would wait for the end of the first, which waits for it
      await forum.db.transaction((second) => indexComment(second, written('second')));
    });
    const numbers = (await forum.db.read.all(numbersOf, [['first', 'second']])).map(({ n }) => n);
    expect(numbers).toHaveLength(2);
    expect(Math.abs((numbers[0] ?? 0) - (numbers[1] ?? 0))).toBe(1);
  });
});
