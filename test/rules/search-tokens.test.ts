import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../../src/forum/search/fold.ts';
import { indexedText, textForFts, vectorOf } from '../../src/forum/search/indexed-text.ts';
import { tokensOf } from '../../src/forum/search/tokens.ts';

const terms = (text: string) => tokensOf(text).map(({ term }) => term);

describe('tokens', () => {
  test.each([
    ['Hello, World!', ['hello', 'world']],
    ['Äpfel Öl Straße ÆØÅ Łódź', ['apfel', 'ol', 'strasse', 'aeoa', 'lodz']],
    ['Ёлка и Йод', ['елка', 'и', 'иод']],
    ['Ελλάδα ΟΔΟΣ', ['ελλαδα', 'οδοσ']],
    ['C++ C# F#, C++17 and C', ['c_p_p', 'c_s', 'f_s', 'c_p_p', '17', 'and', 'c']],
    ['node.js e-mail it’s foo_bar 1.5', ['node', 'js', 'e', 'mail', 'it', 's', 'foo', 'bar', '1', '5']],
    ['数据库', ['数据', '据库']],
    ['iPhone手机', ['iphone', '手机']],
    ['中', ['中']],
    ['ガイド', ['ガイ', 'イド']],
    ['한국어 검색', ['한국', '국어', '검색']],
    ['👍🏽 👩‍💻 🇩🇪', ['👍', '👩', '💻', '🇩🇪']],
    ['ＡＢＣ ﬁne', ['abc', 'fine']],
    ['⑴ ㈀', ['1', 'ᄀ']],
    ['x+1 a#b #tag', ['x', '1', 'a', 'b', 'tag']],
    ['', []],
    ['… — !!!', []],
  ])('%s', (text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  test('are where they say', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        for (const { term, start, end } of tokensOf(text)) {
          expect(start).toBeLessThan(end);
          expect(
            fold(text.slice(start, end)).replaceAll('+', '_p').replaceAll('#', '_s').startsWith(term),
          ).toBe(true);
        }
      }),
    );
  });

  test('hold no character that either engine reads as an operator, and no blank', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        for (const term of terms(text)) expect(term).not.toMatch(/[\s'"\\:*()&|!<>{}^~,.-]|^$/);
      }),
      { examples: [['⑴㈀⒈🄀½℀']] },
    );
  });

  test('do not depend on case or accents', () => {
    expect(terms('CAFÉ Über NAÏVE')).toEqual(terms('cafe uber naive'));
  });
});

describe('an indexed text', () => {
  test('has words that are written in parts as one word too, and single characters', () => {
    expect(indexedText('node.js e-mail 数据').unplaced).toEqual(['nodejs', 'email', '_数', '_据']);
    expect(indexedText('a.b.c.d.e').unplaced).toEqual([]);
  });

  test('keeps at most 100 places of a term and 15,000 in all, and finds what comes later', () => {
    const { placed, unplaced } = indexedText(`${'again '.repeat(15_000)}later`);
    expect(placed).toHaveLength(15_000);
    expect(placed.filter((term) => term === 'again')).toHaveLength(100);
    expect(unplaced).toEqual(['later']);
  });

  test('is written so that a phrase reaches over nothing that is not indexed', () => {
    expect(textForFts({ placed: ['a', null, 'b'], unplaced: ['c'] })).toBe('a __ b __ c');
    expect(vectorOf([{ terms: { placed: ['a', null, 'a'], unplaced: ['c'] }, weight: 'B' }])).toBe(
      "'a':1B,3B 'c':16381B",
    );
  });

  test('gives words of letters alone', () => {
    expect([...indexedText('Kubernetes 2024 ok 数据库 v2').words]).toEqual(['kubernetes']);
  });
});
