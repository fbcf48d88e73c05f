import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { type Actor, type Fixture, openFixture } from './fixture.ts';

const FIELDS = 'body bodyHTML revision lastEditedAt isOfficial isVerifiedUser mentions { handle }';
const FORBIDDEN = { code: 'FORBIDDEN', field: 'input.commentId' };
const MINUTE_MS = 60_000;

describe.each(engines)('updateComment on %s', (engine) => {
  let forum: Forum;
  let fixture: Fixture;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty', { editWindowMs: 10 * MINUTE_MS });
    fixture = await openFixture(forum);
  });
  afterAll(() => forum.close());

  const update = (who: Actor, input: Record<string, unknown>) =>
    fixture.do(who, 'updateComment', input, `comment { ${FIELDS} }`);
  /** Asserts a refusal, and that no row is other than before. */
  async function refuses(who: Actor, input: Record<string, unknown>, expected: object) {
    const before = await fixture.rows();
    expect(refusalOf(await update(who, input))).toEqual(expected);
    expect(await fixture.rows()).toEqual(before);
  }

  test('writes the next revision of the text, stores the one before, and updates its mentions', async () => {
    await forum.as('cleo').id();
    const commentId = await fixture.say('ben', 'Ask @cleo.');
    forum.wait(MINUTE_MS);
    const { data } = await update('ben', { commentId, body: 'Ask @ada *now*.' });
    const comment = data.updateComment.comment;
    expect(comment).toMatchObject({ body: 'Ask @ada *now*.', revision: 2, mentions: [{ handle: 'ada' }] });
    expect(comment.bodyHTML).toContain('<em>now</em>');
    expect(comment.lastEditedAt).toBe('2026-11-24T00:01:00.000Z');
    expect(await fixture.findings()).toEqual([]);
  });

  test('writes nothing without a change', async () => {
    const commentId = await fixture.say('ben', 'As it was');
    const before = await fixture.rows();
    const inputs = [
      { commentId },
      { commentId, body: 'As it was', revision: 7 },
      { commentId, isOfficial: false, isVerifiedUser: false, revision: 7 },
    ];
    for (const input of inputs)
      expect((await update('mod', input)).data.updateComment.comment.revision).toBe(1);
    expect(await fixture.rows()).toEqual(before);
  });

  test('marks make no revision, and can be set together with a new text', async () => {
    const commentId = await fixture.say('vic', 'We do');
    const own = await update('vic', { commentId, isOfficial: true });
    expect(own.data.updateComment.comment).toMatchObject({
      ...{ isOfficial: true, revision: 1, lastEditedAt: null },
    });
    const both = await update('mod', { commentId, body: 'They do', isOfficial: false, isVerifiedUser: true });
    expect(both.data.updateComment.comment).toMatchObject({
      ...{ body: 'They do', isOfficial: false, isVerifiedUser: true, revision: 2 },
    });
    expect((await fixture.row(commentId)).revision).toBe(2);
  });

  test.each<[Actor, object]>([
    [null, { code: 'UNAUTHENTICATED' }],
    ['cleo', FORBIDDEN],
    ['ada', FORBIDDEN],
    ['vic', FORBIDDEN],
    ['moira', FORBIDDEN],
  ])('refuses %s another’s text, and writes nothing', async (who, expected) => {
    const commentId = await fixture.say('ben', 'Mine');
    await refuses(who, { commentId, body: 'Ours' }, expected);
    await refuses(who, { commentId }, expected);
  });

  test('refuses marks that the viewer may not set, together with the text', async () => {
    const commentId = await fixture.say('ben', 'Mine');
    const official = { code: 'FORBIDDEN', field: 'input.isOfficial' };
    await refuses('ben', { commentId, body: 'New', isOfficial: true }, official);
    await refuses('vic', { commentId, isOfficial: true }, official);
    const verified = { code: 'FORBIDDEN', field: 'input.isVerifiedUser' };
    await refuses('ben', { commentId, body: 'New', isVerifiedUser: true }, verified);
    await refuses('moira', { commentId, isVerifiedUser: true }, verified);
  });

  test('refuses null for what cannot be cleared', async () => {
    const commentId = await fixture.say('ben', 'Mine');
    for (const name of ['body', 'isOfficial', 'isVerifiedUser'])
      await refuses('ben', { commentId, [name]: null }, { code: 'BAD_USER_INPUT', field: `input.${name}` });
  });

  test('refuses an edit that is based on an older revision', async () => {
    const commentId = await fixture.say('ben', 'First');
    await update('ben', { commentId, body: 'Second', revision: 1 });
    await refuses(
      'ben',
      { commentId, body: 'Third', revision: 1 },
      { code: 'CONFLICT', field: 'input.revision' },
    );
    const { errors } = await update('ben', { commentId, body: 'Third', revision: 1 });
    expect(errors?.[0]?.extensions).toMatchObject({ currentRevision: 2 });
    expect((await update('ben', { commentId, body: 'Second', revision: 1 })).errors).toBeUndefined();
  });

  test('binds authors to the edit window and to a lock, moderators to neither', async () => {
    const commentId = await fixture.say('ben', 'Early');
    await fixture.lock(true);
    await refuses('ben', { commentId, body: 'Late' }, { code: 'LOCKED', field: 'input.commentId' });
    expect((await update('mod', { commentId, body: 'Kept in order' })).errors).toBeUndefined();
    await fixture.lock(false);
    forum.wait(10 * MINUTE_MS);
    expect((await update('ben', { commentId, body: 'Just in time' })).errors).toBeUndefined();
    forum.wait(1);
    await refuses('ben', { commentId, body: 'Too late' }, FORBIDDEN);
    expect((await update('mod', { commentId, body: 'In order' })).errors).toBeUndefined();
  });

  test('a mark beside it lets no text in that could not be changed alone', async () => {
    const commentId = await fixture.say('vic', 'We do');
    forum.wait(10 * MINUTE_MS + 1);
    await refuses('vic', { commentId, body: 'We did', isOfficial: true }, FORBIDDEN);
    expect((await update('vic', { commentId, isOfficial: true })).errors).toBeUndefined();
    await refuses('vic', { commentId, body: 'We did', isOfficial: true }, FORBIDDEN);
  });

  test('a clock that is set back makes no edit older than the text', async () => {
    const commentId = await fixture.say('ben', 'Now');
    const { lastEditedAt: none, createdAt } = await fixture.see(commentId, 'createdAt lastEditedAt');
    expect(none).toBeNull();
    forum.wait(-60 * MINUTE_MS);
    const back = await update('ben', { commentId, body: 'Earlier' });
    expect(back.data.updateComment.comment.lastEditedAt).toBe(createdAt);
    forum.wait(60 * MINUTE_MS);
    expect(await fixture.findings()).toEqual([]);
  });

  test('a deleted comment is refused while its place can be seen, and not found when it is gone', async () => {
    const [veiled, gone] = [await fixture.say('ben', 'Veiled'), await fixture.say('ben', 'Gone')];
    await fixture.say('cleo', 'Below', veiled);
    for (const commentId of [veiled, gone]) await fixture.do('ben', 'deleteComment', { commentId });
    await refuses('ben', { commentId: veiled, body: 'Back' }, FORBIDDEN);
    const notFound = { code: 'NOT_FOUND', field: 'input.commentId' };
    for (const id of [gone, 'C_00000000000000000000000000', fixture.discussionId, 'x'])
      await refuses('mod', { commentId: id, body: 'Back' }, notFound);
  });

  test('does an edit once under one idempotency key', async () => {
    const commentId = await fixture.say('ben', 'Once');
    const input = { commentId, body: 'Edited once', idempotencyKey: 'edit' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => update('ben', input)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await fixture.row(commentId)).revision).toBe(2);
  });
});
