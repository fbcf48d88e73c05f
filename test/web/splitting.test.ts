// What becomes of comments that were chosen to be split off.
import { expect, test } from 'vitest';
import { send } from '../support/app.ts';
import { type Account, useForum } from './forum.ts';
import { act, ask, type Made, moderator, say } from './moderators.ts';

const forum = useForum();

/** The form after it was sent with these comments chosen. */
async function sendSplit({ token }: Account, about: Made, ids: readonly string[], more: object) {
  const body = new URLSearchParams({ title: 'A title that was typed', ...more });
  ids.forEach((id, at) => {
    body.append('comments', `${new Date(at * 1000).toISOString()} 0 ${id}`);
  });
  const response = await fetch(`${forum().app.url}${about.path}/split`, {
    ...{ method: 'POST', redirect: 'manual', body },
    headers: { cookie: `parley_session=${token}`, origin: forum().app.url, accept: 'text/html' },
  });
  const html = await response.text();
  return {
    status: response.status,
    notes: [...html.matchAll(/<p class="note" role="alert">([^<]*)/g)].map(([, text]) => text),
    chosen: html.match(/<input type="checkbox"[^>]* checked/g)?.length ?? 0,
    hasTitle: html.includes('value="A title that was typed"'),
  };
}

/** Writes so many comments, the earliest first. */
async function sayMany({ token }: Account, { id }: Made, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at++) ids.push(await say(forum(), token, id, `Comment ${at}`));
  return ids;
}

test('of comments that were chosen, those that are gone are said to be so, and the others stay chosen', async () => {
  const judge = await moderator(forum(), 'Keeper');
  const about = await ask(forum(), judge.token, 'Chosen, and then deleted');
  const ids = await sayMany(judge, about, 53);
  const [first = '', moved = '', deleted = ''] = ids;
  await act(forum(), judge.token, 'deleteComment', { commentId: deleted });
  await act(forum(), judge.token, 'splitDiscussion', { commentIds: [moved], title: 'Moved meanwhile' });
  const last = ids.at(-1) ?? '';
  const answer = await sendSplit(judge, about, [first, moved, deleted, last], { intent: 'first' });
  expect(answer).toEqual({
    status: 200,
    notes: [
      '2 chosen comments are not in this discussion any more: they were deleted or moved. The others are still chosen.',
    ],
    chosen: 2,
    hasTitle: true,
  });
  const refused = await sendSplit(judge, about, [last, deleted], {});
  expect([refused.status, refused.notes.length, refused.chosen]).toEqual([422, 1, 1]);
});

test('a chosen comment that was deleted is said to be gone also if its replies show where it was', async () => {
  const judge = await moderator(forum(), 'Keeper of replies');
  const about = await ask(forum(), judge.token, 'A chosen comment with replies');
  const chosen = await say(forum(), judge.token, about.id, 'Chosen.');
  await say(forum(), judge.token, about.id, 'A reply.', chosen);
  await sayMany(judge, about, 50);
  await act(forum(), judge.token, 'deleteComment', { commentId: chosen });
  const gone = {
    status: 200,
    notes: ['1 chosen comment is not in this discussion any more: it was deleted or moved.'],
    ...{ chosen: 0, hasTitle: true },
  };
  expect(await sendSplit(judge, about, [chosen], { intent: 'first' })).toEqual(gone);
  // on another page
  const query = `query ($id: ID!) { node(id: $id) { ... on Discussion {
    allComments(first: 50, orderBy: TREE) { pageInfo { endCursor } } } } }`;
  const { data } = (await send(forum().app, query, { variables: { id: about.id } })).body;
  const intent = `after:${data.node.allComments.pageInfo.endCursor}`;
  expect(await sendSplit(judge, about, [chosen], { intent })).toEqual(gone);
});

test('of more comments than can be split off, the first hundred stay chosen, and the form says so', async () => {
  const judge = await moderator(forum(), 'Collector');
  const about = await ask(forum(), judge.token, 'Many chosen comments');
  const ids = await sayMany(judge, about, 104);
  expect(await sendSplit(judge, about, ids.slice(0, 103), { intent: 'first' })).toEqual({
    status: 200,
    notes: ['3 chosen comments on other pages were left out: at most 100 can be split off at once.'],
    chosen: 100,
    hasTitle: true,
  });
});

test.each([true, false])('Enter in the title splits, with JavaScript: %s', async (javaScriptEnabled) => {
  const { page, signInAs, complaints } = await forum().open({ javaScriptEnabled });
  const judge = await moderator(forum(), 'Typist');
  await signInAs(judge);
  const about = await ask(forum(), judge.token, `More than a page (${javaScriptEnabled})`);
  await sayMany(judge, about, 51);
  await page.goto(`${forum().app.url}${about.path}/split`);
  await page.getByRole('button', { name: 'More comments' }).waitFor();
  await page.getByLabel('Comment 7').check();
  const title = page.getByLabel('Title of the new discussion');
  await title.fill(`Split by Enter (${javaScriptEnabled})`);
  await title.press('Enter');
  await page.getByRole('heading', { level: 1, name: `Split by Enter (${javaScriptEnabled})` }).waitFor();
  expect(complaints).toEqual([]);
});
