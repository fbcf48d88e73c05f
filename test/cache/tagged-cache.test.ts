import { beforeEach, describe, expect, test } from 'vitest';
import { TaggedCache } from '../../src/cache/tagged-cache.ts';

const tags = (...all: string[]) => new Map(all.map((tag) => [tag, []]));

describe('a cache with tags', () => {
  let now = 0;
  let ageMsMax = 3_600_000;
  let cache: TaggedCache<{ body: string }>;
  const make = (settings: { bytesMax?: number; lagMs?: number } = {}) =>
    new TaggedCache<{ body: string }>({
      ...{ bytesMax: 1_000_000, lagMs: 0, makingMsMax: 15_000, ageMsMax: () => ageMsMax, now: () => now },
      ...settings,
    });
  beforeEach(() => {
    now = 0;
    ageMsMax = 3_600_000;
    cache = make();
  });
  interface Making {
    readonly meanwhile?: () => void;
    readonly ms?: number;
    readonly bytes?: number;
    readonly expiresAt?: number;
  }
  /** Makes a value, and does something else meanwhile; answers whether it is stored then. */
  function made(key: string, of: string[], making: Making = {}): boolean {
    const { meanwhile = () => {}, ms = 1, bytes = 20, expiresAt = Number.POSITIVE_INFINITY } = making;
    now += 1;
    const startedAt = now;
    now += ms;
    meanwhile();
    now += ms;
    cache.store(key, { startedAt, tags: new Set(of), expiresAt }, { body: key }, bytes);
    return cache.find(key) !== null;
  }

  test('drops what an invalidated tag is of, and nothing else', () => {
    expect(made('page', ['a', 'b'])).toBe(true);
    cache.invalidate(tags('c'));
    expect(cache.find('page')).toEqual({ body: 'page' });
    cache.invalidate(tags('b'));
    expect(cache.find('page')).toBeNull();
  });

  test('drops what depends on a column of some rows when that column changes there', () => {
    const invalidate = (tag: string, ...columns: string[]) => cache.invalidate(new Map([[tag, columns]]));
    const dropped = (change: () => void) => {
      expect(made('list', ['post@x#score', 'post@x#*'])).toBe(true);
      expect(made('same scope', ['post@x#title'])).toBe(true);
      change();
      return [cache.find('list'), cache.find('same scope')].map((found) => found === null);
    };
    expect(dropped(() => invalidate('post@x', 'title', 'score'))).toEqual([true, true]);
    expect(dropped(() => invalidate('post@x', 'score'))).toEqual([true, false]);
    expect(dropped(() => invalidate('post@x', '*'))).toEqual([true, false]);
    expect(dropped(() => invalidate('post@x', 'body'))).toEqual([false, false]);
    expect(dropped(() => invalidate('post@y', 'score', 'title'))).toEqual([false, false]);
    expect(made('whole', ['tag@D'])).toBe(true);
    invalidate('tag@D', 'name');
    expect(cache.find('whole')).toBeNull();
  });

  test('stores nothing whose tags were invalidated while it was made, or a lag before', () => {
    expect(made('page', ['a'], { meanwhile: () => cache.invalidate(tags('a')) })).toBe(false);
    expect(made('page', ['a'], { meanwhile: () => cache.invalidate('ALL') })).toBe(false);
    const touch = () => cache.invalidate(new Map([['post@x', ['score']]]));
    expect(made('list', ['post@x#score'], { meanwhile: touch })).toBe(false);
    expect(made('list', ['post@x#title'], { meanwhile: touch })).toBe(true);
    cache = make({ lagMs: 1000 });
    now += 5000;
    cache.invalidate(tags('a'));
    now += 500;
    expect(made('page', ['a'])).toBe(false);
    now += 600;
    expect(made('page', ['a'])).toBe(true);
  });

  test('uses an entry as long as it may at the moment, and until it expires', () => {
    expect(made('page', [])).toBe(true);
    expect(made('timed', [], { expiresAt: 500 })).toBe(true);
    now = 499;
    expect(cache.find('timed')).not.toBeNull();
    now = 500;
    expect(cache.find('timed')).toBeNull();
    now = 1500;
    expect(cache.find('page')).not.toBeNull();
    ageMsMax = 1000;
    expect(cache.find('page')).toBeNull();
  });

  test('stores everything while it has space, and then only what is requested again soon', () => {
    cache = make({ bytesMax: 10_000 });
    for (let n = 0; n < 30; n++) {
      if (cache.size < 10) expect(cache.isWorthStoring(`key ${n}`)).toBe(true);
      made(`key ${n}`, [], { bytes: 800 });
    }
    expect(cache.isWorthStoring('once')).toBe(false);
    expect(cache.isWorthStoring('once')).toBe(true);
    for (let n = 0; n < 5_000; n++) expect(cache.isWorthStoring(`another ${n}`)).toBe(false);
    expect(cache.isWorthStoring('once')).toBe(false);
    cache.invalidate('ALL');
    expect(cache.isWorthStoring('yet another')).toBe(true);
  });

  test('drops each entry that has a tag which several have', () => {
    for (const key of ['one', 'two', 'three']) expect(made(key, ['shared', key])).toBe(true);
    cache.invalidate(tags('two'));
    expect(['one', 'two', 'three'].map((key) => cache.find(key) !== null)).toEqual([true, false, true]);
    cache.invalidate(tags('shared'));
    expect(cache.size).toBe(0);
  });

  test('drops the least recently used entries to make space, and stores nothing that takes most of it', () => {
    cache = make({ bytesMax: 10_000 });
    for (let n = 0; n < 30; n++) {
      expect(made(`key ${n}`, [], { bytes: 800 })).toBe(true);
      expect(cache.find('key 0')).not.toBeNull();
    }
    expect(cache.size).toBeLessThanOrEqual(12);
    expect(cache.find('key 1')).toBeNull();
    expect(cache.find('key 29')).not.toBeNull();
    expect(made('large', ['a'], { bytes: 2_000 })).toBe(false);
  });

  test('replaces a value that is still there by a larger one, which has the same tags', () => {
    made('page', ['a']);
    const first = cache.find('page') ?? { body: '' };
    cache.replace('page', first, { body: 'and compressed' }, 100);
    expect(cache.find('page')).toEqual({ body: 'and compressed' });
    cache.replace('page', first, { body: 'late' }, 100);
    expect(cache.find('page')).toEqual({ body: 'and compressed' });
    cache.invalidate(tags('a'));
    expect(cache.find('page')).toBeNull();
    cache.replace('page', first, { body: 'late' }, 100);
    expect(cache.size).toBe(0);
  });

  test('remembers no more invalidated tags than it must, and stores nothing that would need more', () => {
    const invalidateMany = () => {
      for (let n = 0; n < 150; n++) {
        now += 1;
        cache.invalidate(tags(...Array.from({ length: 1000 }, (_, i) => `${n} ${i}`)));
      }
    };
    expect(made('page', ['0 0'], { meanwhile: invalidateMany })).toBe(false);
    expect(made('other', ['unknown'], { meanwhile: invalidateMany })).toBe(false);
    expect(made('next', ['unknown'])).toBe(true);
  });

  test('stores nothing that took longer to make than any request may', () => {
    expect(made('page', ['a'], { ms: 8_000 })).toBe(false);
    expect(made('page', ['a'], { ms: 7_000 })).toBe(true);
  });
});
