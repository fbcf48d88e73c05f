import { expect, test } from 'vitest';
import { renderMarkdown } from '../../src/text/markdown.ts';
import { runInTurns } from '../../src/text/short-work.ts';

test('short texts that take long together are spread over turns of the event loop, in order', async () => {
  let turn = 0;
  let isDone = false;
  const count = () => {
    turn++;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  const text = `|a|a|\n|-|-|\n${'|\n'.repeat(500)}`;
  const ranAt: number[] = [];
  const work = (n: number) =>
    runInTurns(() => {
      ranAt.push(turn);
      return `${n} ${renderMarkdown(text).html.length}`;
    });
  const results = await Promise.all(Array.from({ length: 30 }, (_, n) => work(n)));
  isDone = true;
  expect(results.map((result) => Number(result.split(' ')[0]))).toEqual(
    Array.from({ length: 30 }, (_, n) => n),
  );
  expect(new Set(ranAt).size).toBeGreaterThan(5);
});

test('work that fails rejects, and the next runs', async () => {
  const failing = runInTurns(() => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await runInTurns(() => 7)).toBe(7);
});
