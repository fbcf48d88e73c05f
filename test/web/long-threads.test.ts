// Comments that are deep, many, or elsewhere by now: what is linked is in view, and what is typed is not lost.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { issueKeyForNewAuthor } from '../../src/identity/index.ts';
import type { App } from '../../src/server/app.ts';
import { newId } from '../../src/store/ids.ts';
import { type Apps, openApps } from '../support/app.ts';
import { CAPTURED_AT } from '../support/forum.ts';
import { act, ask, say } from './moderators.ts';

const DEPTH_MAX = 10;
const ORIGIN = 'https://www.example.com';

let apps: Apps;
let app: App;
let key: string;
beforeAll(async () => {
  apps = await openApps();
  app = await apps.open({ FRONT_END: 'on', RATE_LIMITS: 'off', EMBED_ORIGINS: ORIGIN });
  const author = { name: 'Ada', role: 'ADMIN', at: CAPTURED_AT } as const;
  key = (await apps.db.transaction((tx) => issueKeyForNewAuthor(tx, newId, author))).token;
});
afterAll(() => apps.close());

/** Opens an address, or sends a form to it, and follows where it leads. */
async function open(path: string, form: Record<string, string> | null = null, reader = key) {
  const response = await fetch(new URL(path, app.url), {
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    headers: { cookie: `parley_session=${reader}`, origin: app.url, accept: 'text/html' },
  });
  const { pathname, search } = new URL(response.url);
  const html = await response.text();
  return { status: response.status, path: pathname + search, html, ids: idsIn(html) };
}

/** The ids of the comments that a page shows. */
const idsIn = (html: string) =>
  [...html.matchAll(/<article class="c[^>]* id="([^"]+)"/g)].map(([, id]) => id);

/** The form for a reply or an answer that a page shows: what is typed in it, and what it replies to. */
function formIn(html: string, id: 'reply' | 'write') {
  const form = new RegExp(`<form[^>]* id="${id}".*?</form>`, 's').exec(html)?.[0];
  if (form === undefined) return null;
  return {
    body: /<textarea[^>]*>([^<]*)/.exec(form)?.[1],
    replyTo: /name="replyTo" value="([^"]*)"/.exec(form)?.[1],
    hasProblem: form.includes('role="alert"'),
    preview: /<section class="preview"(?![^>]* hidden).*?<div[^>]*>(.*?)<\/div>/s.exec(form)?.[1],
  };
}

/** A discussion with one comment of each depth. */
async function chain(title: string, more: object = {}) {
  const about = await ask({ app }, key, title, more);
  const ids: string[] = [];
  for (let depth = 0; depth <= DEPTH_MAX; depth++)
    ids.push(await say({ app }, key, about.id, `At depth ${depth}.`, ids.at(-1)));
  return { ...about, ids };
}

test('a linked comment of any depth is shown, on a page of the forum and in a frame', async () => {
  const { slug, path, ids } = await chain('Ten levels', { externalId: 'deep' });
  expect(slug).toBe('ten-levels');
  for (const [depth, id] of ids.entries()) {
    const linked = await open(`${path}?comment=${id}`);
    expect([linked.status, linked.ids.includes(id)]).toEqual([200, true]);
    expect(linked.path.startsWith(`${path}/comments/`)).toBe(depth > 3);
    const frame = await open(`/embed?id=deep&host=${ORIGIN}&comment=${id}`);
    expect([frame.status, frame.ids.includes(id)]).toEqual([200, true]);
  }
});

test.each([
  ['a page of the forum', ''],
  ['a frame', `/embed?id=replies&host=${ORIGIN}&title=Replies`],
])(
  'a reply to a comment of any depth is previewed, refused and posted in view, on %s',
  async (_where, here) => {
    const { id, path, ids } = await chain('Replies', here === '' ? {} : { externalId: 'replies' });
    for (const replyTo of ids.slice(0, DEPTH_MAX)) {
      const form = { discussion: id, replyTo, return: here === '' ? path : `${here}&reply=${replyTo}` };
      const send = (body: string, intent: string) => open(`${path}/comments`, { ...form, body, intent });
      const preview = await send('So *it* is.', 'preview');
      expect(formIn(preview.html, 'reply')).toMatchObject({
        ...{
          body: 'So *it* is.',
          replyTo,
          hasProblem: false,
          preview: expect.stringContaining('<em>it</em>'),
        },
      });
      const refused = await send('   ', 'post');
      expect([refused.status, formIn(refused.html, 'reply')]).toMatchObject([
        422,
        { replyTo, hasProblem: true },
      ]);
      const posted = await send(`Posted below ${replyTo}.`, 'post');
      expect([posted.status, posted.html]).toEqual([
        200,
        expect.stringContaining(`Posted below ${replyTo}.`),
      ]);
    }
  },
);

