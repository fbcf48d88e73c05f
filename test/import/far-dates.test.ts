import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';

/** From the first instant that a document may have to the last one. */
const TIMES = [
  '0001-01-01T00:00:00.000Z',
  '1969-12-31T23:59:59.999Z',
  '1970-01-01T00:00:00.000Z',
  '2026-11-24T00:00:00.000Z',
  '9999-12-31T23:59:59.000Z',
  '9999-12-31T23:59:59.999Z',
];

const documentOf = (title: string, at: string, comments = '') =>
  `# ${title}\n\nText.\n\n##### Post Metadata\n- Posted at: ${at}\n\n## Comments\n${comments}`;

describe.each(engines)('imported dates at both ends of time on %s', (engine) => {
  let forum: Forum;
  beforeAll(async () => {
    forum = await openForum(engine, 'empty');
    for (const [n, at] of TIMES.entries()) await forum.load(documentOf(`Question ${n}`, at));
  });
  afterAll(() => forum.close());

  /** Walks through a list, `size` nodes a page, forwards or backwards. */
  async function walk(orderBy: string, size: number, isBackwards: boolean): Promise<string[]> {
    const found: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const args = isBackwards ? 'last: $n, before: $at' : 'first: $n, after: $at';
      const { data, errors } = await forum.ask(
        `query ($n: Int, $at: String) { discussions(orderBy: ${orderBy}, ${args}) {
          nodes { title createdAt } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
        { n: size, at: cursor },
      );
      expect(errors).toBeUndefined();
      const { nodes, pageInfo } = data.discussions;
      const times = nodes.map((node: { createdAt: string }) => node.createdAt);
      if (isBackwards) found.unshift(...times);
      else found.push(...times);
      if (!(isBackwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return found;
      cursor = isBackwards ? pageInfo.startCursor : pageInfo.endCursor;
    }
  }

  test.each([1, 2, 5])(
    'are read as they were written and sorted, %i a page in both directions',
    async (size) => {
      for (const isBackwards of [false, true])
        for (const order of ['NEWEST', 'ACTIVE', 'HOT'])
          expect(await walk(order, size, isBackwards)).toEqual(TIMES.toReversed());
    },
  );

  test('importing them again changes nothing', async () => {
    const before = await walk('NEWEST', 100, false);
    for (const [n, at] of TIMES.entries()) await forum.load(documentOf(`Question ${n}`, at));
    expect(await walk('NEWEST', 100, false)).toEqual(before);
  });
});
