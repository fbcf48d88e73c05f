import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';
import { refusalOf } from '../../support/refusal.ts';
import { newcomer } from '../identity/account-rows.ts';

const PRIVATE =
  'account { email } sessions { totalCount } apiKeys { totalCount } bookmarks { totalCount } drafts { totalCount }';
const BY_ID = `query ($id: ID!) { node(id: $id) { id ... on Viewer { author { id } ${PRIVATE} } } }`;

describe.each(engines)('viewer on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
  });
  afterAll(() => forum.close());

  test('has what is private to the person, and the author that everyone sees', async () => {
    const owner = await newcomer(forum);
    const { data, errors } = await forum.askWith(owner.token, `{ viewer { id author { id } ${PRIVATE} } }`);
    expect(errors).toBeUndefined();
    expect(data.viewer).toEqual({
      id: expect.stringMatching(/^W_/),
      author: { id: owner.authorId },
      account: { email: owner.email },
      ...{ sessions: { totalCount: 1 }, apiKeys: { totalCount: 0 }, bookmarks: { totalCount: 0 } },
      drafts: { totalCount: 0 },
    });
    const again = await forum.askWith(owner.token, BY_ID, { id: data.viewer.id });
    expect(again.data.node).toEqual(data.viewer);
  });

  test('is found by its id by nobody else, and is null for guests', async () => {
    const owner = await newcomer(forum);
    const { data } = await forum.askWith(owner.token, '{ viewer { id } }');
    const variables = { id: data.viewer.id };
    const unknown = { code: 'NOT_FOUND', field: 'id' };
    expect(refusalOf(await forum.ask(BY_ID, variables))).toEqual(unknown);
    const root = await forum.as('root').token();
    expect(refusalOf(await forum.askWith(root, BY_ID, variables))).toEqual(unknown);
    expect(await forum.ask(`{ viewer { id ${PRIVATE} } }`)).toEqual({ data: { viewer: null } });
  });

  test('shows an API key the author and the bookmarks, and neither the account nor the sessions', async () => {
    const key = await forum.as('ada').token();
    const { data, errors } = await forum.askWith(
      key,
      '{ viewer { author { name } bookmarks { totalCount } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.viewer).toEqual({ author: { name: 'ada' }, bookmarks: { totalCount: 0 } });
    const all = await forum.askWith(
      key,
      '{ viewer { author { name } account { email } sessions { totalCount } apiKeys { totalCount } } }',
    );
    expect(all.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['viewer', 'account'], 'FORBIDDEN'],
      [['viewer', 'sessions'], 'FORBIDDEN'],
    ]);
    expect(all.data.viewer).toEqual({
      ...{ author: { name: 'ada' }, account: null, sessions: null, apiKeys: { totalCount: 1 } },
    });
  });
});
