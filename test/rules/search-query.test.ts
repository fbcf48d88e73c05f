import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leavesOf } from '../../src/forum/search/leaves.ts';
import { parseQuery, TERMS_MAX } from '../../src/forum/search/parse-query.ts';
import type { Matcher, SearchQuery } from '../../src/forum/search/query.ts';

/** A matcher in a short form: words, phrases in quotes, * for incomplete ones. */
function written(node: Matcher | null): string {
  if (node === null) return '';
  if (node.kind === 'leaf') {
    const { terms, joined, isPrefix } = node;
    const text = terms.length > 1 ? `"${terms.join(' ')}"` : (terms[0] ?? '');
    return `${text}${joined === null ? '' : `|${joined}`}${isPrefix ? '*' : ''}`;
  }
  const nodes = node.nodes.map(written);
  if (node.kind === 'any') return `(${nodes.join(' or ')})`;
  return `(${nodes.join(' and ')}${node.except.map((one) => ` not ${written(one)}`).join('')})`;
}

/** Without the places in the query, which issues have. */
const filtersOf = ({ filters }: SearchQuery) => {
  const placeless = (list: readonly object[]) =>
    list.map((one) =>
      Object.fromEntries(Object.entries(one).filter(([name]) => !/^(start|end)$/.test(name))),
    );
  const used = Object.entries(filters).filter(([, list]) => list.length > 0);
  return Object.fromEntries(used.map(([name, list]) => [name, placeless(list)]));
};

const list = (values: string[], isNot = false) => [{ values, isNot }];

