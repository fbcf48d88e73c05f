import { describe, expect, test } from 'vitest';
import { send } from '../support/app.ts';
import { engines } from '../support/database.ts';
import { mutationOf } from '../support/send.ts';
import { imported, linesOf } from '../transfer/transfers.ts';
import { useForum } from './forum.ts';

const asBrowser = { headers: { accept: 'text/html' }, redirect: 'manual' } as const;

describe.each(engines)('on %s', (engine) => {
  const forum = useForum(engine);

  test('the address that an imported discussion had leads to its page for good; others are nowhere', async () => {
    const oldUrls = ['https://old.example/questions/12/which-one', 'https://old.example/view.php?id=12'];
    const topic = { type: 'discussion', key: 'old:1', title: 'Which one of old?', body: 'Two.', oldUrls };
    await imported(forum().apps.db, linesOf([{ ...topic, createdAt: '2024-03-01T09:30:00.000Z' }]));
    for (const path of ['/questions/12/which-one', '/questions/12/which-one/', '/view.php?id=12'])
      for (const accept of ['text/html', '*/*', 'application/json'])
        for (const method of ['GET', 'HEAD']) {
          const request = { method, headers: { accept }, redirect: 'manual' } as const;
          const { status, headers } = await fetch(forum().app.url + path, request);
          const answer = [path, accept, method, status, headers.get('location')];
          expect(answer).toEqual([path, accept, method, 301, '/discussions/which-one-of-old']);
        }
    for (const path of ['/questions/13', '/view.php?id=13', `/${'x'.repeat(3_000)}`])
      expect((await fetch(forum().app.url + path, asBrowser)).status).toBe(404);
    const program = await fetch(`${forum().app.url}/questions/13`);
    expect([program.status, (await program.json()).errors[0].extensions.code]).toEqual([404, 'NOT_FOUND']);
  });

  test('the address of a merged discussion leads to what its question has become, until that is undone', async () => {
    const { app, admin } = forum();
    const key = await admin();
    const act = async (mutation: string, input: object, selection = 'clientMutationId') => {
      const { body } = await send(app, mutationOf(mutation, selection), { key, variables: { input } });
      return body.data[mutation];
    };
    const ask = async (title: string): Promise<string> =>
      (await act('createDiscussion', { title, body: title }, 'discussion { id }')).discussion.id;
    const [sourceId, destinationId] = [await ask('Asked again?'), await ask('Asked before?')];
    const answer = async (query = '?comment=x') => {
      const { status, headers } = await fetch(`${app.url}/discussions/asked-again${query}`, asBrowser);
      return [status, headers.get('location')];
    };
    expect(await answer()).toEqual([200, null]);
    const { comment } = await act('mergeDiscussions', { sourceId, destinationId }, 'comment { id }');
    expect(await answer()).toEqual([303, '/discussions/asked-before?comment=x']);
    expect(await answer('')).toEqual([303, `/discussions/asked-before?comment=${comment.id}#${comment.id}`]);
    await act('unmergeDiscussions', { sourceId });
    expect(await answer()).toEqual([200, null]);
  });
});
