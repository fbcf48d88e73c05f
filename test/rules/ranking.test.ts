import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  controversyScore,
  explainComment,
  explainDiscussion,
  hotScore,
  votes,
  wilsonLowerBound,
} from '../../src/forum/ranking.ts';

const HOURS_22 = 79_200_000;

test.each([
  [0, 0, 0, { upvoteCount: 0, downvoteCount: 0, netUpvotes: 0 }],
  [5, 2, 1, { upvoteCount: 7, downvoteCount: 1, netUpvotes: 6 }],
  [-3, 2, 1, { upvoteCount: 2, downvoteCount: 4, netUpvotes: -2 }],
])('imported %i with %i up and %i down: up − down is the net figure', (imported, up, down, expected) => {
  expect(votes(imported, up, down)).toEqual(expected);
});

// by hand: the smaller root p of (share − p)² = z² · p · (1 − p) / n; for 1 of 1 that is 1 / (1 + z²)
test.each([
  [0, 0, 0],
  [0, 7, 0],
  [1, 0, 0.3784296],
  [10, 0, 0.8589222],
  [1, 1, 0.1642448],
  [60, 40, 0.5360871],
])('the lower bound for %i up and %i down is %f', (up, down, bound) => {
  expect(wilsonLowerBound(up, down)).toBeCloseTo(bound, 6);
});

test.each([
  [0, 0, 0, 0],
  [0, 0, HOURS_22, 1],
  [10, 0, 0, 1],
  [-10, 0, 0, -1],
  [4, 6, 10 * HOURS_22, 11],
  [0, 100, 0, 2],
  [1, 0, 0, 0],
])('a net of %i with %i comments at %i ms is as hot as %f', (net, comments, createdAt, score) => {
  expect(hotScore(net, comments, createdAt)).toBeCloseTo(score, 10);
});

test('ten times the votes make up for 22 hours', () => {
  const now = new Date('2026-11-24T03:00:00.000Z');
  expect(hotScore(100, 0, new Date(now.getTime() - HOURS_22))).toBeCloseTo(hotScore(10, 0, now), 6);
});

test.each([
  [0, 0, 0],
  [9, 0, 0],
  [0, 9, 0],
  [1, 1, 2],
  [50, 50, 100],
  [4, 2, 2.4494897],
  [2, 4, 2.4494897],
])('%i up and %i down are controversial by %f', (up, down, score) => {
  expect(controversyScore(up, down)).toBeCloseTo(score, 6);
});

test('every score of every input is a finite number', () => {
  const any = fc.oneof(fc.integer(), fc.double(), fc.constant(Number.MAX_VALUE));
  fc.assert(
    fc.property(any, any, any, (a, b, c) => {
      const counts = [Math.abs(a), Math.abs(b)] as const;
      return [hotScore(a, b, c), wilsonLowerBound(...counts), controversyScore(...counts)].every(
        Number.isFinite,
      );
    }),
  );
});

const count = fc.integer({ min: 0, max: 1_000_000 });
const instant = fc.integer({ min: 0, max: Date.parse('2100-01-01T00:00:00Z') });

test('one more upvote never ranks a comment or a discussion lower', () => {
  fc.assert(
    fc.property(count, count, count, instant, (up, down, comments, at) => {
      const of = (upvoteCount: number) => ({
        ...{ upvoteCount, downvoteCount: down, netUpvotes: upvoteCount - down },
        ...{ commentCount: comments, createdAt: at, lastActivityAt: at },
      });
      for (const orderBy of ['BEST', 'TOP'] as const)
        expect(explainComment(of(up + 1), orderBy).value).toBeGreaterThanOrEqual(
          explainComment(of(up), orderBy).value,
        );
      expect(explainDiscussion(of(up + 1), 'TOP').value).toBeGreaterThan(
        explainDiscussion(of(up), 'TOP').value,
      );
      // with a negative net, fewer votes against it weigh less
      expect(explainDiscussion(of(up + 1), 'HOT').value).toBeGreaterThanOrEqual(
        explainDiscussion(of(up), 'HOT').value,
      );
    }),
  );
});

test('an explanation has the value by which rows are sorted, and every input that its formula names', () => {
  const row = {
    ...{ upvoteCount: 7, downvoteCount: 2, netUpvotes: 5, commentCount: 4 },
    ...{ createdAt: 1_000_000, lastActivityAt: 2_000_000 },
  };
  expect(explainDiscussion(row, 'HOT').value).toBe(hotScore(5, 4, 1_000_000));
  expect(explainDiscussion(row, 'ACTIVE').value).toBe(2_000_000);
  expect(explainDiscussion(row, 'MOST_COMMENTS').value).toBe(4);
  expect(explainDiscussion(row, 'CONTROVERSIAL').value).toBe(controversyScore(7, 2));
  expect(explainComment(row, 'BEST')).toMatchObject({
    inputs: [
      { name: 'upvotes', value: 7 },
      { name: 'downvotes', value: 2 },
      { name: 'z', value: 1.2816 },
    ],
    value: wilsonLowerBound(7, 2),
  });
  for (const orderBy of ['HOT', 'TOP', 'NEWEST', 'ACTIVE', 'MOST_COMMENTS', 'CONTROVERSIAL'] as const)
    for (const { name } of explainDiscussion(row, orderBy).inputs)
      expect(explainDiscussion(row, orderBy).formula).toContain(name);
});
