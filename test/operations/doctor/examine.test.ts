import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importDocument, importFiles } from '../../../src/import/index.ts';
import { queueEmail } from '../../../src/mail/email-queue.ts';
import { examine, type Finding } from '../../../src/operations/doctor/index.ts';
import { packageRoot } from '../../../src/package-root.ts';
import { newId } from '../../../src/store/ids.ts';
import type { Tx } from '../../../src/store/index.ts';
import { allRows } from '../../import/rows.ts';
import { engines, openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { threadDocument } from '../../support/documents.ts';

const NOW = new Date('2026-11-24T03:00:00.000Z');

describe.each(engines)('examine on %s', (engine) => {
  let opened: TestDatabase;
  let id: string;
  let first: string;
  let second: string;
  beforeEach(async () => {
    opened = await openTestDatabase(engine);
    const deps = { db: opened.db, newId };
    const comments = [{ body: 'one' }, { body: 'two', more: ['Reply to: Comment 1'] }];
    const origin = { fileName: 'a.md', asOf: NOW };
    await importDocument(deps, threadDocument({ title: 'Examined?', comments }), origin);
    await importDocument(deps, threadDocument({ title: 'Another?', comments }), origin);
    const row = await change((tx) =>
      tx.discussion.findFirstOrThrow({
        where: { title: 'Examined?' },
        include: { comments: { orderBy: { depth: 'asc' } } },
      }),
    );
    id = row.id;
    [first = '', second = ''] = row.comments.map((comment) => comment.id);
  });
  afterEach(() => opened.close());

  const change = <T>(work: (tx: Tx) => Promise<T>) => opened.db.write(work);

  async function examined(options: { fix?: boolean; rendering?: boolean; now?: Date } = {}) {
    const findings: Finding[] = [];
    const onFinding = (finding: Finding) => findings.push(finding);
    const result = await examine(opened.db, { fix: false, rendering: false, ...options, onFinding });
    return { ...result, details: findings };
  }

  test('finds nothing in an imported forum, renderings included', async () => {
    const deps = { db: opened.db, newId };
    await importFiles(deps, [path.join(packageRoot, 'seed')], { asOf: NOW });
    const { discussions, details } = await examined({ rendering: true });
    expect([discussions, details]).toEqual([15, []]);
  });

  test.each([
    ['upvoteCount', 'upvote_count'],
    ['downvoteCount', 'downvote_count'],
    ['netUpvotes', 'net_upvotes'],
    ['commentCount', 'comment_count'],
    ['topLevelCommentCount', 'top_level_comment_count'],
    ['hotScore', 'hot_score'],
    ['controversyScore', 'controversy_score'],
  ])('finds and mends a wrong %s of a discussion', async (property, column) => {
    const before = await allRows(opened.db);
    await change((tx) => tx.discussion.update({ where: { id }, data: { [property]: 77 } }));
    const { findings, mended, details } = await examined();
    expect([findings, mended]).toEqual([1, 0]);
    expect(details).toMatchObject([
      { kind: 'counter', table: 'discussion', id, column, stored: 77, isMended: false },
    ]);
    expect(await examined({ fix: true })).toMatchObject({ findings: 1, mended: 1 });
    expect(await allRows(opened.db)).toEqual(before);
  });

  test.each([
    ['upvoteCount', 'upvote_count'],
    ['downvoteCount', 'downvote_count'],
    ['netUpvotes', 'net_upvotes'],
    ['replyCount', 'reply_count'],
    ['directReplyCount', 'direct_reply_count'],
    ['bestScore', 'best_score'],
    ['controversyScore', 'controversy_score'],
  ])('finds and mends a wrong %s of a comment', async (property, column) => {
    const before = await allRows(opened.db);
    await change((tx) => tx.comment.update({ where: { id: first }, data: { [property]: 77 } }));
    expect((await examined()).details).toMatchObject([{ table: 'comment', id: first, column, stored: 77 }]);
    expect(await examined({ fix: true })).toMatchObject({ findings: 1, mended: 1 });
    expect(await allRows(opened.db)).toEqual(before);
  });

  test('finds and repairs a wrong place in the tree', async () => {
    const before = await allRows(opened.db);
    await change((tx) => tx.comment.update({ where: { id: second }, data: { treePath: '' } }));
    expect((await examined()).details).toMatchObject([
      { table: 'comment', id: second, column: 'tree_path', stored: '' },
    ]);
    expect(await examined({ fix: true })).toMatchObject({ findings: 1, mended: 1 });
    expect(await allRows(opened.db)).toEqual(before);
  });

  test('finds and repairs a wrong last comment and a last activity that is off by a millisecond', async () => {
    const { lastActivityAt } = await change((tx) => tx.discussion.findUniqueOrThrow({ where: { id } }));
    const data = { lastCommentId: null, lastActivityAt: new Date(lastActivityAt.getTime() + 1) };
    await change((tx) => tx.discussion.update({ where: { id }, data }));
    const { details } = await examined({ fix: true });
    const columns = details.map((finding) => (finding.kind === 'counter' ? finding.column : finding.kind));
    expect(columns).toEqual(['last_comment_id', 'last_activity_at']);
    expect(await examined()).toMatchObject({ findings: 0 });
  });

  test('counts local votes', async () => {
    const authorId = newId(NOW);
    await change(async (tx) => {
      await tx.author.create({ data: { id: authorId, createdAt: NOW } });
      const times = { createdAt: NOW, updatedAt: NOW };
      await tx.commentVote.create({ data: { commentId: first, authorId, value: -1, ...times } });
      await tx.discussionVote.create({ data: { discussionId: id, authorId, value: 1, ...times } });
    });
    expect((await examined({ fix: true })).findings).toBeGreaterThan(0);
    const row = await change((tx) =>
      tx.discussion.findUniqueOrThrow({ where: { id }, include: { comments: true } }),
    );
    expect(row).toMatchObject({ upvoteCount: 1, downvoteCount: 0, netUpvotes: 1 });
    expect(row.comments.find((comment) => comment.id === first)).toMatchObject({
      downvoteCount: 1,
      netUpvotes: -1,
    });
  });

  test('reports a reply at the wrong depth, an answer from another discussion and a vote of 2, and does not change them', async () => {
    const authorId = newId(NOW);
    const elsewhere = await change((tx) =>
      tx.comment.findFirstOrThrow({ where: { discussionId: { not: id } } }),
    );
    await change(async (tx) => {
      await tx.comment.update({ where: { id: second }, data: { depth: 3 } });
      await tx.discussion.update({
        where: { id: elsewhere.discussionId },
        data: { answerId: null, answeredAt: null },
      });
      await tx.discussion.update({ where: { id }, data: { answerId: elsewhere.id, answeredAt: NOW } });
      await tx.author.create({ data: { id: authorId, createdAt: NOW } });
      await tx.commentVote.create({
        data: { commentId: first, authorId, value: 2, createdAt: NOW, updatedAt: NOW },
      });
    });
    const { mended, details } = await examined({ fix: true });
    expect(mended).toBe(0);
    expect(details.map(({ kind, table, id: row }) => [kind, table, row])).toEqual([
      ['flaw', 'comment', second],
      ['flaw', 'discussion', id],
      ['flaw', 'comment_vote', first],
    ]);
  });

  test('finds a link whose title is discussed here, and lets it refer to that discussion', async () => {
    const url = 'https://example.com/examined';
    const linkId = newId(NOW);
    const from = await change((tx) => tx.discussion.findFirstOrThrow({ where: { id: { not: id } } }));
    const data = {
      id: linkId,
      discussionId: from.id,
      position: 9,
      source: 'IMPORTED' as const,
      title: 'Examined?',
      titleKey: 'examined',
      url,
    };
    await change((tx) => tx.relatedLink.create({ data }));
    expect((await examined()).details).toMatchObject([{ kind: 'link', id: linkId }]);
    expect(await examined({ fix: true })).toMatchObject({ findings: 1, mended: 1 });
    expect(await change((tx) => tx.relatedLink.findUniqueOrThrow({ where: { id: linkId } }))).toMatchObject({
      targetId: id,
    });
  });

  test('finds the key of an earlier title, and leads links with the present title to the discussion', async () => {
    await change((tx) => tx.discussion.update({ where: { id }, data: { titleKey: 'before' } }));
    const from = await change((tx) => tx.discussion.findFirstOrThrow({ where: { id: { not: id } } }));
    const link = { id: newId(NOW), discussionId: from.id, position: 9, source: 'IMPORTED' as const };
    const data = { ...link, title: 'Examined?', titleKey: 'examined', url: 'https://example.com/examined' };
    await change((tx) => tx.relatedLink.create({ data }));
    const message = 'its title key is not that of its title';
    expect((await examined()).details).toMatchObject([{ kind: 'index', table: 'discussion', id, message }]);
    expect(await examined({ fix: true })).toMatchObject({ findings: 1, mended: 1 });
    expect(await examined()).toMatchObject({ findings: 0 });
    const where = { id: link.id };
    expect(await change((tx) => tx.relatedLink.findUniqueOrThrow({ where }))).toMatchObject({ targetId: id });
  });

  test('finds e-mails that are not sent, and deletes those that have expired', async () => {
    const hours = (count: number) => new Date(NOW.getTime() + count * 3_600_000);
    const ctx = (now: Date) => ({ now: () => now, newId });
    await opened.db.transaction(async (tx) => {
      await queueEmail(ctx(NOW), tx, 'RESET_PASSWORD', 'ada@example.com'); // for a day
      await queueEmail(ctx(hours(2)), tx, 'CONFIRM_EMAIL', 'ben@example.com'); // for five
    });
    const found = async (at: Date, fix = false) =>
      (await examined({ now: at, fix })).details.map((finding) =>
        finding.kind === 'email' ? [finding.message, finding.isMended] : finding,
      );
    expect(await found(hours(5))).toEqual([]);
    const why = 'the log says why they could not be sent';
    expect(await found(hours(7))).toEqual([
      [`2 e-mails are waiting, the oldest since ${NOW.toISOString()}: ${why}`, false],
    ]);
    const expired = '1 e-mail is expired and still there: no instance has sent e-mails since';
    const waiting = `1 e-mail is waiting, the oldest since ${hours(2).toISOString()}: ${why}`;
    expect(await found(hours(30), true)).toEqual([
      [expired, true],
      [waiting, false],
    ]);
    expect(await found(hours(30))).toEqual([[waiting, false]]);
  });

  test('renders stale texts again if asked to', async () => {
    await change((tx) => tx.comment.update({ where: { id: first }, data: { bodyHtml: '<p>old</p>' } }));
    await change((tx) => tx.discussion.update({ where: { id }, data: { bodyText: 'old' } }));
    expect(await examined()).toMatchObject({ findings: 0 });
    const { details } = await examined({ fix: true, rendering: true });
    expect(details.map((finding) => [finding.kind, finding.id])).toEqual([
      ['rendering', id],
      ['rendering', first],
    ]);
    expect(await examined({ rendering: true })).toMatchObject({ findings: 0 });
  });
});
