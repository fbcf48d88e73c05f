import { describe, expect, test } from 'vitest';
import {
  asciiSlugOf,
  checkedSlug,
  nextFreeSlug,
  SLUG_CHARS_MAX,
  slugOf,
  titleKeyOf,
} from '../../src/text/slug.ts';

describe('slugOf', () => {
  test.each([
    ['How does it scale?', 'how-does-it-scale'],
    ['iPhone or GraphQL', 'iphone-or-graphql'],
    ['Pros & cons', 'pros-and-cons'],
    ['Über café', 'ueber-cafe'],
    ['日本語', '日本語'],
    ['怎样升级?', '怎样升级'],
    ['Parley を 使う', 'parley-を-使う'],
    ['HTTPの仕組み', 'httpの仕組み'],
    ['한국어 질문', '한국어-질문'],
    ['ภาษาไทย แท็ก', 'ภาษาไทย-แท็ก'],
    ['עברית', 'עברית'],
    ['हिन्दी', 'हिन्दी'],
    ['Москва', 'moskva'],
    ['مرحبا', 'mrhba'],
    ['ﾃｽﾄ ＡＢＣ', 'テスト-abc'],
    ['C', 'c'],
    ['C++', 'c-plus-plus'],
    ['C#', 'c-sharp'],
    ['Issue #5 of 10+ users', 'issue-5-of-10-plus-users'],
    ['ﾟ･✿ヾ(｡◕‿◕｡)✿･ﾟ', 'ヾ'],
    ['ẛ̣ ǆ ﬁ ß', 's-dz-fi-ss'],
    ['🙂', 'discussion'],
    ['🙂 𠮷野家', '𠮷野家'],
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
    expect(slugOf('???', 'product')).toBe('product');
  });

  test.each(['日本語 テスト', '𠮷'.repeat(200), 'ไทย ครับ', 'ﷺ 한국'])(
    'the slug of "%s" is a valid slug',
    (title) => {
      const slug = slugOf(title);
      expect(checkedSlug(slug, 'slug')).toBe(slug);
      expect(slug.isWellFormed()).toBe(true);
    },
  );

  test.each(['Ab', 'a--b', '-a', 'a b', 'Ａ', 'a/b', 'か\u3099', ''])('"%s" is not a valid slug', (slug) => {
    expect(() => checkedSlug(slug, 'slug')).toThrow('A slug consists of');
  });
});

describe('asciiSlugOf', () => {
  test.each([
    ['Ada Lovelace', 'ada-lovelace'],
    ['日本語', 'author'],
    ['Ада', 'ada'],
    ['Wolfeschlegelsteinhausen Bergerdorff von Welt', 'wolfeschlegelsteinhausen-bergerdorff-von'],
    ['a'.repeat(50), 'a'.repeat(40)],
  ])('"%s" is "%s"', (name, handle) => {
    expect(asciiSlugOf(name, 'author', 40)).toBe(handle);
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

  test.each([
    [100, 3],
    [1_000, 3],
    [111_000, 4],
    [1_000_000, 5],
  ])('one of %i equal titles costs at most %i queries of a hundred slugs', async (count, most) => {
    const isTaken = (slug: string) => slug === 'a' || Number(slug.slice(2)) <= count;
    const sizes: number[] = [];
    const slug = await nextFreeSlug('a', async (slugs) => {
      sizes.push(slugs.length);
      return slugs.filter(isTaken);
    });
    expect(slug).toBe(`a-${count + 1}`);
    expect(sizes.length).toBeLessThanOrEqual(most);
    expect(Math.max(...sizes)).toBeLessThan(100);
  });

  test('gaps far up are no obstacle', async () => {
    const isTaken = (slug: string) => slug === 'a' || [1, 2, 3].includes(Number(slug.slice(2)) % 4);
    const slug = await nextFreeSlug('a', async (slugs) => slugs.filter(isTaken));
    expect(isTaken(slug)).toBe(false);
  });
});
