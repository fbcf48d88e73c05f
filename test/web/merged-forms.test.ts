// Forms about the discussion of their address, while another moderator merges that into another one: the address leads
// there, and no form may be about that.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { issueKeyForNewAuthor } from '../../src/identity/index.ts';
import type { App } from '../../src/server/app.ts';
import { newId } from '../../src/store/ids.ts';
import { type Apps, openApps, send } from '../support/app.ts';
import { CAPTURED_AT } from '../support/forum.ts';
import { act, ask, type Made, say } from './moderators.ts';

let apps: Apps;
let app: App;
let judge: string;
beforeAll(async () => {
  apps = await openApps();
  app = await apps.open({ FRONT_END: 'on', RATE_LIMITS: 'off' });
  const author = { name: 'Judge', role: 'ADMIN', at: CAPTURED_AT } as const;
  judge = (await apps.db.transaction((tx) => issueKeyForNewAuthor(tx, newId, author))).token;
});
afterAll(() => apps.close());

async function open(path: string, form: Record<string, string> | null = null) {
  const response = await fetch(app.url + path, {
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    headers: { cookie: `parley_session=${judge}`, origin: app.url, accept: 'text/html' },
    redirect: 'manual',
  });
  return {
    status: response.status,
    location: response.headers.get('location'),
    html: await response.text(),
  };
}

/** A discussion, the one that it was merged into, and a comment that it had. */
async function merged(name: string): Promise<{ source: Made; destination: Made; commentId: string }> {
  const source = await ask({ app }, judge, `Merged: ${name}`);
  const destination = await ask({ app }, judge, `Stays: ${name}`);
  const commentId = await say({ app }, judge, source.id, 'A comment.');
  await act({ app }, judge, 'mergeDiscussions', { sourceId: source.id, destinationId: destination.id });
  return { source, destination, commentId };
}

const stateOf = async ({ slug }: Made) => {
  const query = `query ($slug: String!) { discussion(slug: $slug) {
    title body revision isLocked isClosed commentCount pin { label } } }`;
  return (await send(app, query, { variables: { slug } })).body.data.discussion;
};

test.each([
  'edit',
  'moderate?action=delete',
  'moderate?action=lock',
  'moderate?action=close',
  'moderate?action=pin',
  'move',
  'merge',
  'split',
])(
  'the address of a merged discussion with /%s leads to the other one, and to no form about it',
  async (form) => {
    const { source, destination } = await merged(form);
    expect((await open(`${destination.path}/${form}`)).status).toBe(200);
    expect(await open(`${source.path}/${form}`)).toMatchObject({ status: 303, location: destination.path });
  },
);

test('a form that was opened before the merge changes nothing, and is not shown again for the other discussion', async () => {
  const { source, destination, commentId } = await merged('forms that were open');
  const before = await stateOf(destination);
  const discussion = source.id;
  const text = { title: 'Overwritten?', body: 'Overwritten?', revision: '1', 'tagSlugs.shown': '' };
  const forms: readonly (readonly [string, Record<string, string>])[] = [
    ['edit', { discussion, ...text, intent: 'post' }],
    ['edit', { discussion, ...text, intent: 'preview' }],
    ['moderate', { discussion, action: 'delete', reason: '' }],
    ['moderate', { discussion, action: 'delete', reason: 'x'.repeat(600) }],
    ['moderate', { discussion, action: 'lock', reason: '' }],
    ['moderate', { discussion, action: 'close', reason: '' }],
    ['moderate', { discussion, action: 'pin', label: '' }],
    ['move', { discussion, categoryId: 'C_none', 'categoryId.shown': '' }],
    ['split', { comments: `${CAPTURED_AT.toISOString()} 0 ${commentId}`, title: '' }],
    ['split', { comments: `${CAPTURED_AT.toISOString()} 0 ${commentId}`, intent: 'first' }],
  ];
  for (const [form, fields] of forms) {
    const { status, html } = await open(`${source.path}/${form}`, fields);
    expect([form, fields, status]).toEqual([form, fields, 409]);
    expect(html).toContain('This discussion was merged into another one');
    expect(html).not.toMatch(/Stays: |name="discussion"|name="comments"/);
  }
  expect(await stateOf(destination)).toEqual(before);
});
