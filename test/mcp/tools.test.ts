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
