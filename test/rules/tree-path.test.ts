import fc from 'fast-check';
import { expect, test } from 'vitest';
import { treePathOf, treePaths } from '../../src/forum/comment/tree-path.ts';
import { newId } from '../../src/store/ids.ts';

interface Placed {
  readonly id: string;
  readonly replyToId: string | null;
  readonly createdAt: number;
}

/** Depth-first, siblings by time and then by id: straight from the definition. */
function depthFirst(comments: readonly Placed[], below: string | null = null): Placed[] {
  return comments
    .filter(({ replyToId }) => replyToId === below)
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
    .flatMap((comment) => [comment, ...depthFirst(comments, comment.id)]);
}

const sortedByPath = (comments: readonly Placed[]) => {
  const paths = treePaths(comments);
  return comments
    .map((comment, i) => ({ comment, path: paths[i] ?? '' }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ comment }) => comment);
};

test('paths sort any thread depth-first, siblings oldest first, from the year 1 to 9999', () => {
  const time = fc.oneof(
    fc.constant(0),
    fc.integer({ min: Date.parse('0001-01-01'), max: Date.parse('9999-12-31') }),
  );
  const shape = fc.array(fc.record({ parent: fc.nat(), time }), { maxLength: 40 });
  fc.assert(
    fc.property(shape, fc.func(fc.integer()), (rows, shuffle) => {
      const ids = rows.map((row) => newId(row.time));
      const comments = rows.map(({ parent, time: createdAt }, i): Placed => {
        const at = parent % (i + 1);
        return { id: ids[i] ?? '', replyToId: at === i ? null : (ids[at] ?? null), createdAt };
      });
      const shuffled = [...comments].sort((a, b) => shuffle(a.id) - shuffle(b.id));
      expect(sortedByPath(shuffled)).toEqual(depthFirst(comments));
    }),
  );
});

test('a path below 100 levels has a bounded length, and stands behind the comments above it', () => {
  const chain = Array.from({ length: 150 }, (_, n) => ({ id: newId(n), createdAt: n }));
  let path: string | null = null;
  let previous = '';
  for (const comment of chain) {
    path = treePathOf(path, comment);
    expect(path > previous).toBe(true);
    expect(path.length).toBeLessThanOrEqual(2_300);
    previous = path;
  }
});

test('a circle of replies, or a missing parent, still gives every comment a path', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(26)) as [string, string, string];
  const at = { createdAt: 0 };
  const circle = [
    { id: a, replyToId: b, ...at },
    { id: b, replyToId: a, ...at },
    { id: c, replyToId: 'missing', ...at },
  ];
  for (const path of treePaths(circle)) expect(path).not.toBe('');
});