describe('a query', () => {
  test.each([
    ['one two ', '(one and two)'],
    ['one two', '(one and two*)'],
    ['kube* now ', '(kube* and now)'],
    ['"one two" three ', '("one two" and three)'],
    ['"open quote', '"open quote"*'],
    ['"data base" big data base', '("data base" and big and data and base*)'],
    ['„eins zwei“ drei ', '("eins zwei" and drei)'],
    ['a AND b OR c d ', '((a and b) or (c and d))'],
    ['a (b OR c) ', '(a and (b or c))'],
    ['a -b -"c d" ', '(a not b not "c d")'],
    ['a NOT b ', '(a not b)'],
    ['a -(b OR c) ', '(a not (b or c))'],
    ['NOT NOT a ', 'a'],
    ['NOT (NOT a NOT b) ', '(a or b)'],
    ['node.js e-mail ', '("node js"|nodejs and "e mail"|email)'],
    ['C++ C# ', '(c_p_p and c_s)'],
    ['constructor toString ', '(constructor and tostring)'],
    ['5:30 http://a.b/c ', '("5 30" and "http a b c")'],
    ['中 数据 数据库 ', '(中 and 数据 and "数据 据库")'],
    ['数据库迁移 ', '(数据 and 据库 and 库迁 and 迁移)'],
    [') a ( b ', '(a and b)'],
    ['AND OR NOT - * ( ) "" ', ''],
    ['😀 ', '😀'],
  ])('%s', (query, expected) => {
    expect(written(parseQuery(query).matcher)).toBe(expected);
  });

  test('may only exclude', () => {
    const { matcher, except } = parseQuery('-one -two ');
    expect([written(matcher), written(except)]).toEqual(['', '(one or two)']);
  });

  test.each([
    ['category:crm,hr', { category: [{ values: ['crm', 'hr'], isNot: false }] }],
    ['tag:API PRODUCT:Acme', { product: list(['Acme']), tag: list(['API']) }],
    [
      '-tag:api tag:"sso"',
      {
        tag: [
          { values: ['api'], isNot: true },
          { values: ['sso'], isNot: false },
        ],
      },
    ],
    ['NOT product:acme', { product: [{ values: ['acme'], isNot: true }] }],
    ['author:@Ada,@me', { author: [{ values: ['ada', '@me'], isNot: false }] }],
    [
      'IS:Answered -is:locked',
      {
        is: [
          { values: ['answered'], isNot: false },
          { values: ['locked'], isNot: true },
        ],
      },
    ],
    ['score:>5', { score: [{ range: { from: 6, to: null }, isNot: false }] }],
    ['score:-3..*', { score: [{ range: { from: -3, to: null }, isNot: false }] }],
    ['score:<=2', { score: [{ range: { from: null, to: 2 }, isNot: false }] }],
    [
      'created:2024-02-29',
      { created: [{ range: { from: 1709164800000, to: 1709251199999 }, isNot: false }] },
    ],
    ['created:>2024-02-29', { created: [{ range: { from: 1709251200000, to: null }, isNot: false }] }],
    [
      'created:*..2024-02-29T12:00:00+02:00',
      { created: [{ range: { from: null, to: 1709200800000 }, isNot: false }] },
    ],
  ])('has qualifiers: %s', (query, expected) => {
    const parsed = parseQuery(query);
    expect(parsed.matcher).toBeNull();
    expect(filtersOf(parsed)).toEqual(expected);
    expect(parsed.issues).toEqual([]);
  });

  test.each([
    ['is:popular', 'UNKNOWN_VALUE', '"is popular"'],
    ['in:nowhere', 'UNKNOWN_VALUE', '"in nowhere"'],
    ['created:yesterday', 'MALFORMED_VALUE', '"created yesterday"'],
    ['created:2024-02-31', 'MALFORMED_VALUE', '"created 2024 02 31"'],
    ['score:many', 'MALFORMED_VALUE', '"score many"'],
    ['score:', 'MALFORMED_VALUE', 'score'],
    ['score:1..2..3', 'MALFORMED_VALUE', '"score 1 2 3"'],
    ['tag:,', 'MALFORMED_VALUE', 'tag'],
  ])('is searched as words and reported where a qualifier is malformed: %s', (query, code, words) => {
    const { matcher, filters, issues } = parseQuery(`x ${query} `);
    expect(written(matcher)).toBe(`(x and ${words})`);
    expect(Object.values(filters).flat()).toEqual([]);
    expect(issues).toEqual([{ code, message: expect.any(String), start: 2, end: 2 + query.length }]);
  });

  test.each([
    ['tag:api OR tag:tax', '', { tag: list(['api', 'tax']) }],
    ['(tag:api OR tag:tax OR tag:a,b) x ', 'x', { tag: list(['api', 'tax', 'a', 'b']) }],
    ['is:open is:locked OR is:answered', '', { is: [...list(['open']), ...list(['answered', 'locked'])] }],
    [
      'product:p tag:a OR tag:b is:open',
      '',
      { product: list(['p']), tag: list(['a', 'b']), is: list(['open']) },
    ],
    ['in:title OR in:body', '', {}],
    ['-(tag:a OR tag:b) x ', 'x', { tag: list(['a', 'b'], true) }],
    ['NOT (tag:a) x ', 'x', { tag: list(['a'], true) }],
    ['tag:api one OR two -is:open', '(one or two)', { tag: list(['api']), is: list(['open'], true) }],
    ['tag:api one OR two NOT is:open ', '(one or two)', { tag: list(['api']), is: list(['open'], true) }],
    ['x (y tag:api) ', '(x and y)', { tag: list(['api']) }],
    ['OR tag:api OR', '', { tag: list(['api']) }],
    ['tag:api OR tag:sso login ', 'login', { tag: list(['api', 'sso']) }],
    ['tag:a,b OR tag:c x y ', '(x and y)', { tag: list(['a', 'b', 'c']) }],
    ['is:open tag:a OR tag:b x OR y', '(x or y*)', { is: list(['open']), tag: list(['a', 'b']) }],
    ['x OR y tag:a OR tag:b is:open', '(x or y)', { tag: list(['a', 'b']), is: list(['open']) }],
    ['x is:answered OR is:locked', 'x', { is: list(['answered', 'locked']) }],
    ['x NOT is:open tag:a OR tag:b ', 'x', { is: list(['open'], true), tag: list(['a', 'b']) }],
    ['x -(tag:a OR tag:b', 'x', { tag: list(['a', 'b'], true) }],
  ])('has lists of qualifiers by OR, and others for the whole query: %s', (query, words, filters) => {
    const parsed = parseQuery(query);
    expect({ words: written(parsed.matcher), filters: filtersOf(parsed), issues: parsed.issues }).toEqual({
      ...{ words, filters, issues: [] },
    });
  });

  test('looks in several places by OR, before words too', () => {
    const { matcher, fields, issues } = parseQuery('in:title OR in:body x ');
    expect([written(matcher), [...fields].sort(), issues]).toEqual(['x', ['body', 'title'], []]);
  });

  test.each([
    ['alpha OR tag:api ', 'alpha', [[9, 16]]],
    ['score:>0 OR needle ', 'needle', [[0, 8]]],
    [
      'tag:a OR category:b ',
      '',
      [
        [0, 5],
        [9, 19],
      ],
    ],
    ['created:2024-01-01 OR created:2025-01-01 ', '', [[0, 18]]],
    ['tag:a OR -tag:b ', '', [[0, 5]]],
    ['(x tag:a) OR y is:open ', '(x or y)', [[3, 8]]],
    ['x is:answered OR is:locked y ', '(x or y)', [[2, 13]]],
    ['tag:a OR tag:b OR x ', 'x', [[0, 5]]],
    ['x OR tag:a OR tag:b ', 'x', [[5, 10]]],
    ['tag:a OR NOT tag:b x ', 'x', [[0, 5]]],
    ['x NOT tag:a OR tag:b ', 'x', [[6, 11]]],
    ['score:1 OR score:2 x ', 'x', [[0, 7]]],
    ['-(tag:a x) y ', '(y not x)', [[2, 7]]],
  ])('ignores a qualifier that is part of an alternative, and says so: %s', (query, words, places) => {
    const parsed = parseQuery(query);
    expect(written(parsed.matcher)).toBe(words);
    expect(parsed.issues.map(({ code, start, end }) => [code, start, end])).toEqual(
      places.map((place) => ['MISPLACED_QUALIFIER', ...place]),
    );
  });

  test('has at most five different qualifiers of a kind, and says so', () => {
    const tags = Array.from({ length: 8 }, (_, n) => `tag:t${n}`).join(' ');
    const { filters, matcher, issues } = parseQuery(`${tags} -is:open word `);
    expect(filters.tag.map(({ values }) => values)).toEqual([['t0'], ['t1'], ['t2'], ['t3'], ['t4']]);
    expect(filters.is).toHaveLength(1);
    expect(written(matcher)).toBe('word');
    expect(issues).toEqual([
      { code: 'TOO_MANY_TERMS', message: 'Only the first 5 `tag:` are used.', start: 35, end: 41 },
    ]);
    const repeated = parseQuery(`${'is:open,answered '.repeat(9)}is:answered,open,open score:>1 score:>1`);
    expect(repeated.issues).toEqual([]);
    expect(filtersOf(repeated)).toEqual({
      is: [{ values: ['answered', 'open'], isNot: false }],
      score: [{ range: { from: 2, to: null }, isNot: false }],
    });
  });

  test('never throws and never has more words than allowed', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '(',
        ')',
        '"',
        '-',
        ' ',
        'AND',
        'OR',
        'NOT',
        'is:',
        'tag:',
        'score:',
        '>',
        '..',
        '*',
        ',',
        ':',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        const query = parts.join('');
        const { matcher, except, issues, fields } = parseQuery(query);
        const leaves = [matcher, except].flatMap((node) => (node === null ? [] : leavesOf(node)));
        expect(leaves.flatMap(({ terms }) => terms).length).toBeLessThanOrEqual(TERMS_MAX);
        expect(fields.size).toBeGreaterThan(0);
        for (const { start, end } of [...leaves, ...issues]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(query.length);
        }
      }),
    );
  });
});
