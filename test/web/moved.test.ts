import { expect, test } from 'vitest';
import { imported, linesOf } from '../transfer/transfers.ts';
import { useForum } from './forum.ts';

const forum = useForum();
const asBrowser = { headers: { accept: 'text/html' }, redirect: 'manual' } as const;

test('the address that an imported discussion had leads to its page for good; others are nowhere', async () => {
  const oldUrls = ['https://old.example/questions/12/which-one', 'https://old.example/view.php?id=12'];
  const topic = { type: 'discussion', key: 'old:1', title: 'Which one of old?', body: 'Two.', oldUrls };
  await imported(forum().apps.db, linesOf([{ ...topic, createdAt: '2024-03-01T09:30:00.000Z' }]));
  for (const path of ['/questions/12/which-one', '/questions/12/which-one/', '/view.php?id=12']) {
    const { status, headers } = await fetch(forum().app.url + path, asBrowser);
    expect([path, status, headers.get('location')]).toEqual([path, 301, '/discussions/which-one-of-old']);
  }
  for (const path of ['/questions/13', '/view.php?id=13', `/${'x'.repeat(3_000)}`])
    expect((await fetch(forum().app.url + path, asBrowser)).status).toBe(404);
});
