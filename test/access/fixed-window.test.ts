import { expect, test } from 'vitest';
import { FixedWindows } from '../../src/access/fixed-window.ts';

function spansAt(start: number) {
  let now = start;
  const windows = new FixedWindows(60, () => now);
  return {
    windows,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test('a window has a number of points, and reports how many are left and for how long', () => {
  const { windows, pass } = spansAt(1000);
  expect(windows.left('ada', 10)).toEqual({ points: 10, perSeconds: 60, left: 10, resetsInMs: 0 });
  expect(windows.consume('ada', 10, 4)).toEqual({ points: 10, perSeconds: 60, left: 6, resetsInMs: 60_000 });
  pass(20_000);
  expect(windows.consume('ada', 10, 6)).toEqual({ points: 10, perSeconds: 60, left: 0, resetsInMs: 40_000 });
  expect(windows.left('ben', 10).left).toBe(10);
});

test('a refusal takes nothing, and states the seconds until the window ends', () => {
  const { windows, pass } = spansAt(0);
  windows.consume('ada', 10, 8);
  pass(58_500);
  expect(() => windows.consume('ada', 10, 3)).toThrow(
    expect.objectContaining({ code: 'RATE_LIMITED', retryAfter: 2 }),
  );
  expect(windows.consume('ada', 10, 2).left).toBe(0);
});

test('a new window begins with the first use after the previous one has ended', () => {
  const { windows, pass } = spansAt(0);
  windows.consume('ada', 10, 10);
  pass(60_000);
  expect(windows.left('ada', 10)).toMatchObject({ left: 10, resetsInMs: 0 });
  pass(30_000);
  expect(windows.consume('ada', 10, 1)).toMatchObject({ left: 9, resetsInMs: 60_000 });
});

test('windows that have ended are deleted from memory', () => {
  const { windows, pass } = spansAt(0);
  for (let second = 0; second < 1000; second++) {
    for (const key of ['every second', `second ${second}`, `every third ${second % 3}`])
      windows.consume(key, 1000, 1);
    pass(1000);
  }
  // a minute's keys, and the one that comes back before it is looked at
  expect(windows.size).toBeLessThanOrEqual(60 + 1 + 3 + 1);
});

test('points are given back to the window from which they were taken, and to no later one', () => {
  const { windows, pass } = spansAt(1000);
  windows.consume('ada', 10, 8);
  expect(windows.refund('ada', 10, 5, 1000).left).toBe(7);
  pass(60_000);
  windows.consume('ada', 10, 9);
  expect(windows.refund('ada', 10, 3, 1000).left).toBe(1);
  expect(windows.refund('ada', 10, 3, 61_000).left).toBe(4);
});

test('points that were used already are recorded, also beyond what is left', () => {
  const { windows, pass } = spansAt(0);
  windows.record('ada', 7);
  expect(windows.left('ada', 10).left).toBe(3);
  windows.record('ada', 7);
  expect(windows.left('ada', 10)).toMatchObject({ left: -4, resetsInMs: 60_000 });
  pass(60_000);
  expect(windows.left('ada', 10).left).toBe(10);
});
