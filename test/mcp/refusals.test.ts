// What tools refuse: guests, bad arguments, and what a viewer may not see. Refusals write nothing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { rowsOf } from '../support/rows.ts';
import { connectClient, type McpClient, SPECIFICATIONS } from './clients.ts';

const MERGE = 'is-there-a-way-to-merge-two-relaydesk-tickets-without-losing-attachments';
const UNKNOWN = 'D_01k7348y00cm10b71z3awk9ezz';

describe.each(engines)('on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'seeded');
  });
  afterAll(() => forum.close());

  describe.each(SPECIFICATIONS)('a client of %s', (specification) => {
    let guest: McpClient;
    let ada: McpClient;
    let ben: McpClient;
    beforeAll(async () => {
      guest = await connectClient(specification, forum.url);
      ada = await connectClient(specification, forum.url, await forum.as('ada').token());
      ben = await connectClient(specification, forum.url, await forum.as('ben').token());
    });
    afterAll(() => Promise.all([guest.close(), ada.close(), ben.close()]));

    /** Calls a tool and expects that nothing is written. */
    const unwritten = async (client: McpClient, name: string, args: Record<string, unknown>) => {
      const before = await rowsOf(forum.db);
      const result = await client.call(name, args);
      expect(await rowsOf(forum.db)).toEqual(before);
      return result;
    };
    let asked = 0;
    /** A new discussion of ada's. */
    const ask = async () => {
      const title = `How do I export reports? ${specification} ${++asked}`;
      const result = await ada.call('ask_question', { title, body: 'As *CSV*.' });
      expect(result.isError).toBe(false);
      return result.data.discussion as { id: string; slug: string; url: string; title: string };
    };

    test('writes nothing as a guest, and learns why', async () => {
      const { id } = await ask();
      const writes: [string, Record<string, unknown>][] = [
        ['ask_question', { title: 'A guest?', body: 'Yes.' }],
        ['add_comment', { discussionId: id, body: 'Yes.' }],
        ['vote', { subjectId: id, direction: 'UP' }],
      ];
      for (const [name, args] of writes) {
        const result = await unwritten(guest, name, args);
        expect([name, result.isError, result.error?.code]).toEqual([name, true, 'UNAUTHENTICATED']);
        const dry = await unwritten(guest, name, { ...args, dryRun: true });
        expect(dry.data).toMatchObject({ isAllowed: false, problems: [{ code: 'UNAUTHENTICATED' }] });
      }
    });

    test('refuses an argument that a tool does not have, so that a misspelled dryRun writes nothing', async () => {
      const { id } = await ask();
      const { id: commentId } = (await ben.call('add_comment', { discussionId: id, body: 'Here.' })).data
        .comment;
      const calls: [string, Record<string, unknown>][] = [
        ['search_discussions', { query: 'export' }],
        ['read_discussion', { id }],
        ['find_similar_questions', { title: 'export' }],
        ['ask_question', { title: 'Would this be asked?', body: 'No.' }],
        ['add_comment', { discussionId: id, body: 'No.' }],
        ['vote', { subjectId: commentId, direction: 'UP' }],
        ['mark_answer', { commentId }],
      ];
      for (const [name, args] of calls) {
        const { isError, text } = await unwritten(ada, name, { ...args, dry_run: true });
        expect([name, isError]).toEqual([name, true]);
        expect(text).toContain('"dry_run"');
      }
    });

    test.each([
      ['ask_question', { title: '', body: 'x' }, null],
      ['ask_question', { title: 'x'.repeat(301), body: 'x' }, ['BAD_USER_INPUT', 'title']],
      ['ask_question', { title: 'x', body: 'x', categorySlug: 'none' }, ['NOT_FOUND', 'categorySlug']],
      ['ask_question', { title: 'x', body: 'x', productSlug: 'none' }, ['NOT_FOUND', 'productSlug']],
      ['ask_question', { title: 'x', body: 'x', tagSlugs: ['none'] }, ['NOT_FOUND', 'tagSlugs']],
      ['add_comment', { discussionId: UNKNOWN, body: 'x' }, ['NOT_FOUND', 'discussionId']],
      ['vote', { subjectId: UNKNOWN, direction: 'UP' }, ['NOT_FOUND', 'subjectId']],
      ['vote', { subjectId: UNKNOWN, direction: 'SIDEWAYS' }, null],
      ['mark_answer', { commentId: UNKNOWN }, ['NOT_FOUND', 'commentId']],
      ['read_discussion', {}, ['BAD_USER_INPUT', 'id']],
      ['read_discussion', { id: UNKNOWN, slug: MERGE }, ['BAD_USER_INPUT', 'slug']],
      ['read_discussion', { slug: MERGE, maxTokens: 99 }, null],
      ['search_discussions', { query: 'a', first: 51 }, null],
      ['search_discussions', { query: 'a', after: 'nonsense' }, ['BAD_USER_INPUT', 'after']],
    ])('%s refuses %j and writes nothing', async (name, args, refusal) => {
      const result = await unwritten(ada, name, args);
      expect(result.isError).toBe(true);
      expect(result.error && [result.error.code, result.error.field]).toEqual(refusal);
      expect(result.data).toBeUndefined();
    });

    test.each([
      [
        'ask_question',
        { title: ' ', body: 'x', categorySlug: 'none', productSlug: 'none', tagSlugs: ['none'] },
        ['title', 'tagSlugs', 'categorySlug', 'productSlug'],
      ],
      ['add_comment', { discussionId: UNKNOWN, body: ' ' }, ['discussionId', 'body']],
      ['vote', { subjectId: UNKNOWN, direction: 'UP' }, ['subjectId']],
      ['mark_answer', { commentId: UNKNOWN }, ['commentId']],
      ['mark_answer', { commentId: UNKNOWN.replace('D_', 'A_') }, ['commentId']],
    ])('a dry run of %s names all that is wrong with %j', async (name, args, fields) => {
      const { data, isError, text } = await unwritten(ada, name, { ...args, dryRun: true });
      expect([isError, text.split('\n')[0]]).toEqual([false, 'Dry run: this would fail.']);
      const problems = data.problems as { field: string; code: string }[];
      expect(problems.map(({ field }) => field).sort()).toEqual([...fields].sort());
      for (const { field, code } of problems)
        expect(code).toBe(['title', 'body'].includes(field) ? 'BAD_USER_INPUT' : 'NOT_FOUND');
    });

    test('never sees what is deleted', async () => {
      const { id, slug, url } = await ask();
      const deleted = await forum
        .as('ada')
        .do('deleteDiscussion', { discussionId: id }, 'deletedDiscussionId');
      expect(deleted.errors).toBeUndefined();
      for (const client of [guest, ben])
        for (const one of [{ id }, { slug }, { url }])
          expect((await client.call('read_discussion', one)).error?.code).toBe('NOT_FOUND');
      const found = await ben.call('search_discussions', { query: `"${slug.replaceAll('-', ' ')}"` });
      expect(found.data.totalCount).toBe(0);
      expect((await unwritten(ben, 'add_comment', { discussionId: id, body: 'x' })).error?.code).toBe(
        'NOT_FOUND',
      );
      const vote = await unwritten(ben, 'vote', { subjectId: id, direction: 'UP', dryRun: true });
      expect(vote.data).toMatchObject({ isAllowed: false, problems: [{ code: 'NOT_FOUND' }] });
      await expect(ben.read(`parley://discussions/${slug}`)).rejects.toThrow(/not found/i);
      expect(await ben.listResources()).not.toContain(`parley://discussions/${slug}`);
    });
  });
});
