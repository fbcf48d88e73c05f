import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statement } from '../../../src/store/index.ts';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf } from '../../support/rows.ts';
import { keepOnly, plantGarden } from './discussion-cast.ts';

const MADE = 'discussion { id externalId title }';
const RESERVED = { code: 'FORBIDDEN', field: 'input.externalId' };
const TAKEN = { code: 'CONFLICT', field: 'input.externalId' };
const events = statement<{ action: string; detail: string; discussionId: string }>(
  'test.released',
  `SELECT action, detail, discussion_id AS "discussionId" FROM moderation_event WHERE action = 'RELEASE_EXTERNAL_ID'
    ORDER BY id`,
);

describe.each(engines)('an externalId on %s', (engine) => {
  let forum: Forum;
  let tokens: Record<string, string>;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    const { fruit } = await plantGarden(forum);
    await keepOnly(forum, forum.as('moira'), fruit);
    const [mod, root] = [forum.as('mod'), forum.as('root')];
    tokens = {
      ...{ ada: await forum.as('ada').token(), ben: await forum.as('ben').token() },
      ...{ vic: await forum.as('vic').token(), moira: await forum.as('moira').token() },
      ...{ mod: await mod.token(), 'mod’s WRITE key': await mod.keyWith(['WRITE']) },
      ...{ 'mod’s MODERATE key': await mod.keyWith(['MODERATE']), root: await root.token() },
      ...{ 'root’s WRITE key': await root.keyWith(['WRITE']) },
    };
  });
  afterAll(() => forum.close());

  const send = (mutation: 'createDiscussion' | 'findOrCreateDiscussion', by: string, externalId: string) =>
    forum.do(mutation, { externalId, title: `By ${by}`, body: 'B' }, MADE, tokens[by]);
  const idOf = (answer: Awaited<ReturnType<typeof send>>) => {
    expect(answer.errors).toBeUndefined();
    const [payload] = Object.values(answer.data) as { discussion: { id: string } }[];
    return payload?.discussion.id ?? '';
  };
  const remove = async (by: string, discussionId: string) =>
    expect(
      (await forum.do('deleteDiscussion', { discussionId }, 'deletedDiscussionId', tokens[by])).errors,
    ).toBeUndefined();

  test.each(['ada', 'vic', 'moira', 'mod’s WRITE key', 'root’s WRITE key'])(
    'with a reserved prefix is refused to %s, in drafts too, and nothing is written',
    async (by) => {
      const before = await rowsOf(forum.db);
      for (const mutation of ['createDiscussion', 'findOrCreateDiscussion'] as const)
        expect(refusalOf(await send(mutation, by, 'host:42'))).toEqual(RESERVED);
      const { data } = await forum.askWith(
        tokens[by] ?? '',
        `{ previewDiscussion(input: { title: "T", body: "B", externalId: "host:42" }) { problems { code field } } }`,
      );
      expect(data.previewDiscussion.problems).toEqual([RESERVED]);
      expect(await rowsOf(forum.db)).toEqual(before);
    },
  );

  test.each(['mod', 'mod’s MODERATE key', 'root'])('with a reserved prefix is for %s', async (by) => {
    const externalId = `host:by ${by}`;
    const id = idOf(await send('findOrCreateDiscussion', by, externalId));
    // anyone who visits the host's page finds it
    expect(idOf(await send('findOrCreateDiscussion', 'ada', externalId))).toBe(id);
  });

  test('that only looks like a reserved one is anybody’s', async () => {
    for (const externalId of ['hosting:1', 'Host:1', ' host:1', 'a host:1'])
      expect((await send('createDiscussion', 'ada', externalId)).errors).toBeUndefined();
  });

  test('of a discussion that a moderator deleted stays taken for members and begins anew for moderators of all', async () => {
    const id = idOf(await send('findOrCreateDiscussion', 'ada', 'page/1'));
    await remove('mod', id);
    const before = await rowsOf(forum.db);
    for (const by of ['ada', 'ben', 'moira', 'mod’s WRITE key'])
      for (const mutation of ['createDiscussion', 'findOrCreateDiscussion'] as const)
        expect({ by, ...refusalOf(await send(mutation, by, 'page/1')) }).toEqual({ by, ...TAKEN });
    expect(await rowsOf(forum.db)).toEqual(before);
    const next = idOf(await send('findOrCreateDiscussion', 'mod’s MODERATE key', 'page/1'));
    expect(next).not.toBe(id);
    expect(idOf(await send('findOrCreateDiscussion', 'ben', 'page/1'))).toBe(next);
    expect(await forum.db.read.all(events, [])).toEqual([
      { action: 'RELEASE_EXTERNAL_ID', detail: 'page/1', discussionId: id.slice(2) },
    ]);
    // the old one comes back without it
    const restored = await forum.do('restoreDiscussion', { discussionId: id }, MADE, tokens['mod']);
    expect(restored.data.restoreDiscussion.discussion).toEqual({ id, externalId: null, title: 'By ada' });
  });

  test('of a discussion that its author deleted goes to the next who starts one', async () => {
    for (const mutation of ['createDiscussion', 'findOrCreateDiscussion'] as const) {
      const externalId = `own/${mutation}`;
      const id = idOf(await send(mutation, 'ada', externalId));
      await remove('ada', id);
      const next = idOf(await send(mutation, 'ben', externalId));
      expect(next).not.toBe(id);
      const { data } = await forum.ask(`{ discussion(externalId: "${externalId}") { id } }`);
      expect(data.discussion.id).toBe(next);
    }
  });

  test('that is deleted, and reserved, is begun anew by whom the host trusts, and by nobody else', async () => {
    const id = idOf(await send('findOrCreateDiscussion', 'mod', 'host:gone'));
    await remove('mod', id);
    const before = await rowsOf(forum.db);
    expect(refusalOf(await send('findOrCreateDiscussion', 'ada', 'host:gone'))).toEqual(TAKEN);
    expect(refusalOf(await send('createDiscussion', 'ada', 'host:gone'))).toEqual(RESERVED);
    expect(await rowsOf(forum.db)).toEqual(before);
    expect(idOf(await send('findOrCreateDiscussion', 'mod', 'host:gone'))).not.toBe(id);
  });

  test('taken over by twenty at once belongs to one new discussion', async () => {
    const id = idOf(await send('findOrCreateDiscussion', 'ada', 'page/20'));
    await remove('ada', id);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => send('findOrCreateDiscussion', n % 2 ? 'ada' : 'ben', 'page/20')),
    );
    expect(new Set(answers.map(idOf)).size).toBe(1);
  });

  test('of a deleted discussion is nothing that a preview tells guests of, nor is its slug', async () => {
    const title = 'Gone without a trace';
    const made = await forum.do(
      'createDiscussion',
      { title, body: 'B', externalId: 'page/gone' },
      MADE,
      tokens['ada'],
    );
    await remove('mod', made.data.createDiscussion.discussion.id);
    const preview = async (input: object, by?: string) => {
      const query = `query ($input: PreviewDiscussionInput!) {
        previewDiscussion(input: $input) { slug problems { code field } }
      }`;
      const token = by && tokens[by];
      const variables = { input: { body: 'B', ...input } };
      return (token ? await forum.askWith(token, query, variables) : await forum.ask(query, variables)).data
        .previewDiscussion;
    };
    const signIn = { code: 'UNAUTHENTICATED', field: null };
    expect(await preview({ title, externalId: 'page/gone' })).toEqual({
      slug: 'gone-without-a-trace',
      problems: [signIn],
    });
    expect(await preview({ title: 'By ada', externalId: 'own/createDiscussion' })).toMatchObject({
      problems: [signIn, TAKEN],
    });
    // who can create one learns what it would get
    expect(await preview({ title, externalId: 'page/gone' }, 'ada')).toEqual({
      slug: 'gone-without-a-trace-2',
      problems: [TAKEN],
    });
    expect(await preview({ title, externalId: 'page/gone' }, 'mod')).toMatchObject({ problems: [] });
  });
});

test.each([
  ['none', 'host:1', true],
  ['all', 'page/1', false],
  ['shop:,https://shop.example/', 'https://shop.example/1', false],
  ['shop:,https://shop.example/', 'host:1', true],
])('with EXTERNAL_ID_RESERVED=%s, a member may use %s: %s', async (setting, externalId, allowed) => {
  const { readSettings } = await import('../../../src/server/settings/settings.ts');
  const { policy } = readSettings({ EXTERNAL_ID_RESERVED: setting });
  const forum = await openForum('sqlite', 'empty', policy);
  const { errors } = await forum
    .as('ada')
    .do('createDiscussion', { title: 'T', body: 'B', externalId }, MADE);
  expect(errors === undefined).toBe(allowed);
  await forum.close();
});
