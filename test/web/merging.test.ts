// What moderators see of merges that other moderators make, and while the API does not answer.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { send } from '../support/app.ts';
import { type Account, useForum } from './forum.ts';
import { act, ask, category, type Made, moderator, say } from './moderators.ts';

const forum = useForum();
const merge = (key: string, sourceId: string, destinationId: string) =>
  act(forum(), key, 'mergeDiscussions', { sourceId, destinationId }, 'comment { id }');

test('from the page of one comment, the links to a merged question and to the answer lead to the discussion', async () => {
  const judge = await moderator(forum(), 'Reader of one comment');
  const about = await ask(forum(), judge.token, 'Which one stays?');
  const merged = await ask(forum(), judge.token, 'Which one goes?');
  const commentId = await say(forum(), judge.token, about.id, 'This one.');
  await act(forum(), judge.token, 'markCommentAsAnswer', { commentId });
  const other = await say(forum(), judge.token, about.id, 'Another one.');
  const { comment } = await merge(judge.token, merged.id, about.id);
  const { page, signInAs } = await forum().open({ javaScriptEnabled: false });
  await signInAs(judge);
  const links = [
    [page.locator('.note', { hasText: 'Merged into' }).getByRole('link'), comment.id],
    [page.locator('.answer a.when'), commentId],
    [page.locator('.answer .acts a'), commentId],
  ] as const;
  for (const [link, id] of links) {
    await page.goto(`${forum().app.url}${about.path}/comments/${other}`);
    await link.click();
    const { pathname, hash } = new URL(page.url());
    expect([pathname, hash]).toEqual([about.path, `#${id}`]);
    await page.locator(`article[id="${id}"]`).waitFor();
  }
});

test('the undo of a merge is offered until when it is possible, to moderators of both discussions', async () => {
  const [here, there] = [await category(forum(), 'Kept here'), await category(forum(), 'From there')];
  const both = await moderator(forum(), 'Of both', [here, there]);
  const one = await moderator(forum(), 'Of one', [here]);
  const about = await ask(forum(), both.token, 'It stays here', { categoryId: here });
  const merged = await ask(forum(), both.token, 'It came from there', { categoryId: there });
  await merge(both.token, merged.id, about.id);
  const query = `query ($id: ID!) { node(id: $id) { ... on Discussion { mergeUndoEndsAt } } }`;
  const { data } = (await send(forum().app, query, { variables: { id: merged.id } })).body;
  const format = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  const until = format.format(new Date(data.node.mergeUndoEndsAt));
  const { page, signInAs } = await forum().open();
  for (const account of [both, one]) {
    await signInAs(account);
    await page.goto(forum().app.url + about.path);
    await page.locator('.was', { hasText: 'It came from there' }).waitFor();
    const notice = page.locator('.note', { has: page.getByRole('button', { name: 'Undo the merge' }) });
    const texts = await notice.locator('span').allTextContents();
    expect(texts.map((text) => /This can be.*/.exec(text)?.[0])).toEqual(
      account === both ? [`This can be undone until ${until} UTC.`] : [],
    );
  }
});

interface AskedApi {
  readonly query: string;
  readonly variables: object;
  readonly token: string;
}

/** Sends the form that merges one discussion into another. */
async function sendMerge({ token }: Account, source: Made, destination: Made) {
  const response = await fetch(`${forum().app.url}${source.path}/merge`, {
    ...{ method: 'POST', redirect: 'manual' },
    headers: { cookie: `parley_session=${token}`, origin: forum().app.url, accept: 'text/html' },
    body: new URLSearchParams({ source: source.id, destination: destination.id, into: destination.slug }),
  });
  return { status: response.status, html: await response.text() };
}

test('a form to merge what another moderator has merged meanwhile is refused with the reason, and shows no other form', async () => {
  const judge = await moderator(forum(), 'Too late');
  const [first, second, third] = [
    await ask(forum(), judge.token, 'First of three'),
    await ask(forum(), judge.token, 'Second of three'),
    await ask(forum(), judge.token, 'Third of three'),
  ];
  await merge(judge.token, first.id, third.id);
  const late = await sendMerge(judge, first, second);
  expect(late.status).toBe(409);
  expect(late.html).toContain('This discussion was merged into another one already.');
  expect(late.html).not.toMatch(/Third of three|name="source"/);
  const opened = await fetch(`${forum().app.url}${first.path}/merge?into=${second.slug}`, {
    ...{ redirect: 'manual', headers: { cookie: `parley_session=${judge.token}`, accept: 'text/html' } },
  });
  expect([opened.status, opened.headers.get('location')]).toEqual([303, third.path]);
  await merge(judge.token, third.id, second.id);
  const swapped = await sendMerge(judge, second, third);
  expect(swapped.status).toBe(409);
  expect(swapped.html).toContain('That discussion was merged into this one: undo that first.');
});

test('the form to merge is shown without similar titles if these time out, and with the reason if a search is refused', async () => {
  const judge = await moderator(forum(), 'Patient');
  const about = await ask(forum(), judge.token, 'Is there a title like this one?');
  await ask(forum(), judge.token, 'Is there a title like that one?');
  const { createFrontEnd } = await import(pathToFileURL(path.join(packageRoot, 'dist/web/server.js')).href);
  /** The form, if the API refuses a field. */
  const pageOf = async (search: string, field: string, code: string) => {
    const errors = [{ message: `Refused: ${code}.`, extensions: { code } }];
    const askApi = async ({ query, variables, token }: AskedApi) =>
      JSON.stringify(
        query.includes(`${field}(`)
          ? { data: null, errors }
          : (await send(forum().app, query, { key: token, variables })).body,
      );
    const site = { siteName: 'Test', siteUrl: forum().app.url, onFault: () => undefined };
    const frontEnd = createFrontEnd({ askApi, ...site }, pathToFileURL(path.join(packageRoot, 'dist/web/')));
    const headers = { cookie: `parley_session=${judge.token}` };
    const url = `${about.path}/merge${search}`;
    const { status, body } = await frontEnd.answer({ method: 'GET', url, headers, form: null, address: '' });
    const html = String(body);
    const parts = ['name="find"', 'like that one', 'Refused: '].filter((part) => html.includes(part));
    return [status, ...parts];
  };
  expect(await pageOf('', 'nothing', '')).toEqual([200, 'name="find"', 'like that one']);
  expect(await pageOf('', 'similarDiscussions', 'TIMEOUT')).toEqual([200, 'name="find"']);
  expect(await pageOf('?find=title', 'search', 'RATE_LIMITED')).toEqual([422, 'name="find"', 'Refused: ']);
});