test('a reply whose comment is gone, or on no page of this order, keeps its text', async () => {
  const about = await ask({ app }, key, 'Thirty answers');
  const ids: string[] = [];
  for (let count = 0; count < 30; count++) ids.push(await say({ app }, key, about.id, `Number ${count}.`));
  const reply = (replyTo: string, page = '') =>
    open(`${about.path}/comments`, {
      ...{ discussion: about.id, replyTo, body: 'Kept.', intent: 'preview', return: about.path + page },
    });
  for (const replyTo of [ids[0], ids.at(-1)])
    expect(formIn((await reply(replyTo ?? '', '?order=newest')).html, 'reply')?.body).toBe('Kept.');
  const [commentId = ''] = ids;
  await act({ app }, key, 'deleteComment', { commentId });
  const { status, html } = await reply(commentId);
  expect([status, formIn(html, 'reply')]).toEqual([422, null]);
  expect(formIn(html, 'write')).toMatchObject({ body: 'Kept.', replyTo: undefined, hasProblem: true });
});

test('an answer to a discussion that was locked meanwhile keeps its text', async () => {
  const about = await ask({ app }, key, 'Locked meanwhile');
  const member = await apps.key('Member');
  const form = { discussion: about.id, body: 'Kept.', return: about.path };
  await act({ app }, key, 'lockDiscussion', { discussionId: about.id });
  for (const intent of ['preview', 'post']) {
    const { status, html } = await open(`${about.path}/comments`, { ...form, intent }, member);
    expect([status, formIn(html, 'write')]).toMatchObject([422, { body: 'Kept.', hasProblem: true }]);
  }
});

test('all replies to a comment are reached from its page', async () => {
  const about = await ask({ app }, key, 'Sixty replies');
  const first = await say({ app }, key, about.id, 'Go on.');
  const ids: string[] = [];
  for (let count = 0; count < 60; count++)
    ids.push(await say({ app }, key, about.id, `Reply ${count}.`, first));
  const path = `${about.path}/comments/${first}`;
  const page = await open(path);
  expect(page.ids).toEqual([first, ...ids.slice(0, 50)]);
  expect(page.html).not.toContain(`href="${path}"`);
  const next = /<a[^>]* rel="next" href="([^"#]+)/.exec(page.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const last = await open(next);
  expect(last.ids).toEqual([first, ...ids.slice(50)]);
  expect(last.html).toContain(`href="${path}#talk"`);
  expect((await open(`${path}?comment=${ids[59]}`)).ids).toContain(ids[59]);
});

test('the addresses of a comment lead to the discussion that it is in since a merge or a split', async () => {
  const [source, destination] = [await ask({ app }, key, 'From here'), await ask({ app }, key, 'To there')];
  const question = await say({ app }, key, source.id, 'The next question.');
  const id = await say({ app }, key, source.id, 'Moved.', question);
  const old = [`${source.path}/comments/${id}`, `${source.path}?comment=${id}`];
  const leadTo = async (path: string) => {
    for (const address of old) {
      const { status, ids, path: there } = await open(address);
      expect([status, ids.includes(id), there.startsWith(path)]).toEqual([200, true, true]);
    }
  };
  await act({ app }, key, 'mergeDiscussions', { sourceId: source.id, destinationId: destination.id });
  await leadTo(destination.path);
  const split = { commentIds: [question], title: 'Split off' };
  const { discussion } = await act({ app }, key, 'splitDiscussion', split, 'discussion { slug }');
  await leadTo(`/discussions/${discussion.slug}`);
});

test('a reply that is refused at the address of a merged discussion keeps its text and its comment', async () => {
  const [source, destination] = [
    await ask({ app }, key, 'Asked twice'),
    await ask({ app }, key, 'Asked once'),
  ];
  const replyTo = await say({ app }, key, source.id, 'A comment.');
  await act({ app }, key, 'mergeDiscussions', { sourceId: source.id, destinationId: destination.id });
  const form = { discussion: source.id, body: 'Kept.', intent: 'preview', return: source.path };
  const answer = async (more: object) => (await open(`${source.path}/comments`, { ...form, ...more })).html;
  expect(formIn(await answer({ replyTo }), 'reply')).toMatchObject({ body: 'Kept.', replyTo });
  expect(formIn(await answer({}), 'write')).toMatchObject({ body: 'Kept.' });
  const refused = await answer({ replyTo, body: '   ', intent: 'post' });
  expect(formIn(refused, 'reply')).toMatchObject({ body: '   ', replyTo, hasProblem: true });
});
