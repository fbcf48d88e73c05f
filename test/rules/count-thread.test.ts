import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CountedComment, countThread } from '../../src/forum/comment/index.ts';
import { countDiscussion } from '../../src/forum/discussion/index.ts';

/** A thread written as "id<parent", with "!" behind deleted ones; each is an hour younger than the one before. */
function thread(text: string): CountedComment[] {
  return text.split(' ').map((word, hour) => {
    const [id = '', replyToId = null] = word.replace('!', '').split('<');
    const isDeleted = word.endsWith('!');
    return { id, replyToId, createdAt: hour * 3_600_000, isDeleted, importedNetVotes: 0, up: 0, down: 0 };
  });
}

test.each([
  ['a', 1, 1, 'a'],
  ['a b<a c<b', 3, 1, 'c'],
  ['a b c<a', 3, 2, 'c'],
  ['a b!', 1, 1, 'a'],
  ['a! b<a', 1, 1, 'b'],
  ['a! b<a!', 0, 0, null],
  ['a! b<a! c<b', 1, 1, 'c'],
  ['a b<a!', 1, 1, 'a'],
])(
  'in "%s" there are %i comments, %i at the top level, and the last is %s',
  (text, count, topLevel, last) => {
    const counted = countThread(thread(text)).thread;
    expect(counted.commentCount).toBe(count);
    expect(counted.topLevelCommentCount).toBe(topLevel);
    expect(counted.lastComment?.id ?? null).toBe(last);
  },
);

test.each([
  ['a b<a c<b d<a', [3, 2], [1, 1], [0, 0], [0, 0]],
  ['a b<a! c<b', [1, 1], [1, 1], [0, 0]],
  ['a b<a! c<b!', [0, 0], [0, 0], [0, 0]],
  ['c<b b<a a', [0, 0], [1, 1], [2, 1]],
])('in "%s" the replies below and directly below are counted', (text, ...counts) => {
  const { counters } = countThread(thread(text));
  expect(counters.map(({ replyCount, directReplyCount }) => [replyCount, directReplyCount])).toEqual(counts);
});

test('votes count here and imported ones on the side of their sign', () => {
  const [base] = thread('a') as [CountedComment];
  const { counters } = countThread([{ ...base, importedNetVotes: -2, up: 3, down: 1 }]);
  expect(counters[0]).toMatchObject({ upvoteCount: 3, downvoteCount: 3, netUpvotes: 0, controversyScore: 6 });
});

test('of two comments of one time the last is the one with the greater id', () => {
  const comments = thread('b a').map((comment) => ({ ...comment, createdAt: 5 }));
  expect(countThread(comments).thread.lastComment?.id).toBe('b');
});

test('a discussion is active when its newest comment is, and never before it began', () => {
  const base = {
    createdAt: 1_000,
    importedNetVotes: 0,
    up: 0,
    down: 0,
    commentCount: 1,
    topLevelCommentCount: 1,
  };
  const activity = (at: number) => countDiscussion({ ...base, lastComment: { id: 'a', createdAt: at } });
  expect(activity(5_000)).toMatchObject({ lastActivityAt: 5_000, lastCommentId: 'a' });
  expect(activity(500)).toMatchObject({ lastActivityAt: 1_000, lastCommentId: 'a' });
});

test('any thread is counted as the definitions say, however it is ordered', () => {
  const shape = fc.array(fc.record({ parent: fc.nat(), isDeleted: fc.boolean() }), { maxLength: 40 });
  fc.assert(
    fc.property(shape, fc.func(fc.integer()), (rows, shuffle) => {
      const comments = rows.map(({ parent, isDeleted }, i): CountedComment => {
        const at = parent % (i + 1);
        const replyToId = at === i ? null : `c${at}`;
        return { id: `c${i}`, replyToId, createdAt: i, isDeleted, importedNetVotes: 0, up: 0, down: 0 };
      });
      const shuffled = [...comments].sort((a, b) => shuffle(a.id) - shuffle(b.id));
      const { thread: counted, counters } = countThread(shuffled);
      // straight from the definitions, in as many steps as it takes
      const childrenOf = (id: string | null) => comments.filter((comment) => comment.replyToId === id);
      const below = (id: string): CountedComment[] => childrenOf(id).flatMap((c) => [c, ...below(c.id)]);
      const visible = (list: CountedComment[]) => list.filter((c) => !c.isDeleted).length;
      const listed = (list: CountedComment[]) =>
        list.filter((c) => !c.isDeleted || visible(below(c.id)) > 0).length;
      expect(counted.commentCount).toBe(visible(comments));
      expect(counted.topLevelCommentCount).toBe(listed(childrenOf(null)));
      shuffled.forEach(({ id }, i) => {
        expect(counters[i]?.replyCount).toBe(visible(below(id)));
        expect(counters[i]?.directReplyCount).toBe(listed(childrenOf(id)));
      });
    }),
  );
});
