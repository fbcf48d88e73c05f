import { expect, test } from 'vitest';
import { type Apps, openApps, send } from '../support/app.ts';

const ASK = 'mutation { createDiscussion(input: { title: "One?", body: "B" }) { discussion { id slug } } }';
const COMMENT = 'mutation ($input: AddCommentInput!) { addComment(input: $input) { comment { id } } }';
const BROWSER = { accept: 'text/html', 'user-agent': 'Mozilla/5.0 Firefox/140.0', 'accept-language': 'en' };

/** A discussion with a comment, on a server with the front end. */
async function start(apps: Apps, settings: Record<string, string>) {
  const open = () => apps.open({ FRONT_END: 'on', TRUST_PROXY: 'on', ...settings });
  const app = await open();
  const key = await apps.key('Ada');
  const { id, slug } = (await send(app, ASK, { key })).body.data.createDiscussion.discussion;
  const variables = { input: { discussionId: id, body: 'C' } };
  const comment = (await send(app, COMMENT, { key, variables })).body.data.addComment.comment.id;
  const read = async (path: string, from: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${app.url}/discussions/${slug}${path}`, {
      headers: { ...BROWSER, 'x-forwarded-for': from, ...headers },
    });
    expect(response.status).toBe(200);
    return response.text();
  };
  /** What a server shows that is started after this one has stopped. */
  const shown = async () => {
    await app.close();
    const later = await open();
    const page = await (
      await fetch(`${later.url}/discussions/${slug}`, { headers: { ...BROWSER, 'user-agent': '' } })
    ).text();
    return /<dt>Views<\/dt><dd>([^<]*)<\/dd>/.exec(page)?.[1] ?? null;
  };
  return { read, shown, comment };
}

test('a page view of a person counts once for each reader, and the page shows the number', async () => {
  const apps = await openApps();
  const { read, shown, comment } = await start(apps, { VIEW_COUNTS: 'on' });
  expect(await read('', '203.0.113.1')).toContain('<dt>Views</dt><dd>0</dd>');
  await read('', '203.0.113.1');
  await read('', '203.0.113.2');
  await read('', '203.0.113.3', { 'sec-purpose': 'prefetch' });
  await read('', '203.0.113.4', { 'user-agent': 'ExampleBot/1.0' });
  await read('/history', '203.0.113.5');
  await read(`/comments/${comment}`, '203.0.113.6');
  expect(await shown()).toBe('3');
  await apps.close();
});

test('no number is shown if views are not counted', async () => {
  const apps = await openApps();
  const { read, shown } = await start(apps, {});
  expect(await read('', '203.0.113.1')).not.toContain('Views');
  expect(await shown()).toBeNull();
  await apps.close();
});

test('a page whose view cannot be recorded is shown all the same', async () => {
  const apps = await openApps();
  const { read } = await start(apps, { VIEW_COUNTS: 'on' });
  // beyond the rate limit of the mutation
  for (let n = 0; n < 62; n++) await read('', '203.0.113.1');
  await apps.close();
});
