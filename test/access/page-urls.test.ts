import { describe, expect, test } from 'vitest';
import { pageUrls } from '../../src/access/page-urls.ts';

const SITE = 'https://forum.example/base';
const ELSEWHERE = {
  discussion: 'https://shop.example/questions?topic={slug}',
  tag: 'https://shop.example/t/{slug}/all',
};

describe('the URLs of pages', () => {
  test('are below the site, or where a setting says', () => {
    const urls = pageUrls(SITE, ELSEWHERE);
    expect(urls.of('author', 'A_1')).toBe('https://forum.example/base/authors/A_1');
    expect(urls.of('category', 'größe')).toBe('https://forum.example/base/categories/gr%C3%B6%C3%9Fe');
    expect(urls.of('discussion', 'a-b')).toBe('https://shop.example/questions?topic=a-b');
    expect(urls.of('tag', 'x')).toBe('https://shop.example/t/x/all');
  });

  test.each([
    ['https://forum.example/base/discussions/a-b', 'a-b'],
    ['https://forum.example/base/discussions/a-b/', 'a-b'],
    ['https://forum.example/base/discussions/a-b?x=1#C_2', 'a-b'],
    ['https://forum.example/base/discussions/gr%C3%B6%C3%9Fe', 'größe'],
    ['https://forum.example/base/discussions/%', '%'],
    ['https://forum.example/base/discussions/a/b', null],
    ['https://forum.example/discussions/a', null],
    ['https://other.example/base/discussions/a', null],
  ])('%s names %s', (url, slug) => {
    expect(pageUrls(SITE).nameIn('discussion', url)).toBe(slug);
  });

  test.each([
    ['discussion', 'https://shop.example/questions?topic=a-b', 'a-b'],
    ['discussion', 'https://shop.example/questions?topic=a-b#C_1', 'a-b'],
    ['tag', 'https://shop.example/t/x/all', 'x'],
    ['tag', 'https://shop.example/t/x/all/', 'x'],
    ['tag', 'https://shop.example/t/x', null],
  ] as const)('elsewhere, the %s of %s is %s', (kind, url, name) => {
    expect(pageUrls(SITE, ELSEWHERE).nameIn(kind, url)).toBe(name);
  });
});
