import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { CAPTURED_AT, type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';
import { ask, keepOnly, plantGarden } from './discussion-cast.ts';

const LOCK = 'discussion { isLocked lockReason lockedAt lockedBy { name } }';
const CLOSE = 'discussion { isClosed closeReason closedAt closedBy { name } }';
const NOW = CAPTURED_AT.toISOString();
const FORBIDDEN = { code: 'FORBIDDEN', field: 'input.discussionId' };

describe.each(engines)('moderating discussions on %s', (engine) => {
  let forum: Forum;
  let garden: Awaited<ReturnType<typeof plantGarden>>;
  let discussionId: string;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    garden = await plantGarden(forum);
    await keepOnly(forum, forum.as('fay'), garden.fruit);
    await keepOnly(forum, forum.as('rue'), garden.roots);
    for (const name of ['ada', 'ben', 'vic', 'mod', 'root']) await forum.as(name).token();
  });
  afterAll(() => forum.close());
  beforeEach(async () => {
    discussionId = await ask(forum.as('ada'), { categoryId: garden.fruit });
  });

  const send = (
    by: string,
    mutation: string,
    input: Record<string, unknown> = {},
    selection = 'discussion { id }',
  ) => forum.as(by).do(mutation, { discussionId, ...input }, selection);

  test('lockDiscussion sets reason, person and time; another reason changes only the reason; a repeat nothing', async () => {
    const locked = await send('fay', 'lockDiscussion', { reason: 'TOO_HEATED' }, LOCK);
    const state = { isLocked: true, lockReason: 'TOO_HEATED', lockedAt: NOW, lockedBy: { name: 'fay' } };
    expect(locked.data.lockDiscussion.discussion).toEqual(state);
    const rows = await rowsOf(forum.db);
    forum.wait(1000);
    expect((await send('mod', 'lockDiscussion', { reason: 'TOO_HEATED' }, LOCK)).data).toEqual(locked.data);
    expect(await rowsOf(forum.db)).toEqual(rows);
    const other = await send('mod', 'lockDiscussion', { reason: 'SPAM' }, LOCK);
    expect(other.data.lockDiscussion.discussion).toEqual({ ...state, lockReason: 'SPAM' });
    const open = { isLocked: false, lockReason: null, lockedAt: null, lockedBy: null };
    for (const _ of ['first', 'repeat']) {
      const unlocked = await send('fay', 'unlockDiscussion', {}, LOCK);
      expect(unlocked.data.unlockDiscussion.discussion).toEqual(open);
    }
    forum.wait(-1000);
  });

  test('closeDiscussion by its author sets reason, person and time; a repeat changes nothing; reopening clears them', async () => {
    const closed = await send('ada', 'closeDiscussion', { reason: 'RESOLVED' }, CLOSE);
    const state = { isClosed: true, closeReason: 'RESOLVED', closedAt: NOW, closedBy: { name: 'ada' } };
    expect(closed.data.closeDiscussion.discussion).toEqual(state);
    const rows = await rowsOf(forum.db);
    forum.wait(1000);
    await send('ada', 'closeDiscussion', { reason: 'RESOLVED' });
    expect(await rowsOf(forum.db)).toEqual(rows);
    const other = await send('ada', 'closeDiscussion', { reason: 'OUTDATED' }, CLOSE);
    expect(other.data.closeDiscussion.discussion).toEqual({ ...state, closeReason: 'OUTDATED' });
    for (const _ of ['first', 'repeat']) {
      const { data } = await send('ada', 'reopenDiscussion', {}, CLOSE);
      const open = { isClosed: false, closeReason: null, closedAt: null, closedBy: null };
      expect(data.reopenDiscussion.discussion).toEqual(open);
    }
    forum.wait(-1000);
  });

  test('its author can neither close nor reopen what a moderator has locked, nor reopen what one has closed', async () => {
    await send('fay', 'closeDiscussion');
    const rows = await rowsOf(forum.db);
    for (const mutation of ['closeDiscussion', 'reopenDiscussion'])
      expect(refusalOf(await send('ada', mutation))).toEqual(FORBIDDEN);
    expect(await rowsOf(forum.db)).toEqual(rows);
    await send('fay', 'reopenDiscussion');
    await send('fay', 'lockDiscussion');
    for (const mutation of ['closeDiscussion', 'reopenDiscussion'])
      expect(refusalOf(await send('ada', mutation))).toEqual({ code: 'LOCKED', field: 'input.discussionId' });
    expect((await send('fay', 'closeDiscussion')).errors).toBeUndefined();
  });

  test('a moderator who closes what its author has closed takes that over, and the next one only changes the reason', async () => {
    await send('ada', 'closeDiscussion', { reason: 'RESOLVED' });
    forum.wait(1000);
    const state = { isClosed: true, closedAt: forum.now().toISOString(), closedBy: { name: 'fay' } };
    const closed = await send('fay', 'closeDiscussion', { reason: 'RESOLVED' }, CLOSE);
    expect(closed.data.closeDiscussion.discussion).toEqual({ ...state, closeReason: 'RESOLVED' });
    expect(refusalOf(await send('ada', 'reopenDiscussion'))).toEqual(FORBIDDEN);
    const other = await send('mod', 'closeDiscussion', { reason: 'OUTDATED' }, CLOSE);
    expect(other.data.closeDiscussion.discussion).toEqual({ ...state, closeReason: 'OUTDATED' });
    forum.wait(-1000);
  });

  const PIN = 'discussion { pin { label position createdAt expiresAt pinnedBy { name } } }';

  test('pinDiscussion sets label, place and end; changes them in the pin that holds; begins anew after its end', async () => {
    const expiresAt = new Date(CAPTURED_AT.getTime() + 60_000).toISOString();
    const pinned = await send('fay', 'pinDiscussion', { label: 'Look', position: 3, expiresAt }, PIN);
    const pin = { label: 'Look', position: 3, createdAt: NOW, expiresAt, pinnedBy: { name: 'fay' } };
    expect(pinned.data.pinDiscussion.discussion.pin).toEqual(pin);
    const rows = await rowsOf(forum.db);
    forum.wait(1000);
    await send('mod', 'pinDiscussion', { label: 'Look', position: 3, expiresAt });
    expect(await rowsOf(forum.db)).toEqual(rows);
    const moved = await send('mod', 'pinDiscussion', { position: 1, expiresAt }, PIN);
    expect(moved.data.pinDiscussion.discussion.pin).toEqual({ ...pin, label: null, position: 1 });
    forum.wait(59_000);
    const { data } = await forum.ask(
      `query ($id: ID!) { node(id: $id) { ... on Discussion { pin { label } } } }`,
      {
        id: discussionId,
      },
    );
    expect(data.node.pin).toBeNull();
    const anew = await send('mod', 'pinDiscussion', {}, PIN);
    expect(anew.data.pinDiscussion.discussion.pin).toEqual({
      label: null,
      position: 0,
      createdAt: expiresAt,
      expiresAt: null,
      pinnedBy: { name: 'mod' },
    });
    for (const _ of ['first', 'repeat']) {
      const unpinned = await send('fay', 'unpinDiscussion', {}, PIN);
      expect(unpinned.data.unpinDiscussion.discussion.pin).toBeNull();
    }
    forum.wait(-60_000);
  });

  test('a repeat under its key is answered even after the pin has ended, and pins nothing', async () => {
    const expiresAt = new Date(CAPTURED_AT.getTime() + 1000).toISOString();
    const input = { label: 'Look', expiresAt, idempotencyKey: `pin ${discussionId}` };
    await send('fay', 'pinDiscussion', input);
    forum.wait(1000);
    const rows = await rowsOf(forum.db);
    const again = await send('fay', 'pinDiscussion', input, PIN);
    expect(again).toEqual({ data: { pinDiscussion: { discussion: { pin: null } } } });
    expect(await rowsOf(forum.db)).toEqual(rows);
    forum.wait(-1000);
  });

  test('pins of one discussion made at once are one pin', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => send('fay', 'pinDiscussion', { position: n })),
    );
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    const rows = (await rowsOf(forum.db)).filter((row) => row.startsWith('pin '));
    expect(rows.filter((row) => row.includes(discussionId.slice(2)))).toHaveLength(1);
    await send('fay', 'unpinDiscussion');
  });

  test('pinnedDiscussions gives what is pinned now, in its order, of a category or a product', async () => {
    const third = discussionId;
    const first = await ask(forum.as('ada'), { categoryId: garden.roots });
    const second = await ask(forum.as('ben'), { productId: garden.orchard });
    const over = await ask(forum.as('ben'));
    const gone = await ask(forum.as('ben'));
    const expiresAt = new Date(CAPTURED_AT.getTime() + 1000).toISOString();
    await send('mod', 'pinDiscussion', { discussionId: third, position: 2 });
    await send('mod', 'pinDiscussion', { discussionId: first, position: -1 });
    await send('mod', 'pinDiscussion', { discussionId: second, position: 2 });
    await send('mod', 'pinDiscussion', { discussionId: over, expiresAt });
    await send('mod', 'pinDiscussion', { discussionId: gone });
    await forum.as('ben').do('deleteDiscussion', { discussionId: gone }, 'deletedDiscussionId');
    forum.wait(1000);
    const pinned = async (args = '') =>
      (await forum.ask(`{ pinnedDiscussions${args} { id } }`)).data.pinnedDiscussions.map(
        (d: { id: string }) => d.id,
      );
    expect(await pinned()).toEqual([first, third, second]);
    expect(await pinned('(first: 1)')).toEqual([first]);
    expect(await pinned('(categorySlug: "fruit")')).toEqual([third]);
    expect(await pinned('(productSlug: "orchard")')).toEqual([second]);
    expect(await pinned('(categorySlug: "none")')).toEqual([]);
    const many = await forum.ask('{ pinnedDiscussions(first: 101) { id } }');
    expect(refusalOf(many)).toEqual({ code: 'BAD_USER_INPUT', field: 'first' });
    forum.wait(-1000);
  });

  test('refuses pins that end in the past, and invalid labels', async () => {
    const rows = await rowsOf(forum.db);
    for (const [input, field] of [
      [{ expiresAt: NOW }, 'input.expiresAt'],
      [{ label: ' ' }, 'input.label'],
      [{ label: 'a\nb' }, 'input.label'],
      [{ label: 'x'.repeat(201) }, 'input.label'],
    ] as const)
      expect(refusalOf(await send('fay', 'pinDiscussion', input))).toEqual({ code: 'BAD_USER_INPUT', field });
    expect(await rowsOf(forum.db)).toEqual(rows);
  });

  const KEEPING = ['pinDiscussion', 'unpinDiscussion', 'lockDiscussion', 'unlockDiscussion'];

  test.each([...KEEPING, 'closeDiscussion', 'reopenDiscussion'])(
    '%s is refused to those who may not, and writes nothing',
    async (mutation) => {
      const rows = await rowsOf(forum.db);
      const guest = await forum.do(mutation, { discussionId }, 'clientMutationId');
      expect(refusalOf(guest)).toEqual({ code: 'UNAUTHENTICATED' });
      for (const by of ['ben', 'vic', 'rue', ...(KEEPING.includes(mutation) ? ['ada'] : [])])
        expect({ by, ...refusalOf(await send(by, mutation)) }).toEqual({ by, ...FORBIDDEN });
      const none = await send('mod', mutation, { discussionId: 'D_00000000000000000000000000' });
      expect(refusalOf(none)).toEqual({ code: 'NOT_FOUND', field: 'input.discussionId' });
      expect(await rowsOf(forum.db)).toEqual(rows);
      for (const by of ['fay', 'mod', 'root']) expect((await send(by, mutation)).errors).toBeUndefined();
    },
  );

  test('viewerCan answers for each of the cast what the mutations do', async () => {
    const asked =
      'query ($id: ID!) { node(id: $id) { ... on Discussion { viewerCan { update { code } delete { code } restore { code } pin { code } lock { code } close { code } } } } }';
    const codes = async (by: string | null) => {
      const { data } = await (by ? forum.as(by) : forum).ask(asked, { id: discussionId });
      return Object.values(data.node.viewerCan as Record<string, { code: string | null }>).map(
        ({ code }) => code,
      );
    };
    const all = (code: string | null) => Array(6).fill(code);
    expect(await codes(null)).toEqual(all('UNAUTHENTICATED'));
    for (const by of ['ben', 'vic', 'rue']) expect(await codes(by)).toEqual(all('FORBIDDEN'));
    for (const by of ['fay', 'mod', 'root']) expect(await codes(by)).toEqual(all(null));
    expect(await codes('ada')).toEqual([null, null, null, 'FORBIDDEN', 'FORBIDDEN', null]);
    await forum.as('ben').do('addComment', { discussionId, body: 'Hm.' }, 'comment { id }');
    expect(await codes('ada')).toEqual([null, 'FORBIDDEN', null, 'FORBIDDEN', 'FORBIDDEN', null]);
    await send('fay', 'lockDiscussion');
    expect(await codes('ada')).toEqual(['LOCKED', 'LOCKED', 'LOCKED', 'FORBIDDEN', 'FORBIDDEN', 'LOCKED']);
  });

  test('viewerCan.delete looks for comments of others for the author alone', async () => {
    await forum.as('ben').do('addComment', { discussionId, body: 'Hm.' }, 'comment { id }');
    const statements = async (by: string, permission: string) => {
      const asked = `query ($id: ID!) { node(id: $id) { ... on Discussion { viewerCan { ${permission} { code } } } } }`;
      return (await forum.count(asked, { id: discussionId }, await forum.as(by).token())).statements;
    };
    for (const [by, more] of [
      ['ada', 1],
      ['ben', 0],
      ['mod', 0],
    ] as const) {
      // the first use of a credential writes when it was used, and the next request looks it up again
      for (let n = 0; n < 3; n++) await statements(by, 'update');
      expect((await statements(by, 'delete')) - (await statements(by, 'update'))).toBe(more);
    }
  });
});
