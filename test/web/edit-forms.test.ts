// An edit without JavaScript, whose form is shown again while somebody else edits.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { issueKeyForNewAuthor } from '../../src/identity/index.ts';
import type { App } from '../../src/server/app.ts';
import { newId } from '../../src/store/ids.ts';
import { type Apps, openApps, send } from '../support/app.ts';
import { CAPTURED_AT } from '../support/forum.ts';
import { act, ask, say } from './moderators.ts';

let apps: Apps;
let app: App;
let key: string;
beforeAll(async () => {
  apps = await openApps();
  app = await apps.open({ FRONT_END: 'on', RATE_LIMITS: 'off' });
  key = await apps.key('Two Windows');
});
afterAll(() => apps.close());

type Fields = Readonly<Record<string, string>>;

/** Opens the form, or sends it. Returns its hidden fields as they are then. */
async function open(path: string, form: Fields | null = null) {
  const response = await fetch(app.url + path, {
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    headers: { cookie: `parley_session=${key}`, origin: app.url, accept: 'text/html' },
    redirect: 'manual',
  });
  const html = await response.text();
  const hidden = [...html.matchAll(/<input type="hidden" name="(discussion|revision)" value="([^"]*)"/g)];
  const fields: Fields = Object.fromEntries(hidden.map(([, name, value]) => [name, value]));
  return { status: response.status, fields, html, isConflict: html.includes('Somebody has edited this') };
}

interface Post {
  readonly path: string;
  readonly texts: Fields;
  /** What others have done. */
  edit(body: string): Promise<void>;
  body(): Promise<string>;
}

async function question(): Promise<Post> {
  const title = 'Edited in two windows';
  const { id, path } = await ask({ app }, key, title);
  return {
    path: `${path}/edit`,
    texts: { title, 'tagSlugs.shown': '' },
    edit: (body) => act({ app }, key, 'updateDiscussion', { discussionId: id, body }),
    body: () => bodyOf(id),
  };
}

async function comment(): Promise<Post> {
  const about = await ask({ app }, key, 'With a comment that is edited in two windows');
  const id = await say({ app }, key, about.id, 'First.');
  return {
    path: `/comments/${id}/edit`,
    texts: {},
    edit: (body) => act({ app }, key, 'updateComment', { commentId: id, body }),
    body: () => bodyOf(id),
  };
}

const bodyOf = async (id: string) => {
  const query = 'query ($id: ID!) { node(id: $id) { ... on Discussion { body } ... on Comment { body } } }';
  return (await send(app, query, { variables: { id } })).body.data.node.body;
};

test.each([
  ['a question', question],
  ['a comment', comment],
])('a preview and a refused save of %s hide no edit of somebody else', async (_what, make) => {
  const { path, texts, edit, body } = await make();
  const opened = await open(path);
  await edit('Theirs.');
  const preview = await open(path, { ...texts, ...opened.fields, body: 'Mine.', intent: 'preview' });
  expect(preview).toMatchObject({ status: 200, fields: opened.fields });
  const long = 'x'.repeat(100_000);
  const refused = await open(path, { ...texts, ...preview.fields, body: long, intent: 'post' });
  expect(refused).toMatchObject({ status: 422, isConflict: false, fields: opened.fields });
  const late = await open(path, { ...texts, ...refused.fields, body: 'Mine.', intent: 'post' });
  expect([late.status, late.isConflict]).toEqual([422, true]);
  expect(late.html).toContain('<del>Theirs</del><ins>Mine</ins>.</div>');
  expect(late.html).toMatch(/<textarea[^>]*>Mine\.<\/textarea>/);
  expect(await body()).toBe('Theirs.');
  // now the reader has been told
  const again = await open(path, { ...texts, ...late.fields, body: 'Mine.', intent: 'preview' });
  expect((await open(path, { ...texts, ...again.fields, body: 'Mine.', intent: 'post' })).status).toBe(303);
  expect(await body()).toBe('Mine.');
});

