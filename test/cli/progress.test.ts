import { afterEach, expect, test, vi } from 'vitest';
import { Pace, Progress } from '../../src/cli/progress.ts';
import { SourcesInTurn } from '../../src/cli/sources-in-turn.ts';
import type { RecordSource } from '../../src/transfer/index.ts';

test('the time left follows the speed of the last minute', () => {
  const pace = new Pace(0);
  expect(pace.leftMs(0, { done: 0, total: 1_000 })).toBeNull();
  pace.add(1_000, 100);
  expect(pace.leftMs(1_000, { done: 100, total: 1_000 })).toBe(9_000);
  expect(pace.leftMs(1_000, { done: 100, total: null })).toBeNull();
  // what was stored was passed over fast, and what is new takes longer
  for (let ms = 2_000; ms <= 200_000; ms += 1_000) pace.add(ms, 100 + ms / 1_000);
  const left = pace.leftMs(200_000, { done: 300, total: 1_000 }) ?? 0;
  expect(Math.round(left / 1_000)).toBe(700);
  expect(pace.leftMs(200_000, { done: 1_001, total: 1_000 })).toBe(0);
});

/** A source of which each turn reads a part. */
function sourceOf(total: number, closed: string[], name: string): RecordSource {
  let done = 0;
  return {
    progress: () => ({ done, total }),
    async *[Symbol.asyncIterator]() {
      for (; done < total; done += total / 4) yield { at: { file: name }, omitted: { what: name } };
    },
    close: async () => void closed.push(name),
  };
}

test('the progress through several files grows from nothing to the sum of their sizes', async () => {
  const closed: string[] = [];
  const sizes: Readonly<Record<string, number>> = { a: 400, b: 40, c: 4_000 };
  const kind = {
    description: 'files',
    open: async (file: string) => sourceOf(sizes[file] ?? 0, closed, file),
  };
  const sources = await SourcesInTurn.open(kind, ['a', 'b', 'c'], null);
  const seen: number[] = [];
  const look = () => {
    const { done, total } = sources.progress();
    expect(total).toBe(4_440);
    seen.push(done);
  };
  look();
  for await (const source of sources)
    for await (const item of source) {
      expect('omitted' in item).toBe(true);
      look();
    }
  look();
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect([seen.at(0), seen.at(-1)]).toEqual([0, 4_440]);
  expect(closed).toEqual([]);
});

test('files that are not reached are closed, and one that cannot be opened closes those before', async () => {
  const closed: string[] = [];
  const kind = {
    description: 'files',
    open: async (file: string) => {
      if (file === 'missing') throw new Error('missing');
      return sourceOf(4, closed, file);
    },
  };
  await expect(SourcesInTurn.open(kind, ['a', 'missing'], null)).rejects.toThrow('missing');
  expect(closed).toEqual(['a']);
  for await (const source of await SourcesInTurn.open(kind, ['b', 'c', 'd'], null)) {
    expect(source.progress().done).toBe(0);
    break;
  }
  expect(closed).toEqual(['a', 'c', 'd']);
});

afterEach(() => vi.restoreAllMocks());

test('the share that is shown never falls', () => {
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  const progress = new Progress();
  for (const [i, done] of [10, 60, 30, 90].entries()) {
    now.mockReturnValue((i + 1) * 10_000);
    progress.show({ done, total: 100 }, 'records');
  }
  expect(lines.map((line) => /(\d+) %/.exec(line)?.[1])).toEqual(['10', '60', '60', '90']);
});
