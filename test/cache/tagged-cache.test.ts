import { beforeEach, describe, expect, test } from 'vitest';
import { bytesOf, type CachedAnswer, cachedAnswer } from '../../src/cache/cached-answer.ts';
import { TaggedCache } from '../../src/cache/tagged-cache.ts';

const touched = (...marks: string[]) => new Map(marks.map((mark) => [mark, []]));
const ANSWER = { body: '{"data":{}}', contentType: 'application/json' };

describe('kept answers', () => {
  let now = 0;
  let cache: TaggedCache;
  const make = (parts: { bytesMax?: number; lagMs?: number } = {}) =>
    new TaggedCache({
      ...{ bytesMax: 1_000_000, lagMs: 0, makingMsMax: 15_000, ageMsMax: () => 3_600_000, now: () => now },
      ...parts,
    });
  beforeEach(() => {
    now = 0;
    cache = make();
  });
  /** Makes an answer in so many milliseconds, and meanwhile does something else. */
  function made(key: string, marks: string[], meanwhile = () => {}, ms = 1, body = ANSWER.body): boolean {
    const draft = cache.draft();
    for (const mark of marks) draft.marks.add(mark);
    now += ms;
    meanwhile();
    now += ms;
    const answer = { ...ANSWER, body };
    cache.keep(key, draft, true, cachedAnswer(cache, key, answer), bytesOf(answer));
    return cache.find(key, true) !== null;
  }

  test('are dropped by what touches them, and by nothing else', () => {
    expect(made('page', ['a', 'b'])).toBe(true);
    cache.touch(touched('c'));
    expect(cache.find('page', true)).toMatchObject(ANSWER);
    cache.touch(touched('b'));
    expect(cache.find('page', true)).toBeNull();
  });

  test('that depend on a column of some rows are dropped by what changes it there', () => {
    const touch = (mark: string, ...columns: string[]) => cache.touch(new Map([[mark, columns]]));
    const dropsIt = (change: () => void) => {
      expect(made('list', ['post@x#score', 'post@x#*'])).toBe(true);
      expect(made('same scope', ['post@x#title'])).toBe(true);
      change();
      return [cache.find('list', true), cache.find('same scope', true)].map((found) => found === null);
    };
    expect(dropsIt(() => touch('post@x', 'title', 'score'))).toEqual([true, true]);
    expect(dropsIt(() => touch('post@x', 'score'))).toEqual([true, false]);
    expect(dropsIt(() => touch('post@x', '*'))).toEqual([true, false]);
    expect(dropsIt(() => touch('post@x', 'body'))).toEqual([false, false]);
    expect(dropsIt(() => touch('post@y', 'score', 'title'))).toEqual([false, false]);
    // a value may hold the sign that stands before columns
    expect(made('found by text', ['tag@C#'])).toBe(true);
    touch('tag@C#', 'name');
    expect(cache.find('found by text', true)).toBeNull();
    expect(made('found by text', ['tag@C#'])).toBe(true);
    expect(made('found whole', ['tag@D'])).toBe(true);
    touch('tag@D', 'name');
    expect(cache.find('found whole', true)).toBeNull();
    expect(made('listed by text', ['tag@C##name'])).toBe(true);
    touch('tag@C#', 'name');
    expect([cache.find('found by text', true), cache.find('listed by text', true)]).toEqual([null, null]);
  });

  test('are not kept where a column was touched while they were made, and those after them are', () => {
    const touch = () => cache.touch(new Map([['post@x', ['score']]]));
    expect(made('list', ['post@x#score'], touch)).toBe(false);
    expect(made('list', ['post@x#title'], touch)).toBe(true);
    touch();
    expect(made('next', ['post@x#score'])).toBe(true);
  });

  test('are not kept where they were touched while they were made, or a lag before', () => {
    expect(made('page', ['a'], () => cache.touch(touched('a')))).toBe(false);
    expect(made('page', ['a'], () => cache.touch('ALL'))).toBe(false);
    cache = make({ lagMs: 1000 });
    now += 5000;
    cache.touch(touched('a'));
    now += 500;
    expect(made('page', ['a'])).toBe(false);
    now += 600;
    expect(made('page', ['a'])).toBe(true);
  });

  test('are chosen once there is no more room: what is asked again soon, and not what is asked once', () => {
    cache = make({ bytesMax: 10_000 });
    for (let n = 0; n < 30; n++) {
      // while there is room, anything is worth keeping
      if (cache.size < 5) expect(cache.isWorthKeeping(`key ${n}`)).toBe(true);
      made(`key ${n}`, [], () => {}, 1, 'x'.repeat(400));
    }
    const kept = cache.size;
    expect(kept).toBeGreaterThan(5);
    expect(cache.isWorthKeeping('once')).toBe(false);
    expect(cache.isWorthKeeping('once')).toBe(true);
    for (let n = 0; n < 2 * kept; n++) expect(cache.isWorthKeeping(`another ${n}`)).toBe(false);
    expect(cache.isWorthKeeping('once')).toBe(false);
    cache.touch('ALL');
    expect(cache.isWorthKeeping('another one')).toBe(true);
  });

  test('are dropped with a mark that several have, each of them', () => {
    for (const key of ['one', 'two', 'three']) expect(made(key, ['shared', key])).toBe(true);
    cache.touch(touched('two'));
    expect(['one', 'two', 'three'].map((key) => cache.find(key, true) !== null)).toEqual([true, false, true]);
    cache.touch(touched('shared'));
    expect(cache.size).toBe(0);
  });

  test('make room for later ones, those that were asked for longest ago first', () => {
    cache = make({ bytesMax: 10_000 });
    const keys = Array.from({ length: 30 }, (_, n) => `key ${n}`);
    for (const key of keys) {
      expect(made(key, [], () => {}, 1, 'x'.repeat(400))).toBe(true);
      expect(cache.find('key 0', true)).not.toBeNull();
    }
    expect(cache.size).toBeLessThanOrEqual(12);
    expect(cache.find('key 1', true)).toBeNull();
    expect(cache.find('key 29', true)).not.toBeNull();
  });

  test('are kept compressed beside their text, which takes room like any other, and goes with it', () => {
    cache = make({ bytesMax: 10_000 });
    expect(made('page', ['a'], () => {}, 1, 'x'.repeat(400))).toBe(true);
    const found = (key: string) => cache.find(key, true) as CachedAnswer | null;
    const page = found('page');
    expect(page?.compressed('br')).toBeUndefined();
    page?.keepCompressed('br', Buffer.from('short'));
    expect(found('page')?.compressed('br')).toEqual(Buffer.from('short'));
    expect(found('page')?.compressed('gzip')).toBeUndefined();
    expect(made('other', ['b'], () => {}, 1, 'x'.repeat(400))).toBe(true);
    // more than what is left: the page has been asked for longest ago
    found('other')?.keepCompressed('gzip', Buffer.alloc(8500));
    expect([found('page'), found('other')?.compressed('gzip')?.length]).toEqual([null, 8500]);
    // what is no longer kept takes no more room
    page?.keepCompressed('gzip', Buffer.alloc(9000));
    expect(found('other')).not.toBeNull();
    cache.touch(touched('b'));
    now += 1;
    expect(made('other', ['b'])).toBe(true);
    expect(found('other')?.compressed('gzip')).toBeUndefined();
  });

  test('remember no more of what was touched than it takes, and keep nothing that would need more', () => {
    const touchMany = () => {
      for (let n = 0; n < 150; n++) {
        now += 1;
        cache.touch(touched(...Array.from({ length: 1000 }, (_, i) => `${n} ${i}`)));
      }
    };
    // the first of these touches are forgotten when the answer is ready: it might have been one of them
    expect(made('page', ['0 0'], touchMany)).toBe(false);
    expect(made('other', ['unheard of'], touchMany)).toBe(false);
    expect(made('next', ['unheard of'])).toBe(true);
  });

  test('that are begun and never kept are given up, whether or not anything is written', () => {
    for (let n = 0; n < 1000; n++) {
      now += 100;
      cache.draft();
    }
    expect(cache.beingMade).toBeLessThanOrEqual(151); // those of the last 15 seconds
    now += 20_000;
    cache.touch(touched('anything'));
    expect(cache.beingMade).toBe(0);
    expect(made('page', ['a'])).toBe(true);
  });

  test('that took longer to make than any request may are not kept', () => {
    const slow = () => {
      now += 20_000;
      cache.touch(touched('anything'));
      now += 20_000;
      cache.touch(touched('anything'));
    };
    expect(
      made('page', ['a'], () => {
        cache.touch(touched('a'));
        slow();
      }),
    ).toBe(false);
  });
});
