import { expect, test } from 'vitest';
import { differing } from '../../src/store/index.ts';

test('only what is not as it was is written', () => {
  const row = { id: 'a', upvoteCount: 1, controversyScore: 0, lastCommentId: null as string | null };
  expect(differing(row, { upvoteCount: 2, controversyScore: 0 })).toEqual({ upvoteCount: 2 });
  expect(differing(row, { lastCommentId: 'c', upvoteCount: 1 })).toEqual({ lastCommentId: 'c' });
  expect(differing(row, { lastCommentId: null })).toEqual({});
});