test('a conflict shows what else was changed, and saving again keeps the title that the form had left', async () => {
  const title = 'A title that is edited in two windows';
  const { id, path } = await ask({ app }, key, title);
  const opened = await open(`${path}/edit`);
  const shown = { title, 'title.shown': title, 'categoryId.shown': '', categoryId: '', 'tagSlugs.shown': '' };
  await act({ app }, key, 'updateDiscussion', { discussionId: id, title: 'Theirs', body: 'Text.' });
  const form = { ...shown, ...opened.fields, body: 'Mine.', intent: 'post' };
  const late = await open(`${path}/edit`, form);
  expect(late.html).toContain('Your question in one sentence: <bdi>Theirs</bdi>');
  expect(late.html).toMatch(/<input[^>]* name="title"[^>]* value="Theirs"/);
  const again = { ...form, ...late.fields, title: 'Theirs', 'title.shown': 'Theirs' };
  expect((await open(`${path}/edit`, again)).status).toBe(303);
  const query = 'query ($id: ID!) { node(id: $id) { ... on Discussion { title body } } }';
  const { body } = await send(app, query, { variables: { id } });
  expect(body.data.node).toEqual({ title: 'Theirs', body: 'Mine.' });
  // and one that both have changed
  const both = await open(`${path}/edit`, { ...form, title: 'My title' });
  expect(both.html).toContain('<del>Theirs</del><ins>My title</ins>');
});

test('a conflict after a preview says what else was changed before the preview', async () => {
  const title = 'A title that is edited before a preview';
  const { id, path } = await ask({ app }, key, title);
  const opened = await open(`${path}/edit`);
  const admin = { name: 'Ada', role: 'ADMIN', at: CAPTURED_AT } as const;
  const { token } = await apps.db.transaction((tx) => issueKeyForNewAuthor(tx, newId, admin));
  const { category } = await act({ app }, token, 'createCategory', { name: 'Moved into' }, 'category { id }');
  const { tag } = await act({ app }, token, 'createTag', { name: 'Tagged' }, 'tag { slug }');
  await act({ app }, key, 'updateDiscussion', {
    ...{ discussionId: id, title: 'Theirs', body: 'Text.', categoryId: category.id, tagSlugs: [tag.slug] },
  });
  const left = { title, 'title.shown': title, 'categoryId.shown': '', categoryId: '', 'tagSlugs.shown': '' };
  const form = { ...left, ...opened.fields, body: 'Mine.' };
  const preview = await open(`${path}/edit`, { ...form, intent: 'preview' });
  const hidden = preview.html.matchAll(
    /<input[^>]* name="(title|title\.shown|categoryId\.shown|tagSlugs\.shown)"[^>]* value="([^"]*)"/g,
  );
  const shown = Object.fromEntries([...hidden].map(([, name, value]) => [name, value]));
  expect(shown).toEqual({ title, 'title.shown': title, 'categoryId.shown': '', 'tagSlugs.shown': '' });
  expect(preview.html).not.toMatch(/<option[^>]* selected|<input[^>]* checked/);
  const late = await open(`${path}/edit`, { ...form, ...shown, intent: 'post' });
  expect(late.html).toContain('Your question in one sentence: <bdi>Theirs</bdi>');
  expect(late.html).toContain('Category: <bdi>Moved into</bdi>');
  expect(late.html).toContain('Tags: <bdi>Tagged</bdi>');
  expect(late.html).toMatch(/name="title.shown" value="Theirs"/);
});

const words = (word: string, count: number) => Array.from({ length: count }, (_, at) => `${word}${at}`);

test.each([
  ['of few changes is shown by words', words('same', 50), 1, '<del>same7</del><ins>mine</ins>'],
  // limits that a client cannot exceed: web/src/screens/history/conflict.tsx
  ['of many changes is shown by lines', [...words('w', 400)], 2, '<ins>'],
  ['of long texts is shown by lines', words('a-word-of-a-long-text-', 1_000), 1, '<ins>a-word'],
])('a conflict %s', async (_what, theirs, every, expected) => {
  const { path, edit, body } = await comment();
  const opened = await open(path);
  await edit(theirs.join(' '));
  const mine = theirs.map((word, at) => ((every === 2 ? at % 2 === 0 : at === 7) ? 'mine' : word)).join(' ');
  const late = await open(path, { ...opened.fields, body: mine, intent: 'post' });
  expect([late.status, late.html.match(/<ins>/g)?.length]).toEqual([422, 1]);
  expect(late.html).toContain(expected);
  expect(await body()).toBe(theirs.join(' '));
});
