import { expect, test } from 'vitest';
import { useForum } from './forum.ts';
import { act, ask, category, say } from './moderators.ts';

const forum = useForum();

/** The canonical address of a page and what other sites are given, and the address of its next page. */
async function linksOf(path: string) {
  const response = await fetch(forum().app.url + path, { headers: { accept: 'text/html' } });
  const html = (await response.text()).replaceAll('&amp;', '&');
  const find = (pattern: RegExp) => pattern.exec(html)?.[1]?.replace(/^https?:\/\/[^/]*/, '');
  return {
    canonical: find(/<link rel="canonical" href="([^"]*)"/),
    shared: find(/<meta property="og:url" content="([^"]*)"/),
    next: find(/<link rel="next" href="([^"]*)"/) ?? '',
  };
}

test('each page of a discussion has a canonical address of its own, and so has the page of a comment', async () => {
  const { token } = await forum().account('Writer');
  const about = await ask(forum(), token, 'Of several pages');
  const ids: string[] = [];
  for (let count = 0; count < 21; count++) ids.push(await say(forum(), token, about.id, `Number ${count}`));
  const { path } = about;
  expect(await linksOf(path)).toMatchObject({ canonical: path, shared: path });
  for (const query of ['?order=newest', `?comment=${ids[0]}`, '?reply=none', '?utm_source=mail'])
    expect([query, (await linksOf(path + query)).canonical]).toEqual([query, path]);
  const { next } = await linksOf(path);
  expect(next).toMatch(/\?after=[\w-]+$/);
  expect(await linksOf(next)).toMatchObject({ canonical: next, shared: next });
  expect((await linksOf(`${next}&utm_source=mail`)).canonical).toBe(next);
  const newest = (await linksOf(`${path}?order=newest`)).next;
  expect((await linksOf(newest)).canonical).toBe(newest);
  const comment = `${path}/comments/${ids[3]}`;
  expect(await linksOf(comment)).toMatchObject({ canonical: comment, shared: comment });
});

test('a list is the same in any order, and its later pages are not; a category is its own page', async () => {
  const admin = await forum().admin();
  const categoryId = await category(forum(), 'Canonical');
  const { category: made } = await act(
    forum(),
    admin,
    'updateCategory',
    { categoryId, name: 'Canonical' },
    'category { slug }',
  );
  for (let count = 0; count < 21; count++) await ask(forum(), admin, `Listed ${count}`, { categoryId });
  const own = `/categories/${made.slug}`;
  for (const [path, canonical] of [
    ['/', '/'],
    ['/?order=top&window=year&answered=yes', '/'],
    [own, own],
    [`${own}/`, own],
    [`${own}?order=hot`, own],
    [`/?category=${made.slug}&order=hot`, own],
  ] as const)
    expect([path, (await linksOf(path)).canonical]).toEqual([path, canonical]);
  const { next } = await linksOf(own);
  expect(next).toMatch(/\?after=[\w-]+$/);
  expect((await linksOf(next)).canonical).toBe(next);
  const after = new URLSearchParams(next.replace(/.*\?/, '')).get('after');
  expect((await linksOf(`/?category=${made.slug}&after=${after}`)).canonical).toBe(next);
  const hot = (await linksOf(`${own}?order=hot`)).next;
  expect((await linksOf(hot)).canonical).toBe(hot);
});
