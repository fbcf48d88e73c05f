import { describe, expect, test } from 'vitest';
import { nextFreeSlug, SLUG_CHARS_MAX, slugOf, titleKeyOf } from '../../src/text/slug.ts';

describe('slugOf', () => {
  test.each([
    ['How does it scale?', 'how-does-it-scale'],
    ['iPhone or GraphQL', 'iphone-or-graphql'],
    ['Pros & cons', 'pros-and-cons'],
    ['Über café', 'ueber-cafe'],
    ['日本語', 'discussion'],
    ['???', 'discussion'],
    ['', 'discussion'],
  ])('"%s" is "%s"', (title, slug) => {
    expect(slugOf(title)).toBe(slug);
  });

  test('a long title is cut between words', () => {
    expect(slugOf('seven77 '.repeat(40))).toBe(`${'seven77-'.repeat(11)}seven77`);
  });

  test('one long word is cut at the limit', () => {
    expect(slugOf('a'.repeat(500))).toBe('a'.repeat(SLUG_CHARS_MAX));
  });

  test('the caller can set the fallback', () => {
    expect(slugOf('日本語', 'product')).toBe('product');
  });
});

describe('titleKeyOf', () => {
  test.each([
    ['What’s  NEW?', "what's new"],
    ['Pros & cons', 'pros and cons!'],
    ['Ｆｕｌｌ width', 'full width'],
  ])('"%s" and "%s" are one title', (one, other) => {
    expect(titleKeyOf(one)).toBe(titleKeyOf(other));
  });

  test.each([
    ['C++', 'C#'],
    ['日本語', '中文'],
    ['Cafe', 'Café'],
    ['???', '!!!'],
    [`${'a '.repeat(500)}b`, `${'a '.repeat(500)}c`],
  ])('"%s" and "%s" are two titles', (one, other) => {
    expect(titleKeyOf(one)).not.toBe(titleKeyOf(other));
  });

  test('a key fits into an index of PostgreSQL', () => {
    expect(Buffer.byteLength(titleKeyOf('𠀀'.repeat(5_000)))).toBeLessThan(2_000);
    expect(titleKeyOf('𠀀'.repeat(5_000)).isWellFormed()).toBe(true);
  });
});

describe('nextFreeSlug', () => {
  const among = (taken: string[]) => async (slugs: string[]) => slugs.filter((slug) => taken.includes(slug));

  test('a free slug is used unchanged', async () => {
    expect(await nextFreeSlug('a', among(['a-2', 'b']))).toBe('a');
  });

  test('a second one gets -2, and gaps are filled', async () => {
    expect(await nextFreeSlug('a', among(['a']))).toBe('a-2');
    expect(await nextFreeSlug('a', among(['a', 'a-2', 'a-4']))).toBe('a-3');
  });

  test('the thousandth costs three queries', async () => {
    const taken = ['a', ...Array.from({ length: 998 }, (_, i) => `a-${i + 2}`)];
    let questions = 0;
    const slug = await nextFreeSlug('a', (slugs) => {
      questions++;
      return among(taken)(slugs);
    });
    expect([slug, questions]).toEqual(['a-1000', 3]);
  });
});
