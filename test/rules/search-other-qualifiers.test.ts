import { describe, expect, test } from 'vitest';
import { leavesOf } from '../../src/forum/search/leaves.ts';
import { parseQuery } from '../../src/forum/search/parse-query.ts';

describe('the qualifier of another search', () => {
  test.each([
    [
      'sort:new ',
      'sort new',
      'This search has no qualifier `sort:`. Choose the order of the results instead. `sort:new` is searched as words.',
    ],
    [
      'Type:comment ',
      'type comment',
      'This search has no qualifier `type:`. Choose the type of the results or use `in:` instead. `type:comment` is searched as words.',
    ],
    [
      'updated:>2020-01-01 ',
      'updated 2020 01 01',
      'This search has no qualifier `updated:`. `updated:>2020-01-01` is searched as words.',
    ],
    [
      'reason:"Not planned" ',
      'reason not planned',
      'This search has no qualifier `reason:`. `reason:"Not planned"` is searched as words.',
    ],
    [
      '-label:"a bug" ',
      'label a bug',
      'This search has no qualifier `label:`. Use `tag:` instead. `label:"a bug"` is searched as words.',
    ],
    [
      'title:alpha ',
      'title alpha',
      'This search has no qualifier `title:`. Use `in:title` instead. `title:alpha` is searched as words.',
    ],
  ])('is searched as words, and this is said: %s', (query, words, message) => {
    const { matcher, except, issues } = parseQuery(query);
    const leaves = [matcher, except].flatMap((node) => (node === null ? [] : leavesOf(node)));
    expect(leaves.flatMap(({ terms }) => terms).join(' ')).toBe(words);
    expect(issues).toEqual([{ code: 'UNKNOWN_QUALIFIER', message, start: 0, end: query.length - 1 }]);
  });

  test.each([
    ...['http://sort.example', 'type: a', 'note:', 'error:404', 'constructor:x'],
    ...['text:hello', 'reason:timeout', 'language:en', 'order:17', 'type:TypeError', 'type:"a b"'],
  ])('is none of the words with colons in other texts: %s', (query) => {
    expect(parseQuery(query).issues).toEqual([]);
  });
});
