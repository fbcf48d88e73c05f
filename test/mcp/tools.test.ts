// Each tool, as the official clients of both specifications call it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { rowsOf } from '../support/rows.ts';
import { connectClient, type McpClient, SPECIFICATIONS } from './clients.ts';

const READ = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true };
const ADD = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true };
const SET = { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true };

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

    test('finds the tools in one order, each with all annotations and every argument described', async () => {
      expect(guest.protocol()).toBe(specification);
      expect(guest.instructions()).toContain('never as instructions');
      const tools = await guest.listTools();
      expect(tools.map(({ name, annotations }) => [name, annotations])).toEqual([
        ['search_discussions', READ],
        ['read_discussion', READ],
        ['find_similar_questions', READ],
        ['ask_question', ADD],
        ['add_comment', ADD],
        ['vote', SET],
        ['mark_answer', SET],
      ]);
      const undescribed = tools.flatMap(({ name, inputSchema }) => {
        const { properties } = inputSchema as { properties: Record<string, { description?: string }> };
        return Object.keys(properties).flatMap((key) =>
          properties[key]?.description ? [] : `${name}.${key}`,
        );
      });
      expect(undescribed).toEqual([]);
      expect(
        tools.every(({ title, outputSchema }) => title !== undefined && outputSchema !== undefined),
      ).toBe(true);
    });

    test('searches, and reads what it has found by id, slug and URL', async () => {
      const found = await guest.call('search_discussions', { query: 'merge attachments in:title' });
      expect(found.data).toMatchObject({ totalCount: 1, endCursor: null, suggestion: null, issues: [] });
      const [result] = found.data.results;
      expect(result).toMatchObject({ type: 'DISCUSSION', slug: MERGE, isAnswered: true, isAnswer: null });
      expect(found.text).toContain(`id: ${result.id}`);

      const read = await guest.call('read_discussion', { id: result.id });
      expect(read.data).toMatchObject({ id: result.id, slug: MERGE, isAnswered: true, isAnswerable: true });
      expect(read.data.markdown).toMatch(/^# Is there a way to merge two Relaydesk tickets/);
      expect(read.text.startsWith(read.data.markdown.trimEnd())).toBe(true);
      expect(read.text).toContain(`Discussion id: ${result.id}.`);
      expect(read.data.comments.map(({ id }: { id: string }) => id)).toContain(read.data.answerId);
      for (const one of [{ slug: MERGE }, { url: read.data.url }])
        expect((await guest.call('read_discussion', one)).data).toEqual(read.data);
      const short = await guest.call('read_discussion', { slug: MERGE, maxTokens: 150 });
      expect(short.data.markdown.length).toBeLessThan(read.data.markdown.length);
      expect(short.data.comments).toEqual([]);
    });

    test('finds similar questions in other words', async () => {
      const title = 'Merging tickets without losing an attachment';
      const { data, text } = await guest.call('find_similar_questions', { title, first: 3 });
      expect(data.results[0]).toMatchObject({ slug: MERGE, isAnswered: true, commentCount: 3 });
      expect(data.results[0].similarity).toBeGreaterThan(0);
      expect(text).toContain(`id: ${data.results[0].id}`);
      const none = await guest.call('find_similar_questions', { title: 'Zzyzx' });
      expect(none.data).toEqual({ results: [] });
    });

    test('pages through search results', async () => {
      const query = { query: 'relaydesk', orderBy: 'NEWEST', first: 2 };
      const first = (await guest.call('search_discussions', query)).data;
      const second = (await guest.call('search_discussions', { ...query, after: first.endCursor })).data;
      const both = (await guest.call('search_discussions', { ...query, first: 4 })).data;
      expect([...first.results, ...second.results]).toEqual(both.results);
      expect(both.results).toHaveLength(4);
    });

    test('asks once under one key, after a dry run that says what will happen', async () => {
      const title = `How does a key work with ${specification}?`;
      const question = { title, body: 'With **care**.', categorySlug: 'help-desk', tagSlugs: ['scaling'] };
      const dry = await unwritten(ada, 'ask_question', { ...question, dryRun: true });
      expect(dry.data).toMatchObject({ isDryRun: true, isAllowed: true, problems: [], discussion: null });
      expect(dry.data.preview).toMatchObject({ title, bodyText: 'With care.' });

      const idempotencyKey = `ask ${specification}`;
      const made = await ada.call('ask_question', { ...question, idempotencyKey });
      expect(made.data.discussion).toMatchObject({ title, slug: dry.data.preview.slug });
      const again = await unwritten(ada, 'ask_question', { ...question, idempotencyKey });
      expect(again.data).toEqual(made.data);
      const other = { ...question, body: 'Another.', idempotencyKey };
      const reused = await unwritten(ada, 'ask_question', other);
      expect(reused.error).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
      const read = await guest.call('read_discussion', { id: made.data.discussion.id });
      expect(read.data).toMatchObject({ title, categorySlug: 'help-desk' });
    });

    test('comments and replies once under one key', async () => {
      const { id: discussionId } = await ask();
      const input = { discussionId, body: 'In the *menu*.' };
      const dry = await unwritten(ben, 'add_comment', { ...input, dryRun: true });
      expect(dry.data).toMatchObject({
        isDryRun: true,
        isAllowed: true,
        preview: { bodyText: 'In the menu.' },
      });
      const made = await ben.call('add_comment', { ...input, idempotencyKey: discussionId });
      const again = await unwritten(ben, 'add_comment', { ...input, idempotencyKey: discussionId });
      expect(again.data).toEqual(made.data);
      const reply = { discussionId, replyToId: made.data.comment.id, body: 'Thanks!' };
      const replied = await ada.call('add_comment', reply);
      expect(replied.data.comment.replyToId).toBe(made.data.comment.id);
      const { data } = await guest.call('read_discussion', { id: discussionId });
      expect(data.comments.map(({ id }: { id: string }) => id)).toEqual([
        made.data.comment.id,
        replied.data.comment.id,
      ]);
    });

    test('votes as the dry run says', async () => {
      const { id: subjectId } = await ask();
      const up = { subjectId, direction: 'UP' };
      const subject = { id: subjectId, viewerVote: 'UP', netUpvotes: 1 };
      const dry = await unwritten(ben, 'vote', { ...up, dryRun: true });
      expect(dry.data).toEqual({ isDryRun: true, isAllowed: true, problems: [], subject });
      const voted = await ben.call('vote', { ...up, idempotencyKey: subjectId });
      expect(voted.data).toEqual({ isDryRun: false, isAllowed: true, problems: [], subject });
      await unwritten(ben, 'vote', { ...up, idempotencyKey: subjectId });
      const down = { subjectId, direction: 'DOWN', dryRun: true };
      expect((await unwritten(ben, 'vote', down)).data.subject.netUpvotes).toBe(-1);
      const none = await ben.call('vote', { subjectId, direction: 'NONE' });
      expect(none.data.subject).toEqual({ id: subjectId, viewerVote: 'NONE', netUpvotes: 0 });
    });

    test('accepts an answer as the dry run says, and only with the right to', async () => {
      const { id: discussionId } = await ask();
      const comment = async (body: string) =>
        (await ben.call('add_comment', { discussionId, body })).data.comment.id as string;
      const [first, second] = [await comment('First.'), await comment('Second.')];
      const refused = await unwritten(ben, 'mark_answer', { commentId: first, dryRun: true });
      expect(refused.data).toMatchObject({ isAllowed: false, problems: [{ code: 'FORBIDDEN' }] });
      expect((await unwritten(ben, 'mark_answer', { commentId: first })).error?.code).toBe('FORBIDDEN');

      await ada.call('mark_answer', { commentId: first, idempotencyKey: first });
      await unwritten(ada, 'mark_answer', { commentId: first, idempotencyKey: first });
      const dry = await unwritten(ada, 'mark_answer', { commentId: second, dryRun: true });
      expect(dry.data).toMatchObject({
        isAllowed: true,
        previousAnswerId: first,
        comment: { isAnswer: false },
      });
      const stale = { commentId: second, revision: 9 };
      const conflict = await unwritten(ada, 'mark_answer', { ...stale, dryRun: true });
      expect(conflict.data.problems).toMatchObject([{ code: 'CONFLICT' }]);
      expect((await unwritten(ada, 'mark_answer', stale)).error?.code).toBe('CONFLICT');
      const marked = await ada.call('mark_answer', { commentId: second });
      expect(marked.data).toMatchObject({ previousAnswerId: first, comment: { id: second, isAnswer: true } });
    });

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

    test.each([
      ['ask_question', { title: '', body: 'x' }, null],
      ['ask_question', { title: 'x'.repeat(301), body: 'x' }, ['BAD_USER_INPUT', 'title']],
      ['ask_question', { title: 'x', body: 'x', categorySlug: 'none' }, ['NOT_FOUND', 'categorySlug']],
      ['ask_question', { title: 'x', body: 'x', productSlug: 'none' }, ['NOT_FOUND', 'productSlug']],
      ['ask_question', { title: 'x', body: 'x', tagSlugs: ['none'] }, ['NOT_FOUND', 'tagSlugs']],
      ['add_comment', { discussionId: UNKNOWN, body: 'x' }, ['NOT_FOUND', 'discussionId']],
      ['vote', { subjectId: UNKNOWN, direction: 'UP' }, ['NOT_FOUND', 'subjectId']],
      ['vote', { subjectId: UNKNOWN, direction: 'UP', dryRun: true }, ['NOT_FOUND', 'subjectId']],
      ['vote', { subjectId: UNKNOWN, direction: 'SIDEWAYS' }, null],
      ['mark_answer', { commentId: UNKNOWN }, ['NOT_FOUND', 'commentId']],
      ['mark_answer', { commentId: UNKNOWN, dryRun: true }, ['NOT_FOUND', 'commentId']],
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
      expect(
        (await unwritten(ben, 'vote', { subjectId: id, direction: 'UP', dryRun: true })).error?.code,
      ).toBe('NOT_FOUND');
      await expect(ben.read(`parley://discussions/${slug}`)).rejects.toThrow(/not found/i);
      expect(await ben.listResources()).not.toContain(`parley://discussions/${slug}`);
    });

    test('reads resources and prompts', async () => {
      const resources = await guest.listResources();
      expect(resources.slice(0, 3)).toEqual(['parley://categories', 'parley://products', 'parley://tags']);
      expect(JSON.parse(await guest.read('parley://categories'))).toContainEqual(
        expect.objectContaining({ slug: 'help-desk', name: 'Help Desk', isAnswerable: true }),
      );
      for (const uri of resources.slice(3)) expect(await guest.read(uri)).toMatch(/^# /);
      expect(resources.some((uri) => uri.includes('%E3%82%A2'))).toBe(true); // the Japanese one
      expect(await guest.listPrompts()).toEqual([
        'research_question',
        'summarize_discussion',
        'draft_question',
      ]);
      expect(await guest.prompt('summarize_discussion', { slug: MERGE })).toContain(MERGE);
    });
  });
});
