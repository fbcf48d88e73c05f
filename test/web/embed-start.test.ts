// The first comment of a page of another site starts its discussion, and one that is refused starts none.
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { issueKeyForNewAuthor } from '../../src/identity/index.ts';
import type { App } from '../../src/server/app.ts';
import { newId } from '../../src/store/ids.ts';
import { type Apps, openApps, send } from '../support/app.ts';
import { CAPTURED_AT } from '../support/forum.ts';

const TITLE = 'An article';

let apps: Apps;
let app: App;
let hostKey: string;
beforeAll(async () => {
  apps = await openApps();
  const host = { name: 'Host', role: 'MEMBER', at: CAPTURED_AT } as const;
  hostKey = (await apps.db.transaction((tx) => issueKeyForNewAuthor(tx, newId, host))).token;
  app = await apps.open({
    FRONT_END: 'on',
    EMBED_ORIGINS: 'https://www.example.com',
    EMBED_API_KEY: hostKey,
  });
});
afterAll(() => apps.close());

const found = async (externalId: string) => {
  const query = `{ discussion(externalId: "${externalId}") { author { name } commentCount } }`;
  return (await send(app, query)).body.data?.discussion ?? null;
};

/** Sends the form of a page's first comment. */
async function comment(token: string, externalId: string, { body = 'First.', isSigned = false } = {}) {
  const query = new URLSearchParams({ id: externalId, title: TITLE });
  if (isSigned)
    query.set('signature', createHmac('sha256', hostKey).update(`${externalId}\n${TITLE}`).digest('hex'));
  const answer = await fetch(`${app.url}/embed/comments/${Buffer.from(externalId).toString('base64url')}`, {
    method: 'POST',
    headers: { cookie: `parley_embed=${token}`, origin: app.url, accept: 'text/html' },
    body: new URLSearchParams({ key: 'k', return: `/embed?${query}`, body, intent: 'post' }),
    redirect: 'manual',
  });
  return { status: answer.status, html: await answer.text() };
}

/** A member who has written as many comments as the API accepts in a minute. */
async function tiredMember(): Promise<string> {
  const key = await apps.key('Tired');
  const start = `mutation { createDiscussion(input: { title: "Here", body: "It is." }) { discussion { id } } }`;
  const { discussion } = (await send(app, start, { key })).body.data.createDiscussion;
  const query = 'mutation ($input: AddCommentInput!) { addComment(input: $input) { comment { id } } }';
  const variables = { input: { discussionId: discussion.id, body: 'More.' } };
  for (;;) {
    const { body } = await send(app, query, { key, variables });
    if (body.errors?.[0].extensions.code === 'RATE_LIMITED') return key;
    expect(body.errors).toBeUndefined();
  }
}

test.each([
  ['too long a text', 'x'.repeat(60_001)],
  ['blanks', '   '],
])('a comment of %s starts nothing, and is given back', async (_what, body) => {
  const { status, html } = await comment(await apps.key('Lena'), 'long', { body });
  expect(status).toBe(422);
  expect(html).toContain('id="write-body-problem"');
  expect(html).toContain(`>${body}</textarea>`);
  expect(await found('long')).toBeNull();
});

test.each([
  ['the reader', false],
  ['the host', true],
])(
  'a comment that a rate limit refuses leaves no discussion of %s, and the next one starts it',
  async (by, isSigned) => {
    const id = `limited-${isSigned}`;
    const { status, html } = await comment(await tiredMember(), id, { body: 'My words.', isSigned });
    expect(status).toBe(422);
    expect(html).toContain('>My words.</textarea>');
    expect(await found(id)).toBeNull();
    expect((await comment(await apps.key('Nora'), id, { isSigned })).status).toBe(303);
    const name = by === 'the host' ? 'Host' : 'Nora';
    expect(await found(id)).toEqual({ author: { name }, commentCount: 1 });
  },
);

test('the person who comments first is not marked as the one who asked', async () => {
  await comment(await apps.key('First'), 'nobody-asked');
  const page = await fetch(`${app.url}/embed?id=nobody-asked`, { headers: { accept: 'text/html' } });
  const html = await page.text();
  expect([html.includes('First.'), html.includes('Asked this')]).toEqual([true, false]);
});
