import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { type Fixture, openFixture } from './fixture.ts';

const BODY = { code: 'BAD_USER_INPUT', field: 'input.body' };
/** Refused before any resolver: the frame names the variable. */
const UNSTORABLE = { code: 'BAD_USER_INPUT', field: 'input.body' };

const TEXTS: [string, string, object][] = [
  ['nothing', '', BODY],
  ['blanks', ' \n\t\u00a0\u3000 ', BODY],
  ['signs that show nothing', '\u200b\u200d\u2060\ufeff', BODY],
  ['one character too many', 'x'.repeat(60_001), BODY],
  ['U+0000', 'a\0b', UNSTORABLE],
  ['half of a surrogate pair', 'a\ud800b', UNSTORABLE],
  ['the other half', 'a\udc00b', UNSTORABLE],
  ['an override of direction', 'a\u202eb', BODY],
  ['the other override', 'a\u202db', BODY],
];

describe.each(engines)('texts of comments on %s', (engine) => {
  let forum: Forum;
  let fixture: Fixture;
  let commentId: string;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty', { replyDepthMax: 2 });
    fixture = await openFixture(forum);
    commentId = await fixture.say('ben', 'A text');
  });
  afterAll(() => forum.close());

  const add = (more: Record<string, unknown>) =>
    fixture.do('ben', 'addComment', { discussionId: fixture.discussionId, ...more }, 'comment { id body }');
  async function refuses(act: () => ReturnType<Fixture['do']>, expected: object) {
    const before = await fixture.rows();
    expect(refusalOf(await act())).toEqual(expected);
    expect(await fixture.rows()).toEqual(before);
  }

  test.each(TEXTS)('%s is refused by addComment and updateComment, and nothing is written', async (...of) => {
    const [, body, expected] = of;
    await refuses(() => add({ body }), expected);
    await refuses(() => fixture.do('ben', 'updateComment', { commentId, body }), expected);
  });

  test('are kept as they were sent, in Unicode’s composed form, up to the last character', async () => {
    const longest = '\u{1f600}'.repeat(60_000);
    expect((await add({ body: longest })).data.addComment.comment.body).toBe(longest);
    expect((await add({ body: ' cafe\u0301\r\n' })).data.addComment.comment.body).toBe(' caf\u00e9\r\n');
  });

  test('a reply to another discussion’s comment, too deep, or in a locked discussion is refused', async () => {
    const other = await (await openFixture(forum)).say('ben', 'Elsewhere');
    const replyTo = { field: 'input.replyToId' };
    await refuses(() => add({ body: 'x', replyToId: other }), { code: 'BAD_USER_INPUT', ...replyTo });
    const unknown = 'C_00000000000000000000000000';
    await refuses(() => add({ body: 'x', replyToId: unknown }), { code: 'NOT_FOUND', ...replyTo });
    const deepest = await fixture.say('ben', '2', await fixture.say('ben', '1', commentId));
    await refuses(() => add({ body: 'x', replyToId: deepest }), { code: 'FORBIDDEN', ...replyTo });
    await refuses(() => add({ body: 'x', isOfficial: true }), {
      code: 'FORBIDDEN',
      field: 'input.isOfficial',
    });
    await fixture.lock(true);
    await refuses(() => add({ body: 'x' }), { code: 'LOCKED', field: 'input.discussionId' });
    const { discussionId } = fixture;
    const guest = () => fixture.do(null, 'addComment', { discussionId, body: 'x' });
    await refuses(guest, { code: 'UNAUTHENTICATED' });
    const ordered = await fixture.do('mod', 'addComment', { discussionId, body: 'In order' });
    expect(ordered.errors).toBeUndefined();
    await fixture.lock(false);
  });

  test('a clock that is set back leaves every counter right', async () => {
    forum.wait(-3_600_000);
    const early = await fixture.say('cleo', 'Before it was asked');
    await fixture.do('cleo', 'deleteComment', { commentId: early });
    await fixture.do('cleo', 'restoreComment', { commentId: early });
    await fixture.do('ada', 'markCommentAsAnswer', { commentId: early });
    forum.wait(3_600_000);
    expect(await fixture.findings()).toEqual([]);
  });
});
