// A write answers with the rows that its statements return, without reading them again: they must be the stored rows.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../../src/access/context.ts';
import { NO_LIMITS } from '../../src/access/limiter.ts';
import { DEFAULT_POLICY } from '../../src/access/policy.ts';
import { makeContext } from '../../src/api/make-context.ts';
import { addComment } from '../../src/forum/comment/add-comment.ts';
import { loadComment } from '../../src/forum/comment/index.ts';
import { loadDiscussion } from '../../src/forum/discussion/index.ts';
import { setVote } from '../../src/forum/vote/set-vote.ts';
import { loadViewerVote } from '../../src/forum/vote/vote-reads.ts';
import { examine } from '../../src/operations/doctor/index.ts';
import type { Database } from '../../src/store/index.ts';
import { engines } from '../support/database.ts';
import { threadDocument } from '../support/documents.ts';
import { CAPTURED_AT, type Forum, openForum, SITE_URL } from '../support/forum.ts';

/** SQLite's booleans are 0 and 1. */
const FLAGS = ['createdAtIsApproximate', 'isOfficial', 'isVerifiedUser'];

function comparable(row: object | null) {
  return Object.fromEntries(
    Object.entries(row ?? {}).map(([name, value]) => [name, FLAGS.includes(name) ? Boolean(value) : value]),
  );
}

describe.each(engines)('what a write on %s answers with', (engine) => {
  let forum: Forum;
  let discussionId: string;
  let spoken: string;
  let at = CAPTURED_AT.getTime();
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    await forum.load(
      threadDocument({
        ...{ title: 'Which one?', more: ['Net upvotes: -3'] },
        comments: [{ body: 'This one.', net: 5 }],
      }),
    );
    const { data } = await forum.ask(
      '{ discussions(first: 1) { nodes { id comments(first: 1) { nodes { id } } } } }',
    );
    const [discussion] = data.discussions.nodes;
    discussionId = discussion.id;
    spoken = discussion.comments.nodes[0].id;
  });
  afterAll(() => forum.close());

  async function contextOf(name: string, db: Database = forum.db, msLater = 1000): Promise<Context> {
    const id = (await forum.as(name).id()).slice(2);
    at += msLater;
    const now = new Date(at);
    const credential = { kind: 'SESSION', id: null } as const;
    const scope = { canWrite: true, moderates: new Set<string>(), speaksFor: new Set<string>() };
    return makeContext({
      ...{ db, siteUrl: SITE_URL, policy: DEFAULT_POLICY, clock: () => now, address: '::1' },
      ...{ viewer: { id, role: 'MEMBER', ...scope, credential }, limiter: NO_LIMITS },
    });
  }

  /** What the context answers, and then what another one of the same viewer reads. */
  async function bothOf(ctx: Context, globalId: string) {
    const id = globalId.slice(2);
    const kind = globalId.startsWith('D_') ? 'discussion' : 'comment';
    const of = async (asked: Context) => {
      const row = await (kind === 'comment' ? loadComment(asked, id) : loadDiscussion(asked, id));
      return { row: comparable(row), vote: await loadViewerVote(asked, kind, id) };
    };
    const returned = await of(ctx);
    const { viewer, address, limiter } = ctx;
    const fresh = { db: forum.db, siteUrl: SITE_URL, policy: DEFAULT_POLICY, clock: () => ctx.now() };
    return { returned, stored: await of(makeContext({ ...fresh, viewer, address, limiter })) };
  }

  /** How many statements the context's rows take. */
  async function asked(work: () => Promise<unknown>): Promise<number> {
    let statements = 0;
    const stop = forum.db.onStatement(() => statements++);
    await work();
    stop();
    return statements;
  }

  const findings = async () => (await examine(forum.db, { fix: false, rendering: true })).findings;

  async function say(ctx: Context, replyToId?: string): Promise<string> {
    const input = { discussionId, body: '**Said** to @nobody.', ...(replyToId && { replyToId }) };
    return `C_${(await addComment(ctx, input)).commentId}`;
  }

  test('is the new comment and its discussion, at every depth, as they are stored', async () => {
    let above: string | undefined;
    for (const replyToId of [undefined, spoken, 'the one before', 'the one before'] as const) {
      const ctx = await contextOf('ada');
      const to = replyToId === 'the one before' ? above : replyToId;
      above = await say(ctx, to);
      for (const id of [above, discussionId]) {
        const { returned, stored } = await bothOf(ctx, id);
        expect(`${id[0]}_${stored.row['id']}`).toBe(id);
        expect(returned).toEqual(stored);
      }
    }
    expect(await findings()).toBe(0);
  });

  test('needs no other statement to read it', async () => {
    const ctx = await contextOf('ada');
    const id = await say(ctx);
    const load = async () => [
      await loadComment(ctx, id.slice(2)),
      await loadDiscussion(ctx, discussionId.slice(2)),
    ];
    expect(await asked(load)).toBe(0);
  });

  test('is the discussion with its newest comment, though another one is as new or newer', async () => {
    const first = await contextOf('ada');
    await say(first);
    for (const msLater of [0, -5000, 0]) {
      const ctx = await contextOf('ben', forum.db, msLater);
      await say(ctx);
      const { returned, stored } = await bothOf(ctx, discussionId);
      expect(returned).toEqual(stored);
    }
    at += 10_000;
    expect(await findings()).toBe(0);
  });

  test('is what was voted on, and the vote, as they are stored', async () => {
    for (const subjectId of [spoken, discussionId])
      for (const direction of ['UP', 'UP', 'DOWN', 'NONE', 'NONE', 'DOWN'] as const) {
        const ctx = await contextOf('cleo');
        await setVote(ctx, { subjectId, direction });
        const { returned, stored } = await bothOf(ctx, subjectId);
        expect(stored.vote).toBe(direction);
        expect(returned).toEqual(stored);
      }
    expect(await findings()).toBe(0);
  });

  test('is nothing of a try that was undone: another one may find the write done', async () => {
    const input = { subjectId: spoken, direction: 'UP', idempotencyKey: `tried on ${engine}` } as const;
    /** Undoes the first try, as a deadlock does; the same write is sent again meanwhile, and others vote. */
    const transaction: Database['transaction'] = async (work) => {
      const undone = forum.db.transaction(async (tx) => {
        await work(tx);
        throw new Error('deadlock');
      });
      await expect(undone).rejects.toThrow('deadlock');
      await setVote(await contextOf('dora'), input);
      await setVote(await contextOf('ben'), { subjectId: spoken, direction: 'DOWN' });
      return forum.db.transaction(work);
    };
    const ctx = await contextOf('dora', { ...forum.db, transaction });
    await setVote(ctx, input);
    const { returned, stored } = await bothOf(ctx, spoken);
    expect(stored.vote).toBe('UP');
    expect(returned).toEqual(stored);
  });

  test('is read anew for a repeat', async () => {
    const input = {
      subjectId: discussionId,
      direction: 'UP',
      idempotencyKey: `repeated on ${engine}`,
    } as const;
    await setVote(await contextOf('dora'), input);
    await setVote(await contextOf('ben'), { subjectId: discussionId, direction: 'DOWN' });
    const ctx = await contextOf('dora');
    await setVote(ctx, input);
    const { returned, stored } = await bothOf(ctx, discussionId);
    expect(returned).toEqual(stored);
  });
});
