import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Apps, openApps, send } from '../support/app.ts';
import { engines } from '../support/database.ts';

describe.each(engines)('VIEW_COUNTS=on on %s', (engine) => {
  let apps: Apps;
  beforeAll(async () => {
    apps = await openApps(engine);
  });
  afterAll(() => apps.close());

  test('the views of two servers on one database are written when they stop, and add up', async () => {
    const [one, other] = [await apps.open({ VIEW_COUNTS: 'on' }), await apps.open({ VIEW_COUNTS: 'on' })];
    const key = await apps.key('Ada');
    const asked = 'mutation { createDiscussion(input: { title: "One?", body: "B" }) { discussion { id } } }';
    const { id } = (await send(one, asked, { key })).body.data.createDiscussion.discussion;
    const view = `mutation { recordDiscussionView(input: { discussionId: "${id}" }) { discussion { viewCount } } }`;
    for (const app of [one, other])
      for (const headers of [{}, { authorization: `Bearer ${key}` }])
        expect((await send(app, view, { headers })).body.data.recordDiscussionView).toEqual({
          discussion: { viewCount: 0 },
        });
    await Promise.all([one.close(), other.close()]);
    const third = await apps.open({ VIEW_COUNTS: 'on' });
    const { body } = await send(third, `{ node(id: "${id}") { ... on Discussion { viewCount } } }`);
    expect(body.data.node.viewCount).toBe(4);
    // without the setting, the number stays in the database
    const without = await apps.open();
    expect(
      (await send(without, `{ node(id: "${id}") { ... on Discussion { viewCount } } }`)).body.data.node
        .viewCount,
    ).toBeNull();
  });

  test('the mutation has a rate limit', async () => {
    const app = await apps.open({ VIEW_COUNTS: 'on' });
    const key = await apps.key('Ben');
    const asked = 'mutation { createDiscussion(input: { title: "Two?", body: "B" }) { discussion { id } } }';
    const { id } = (await send(app, asked, { key })).body.data.createDiscussion.discussion;
    const view = `recordDiscussionView(input: { discussionId: "${id}" }) { clientMutationId }`;
    const fields = Array.from({ length: 20 }, (_, n) => `view${n}: ${view}`).join(' ');
    for (let n = 0; n < 3; n++)
      expect((await send(app, `mutation { ${fields} }`, { key })).body.errors).toBeUndefined();
    const { body } = await send(app, `mutation { ${view} }`, { key });
    expect(body.errors[0].extensions.code).toBe('RATE_LIMITED');
  });
});
