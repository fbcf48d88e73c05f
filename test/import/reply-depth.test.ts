import { expect, test } from 'vitest';
import { importDocument } from '../../src/import/index.ts';
import { parseThreadDocument } from '../../src/import/parse-thread-document.ts';
import { withinDepth } from '../../src/import/reply-depth.ts';
import { newId } from '../../src/store/ids.ts';
import { statement } from '../../src/store/index.ts';
import { engines, openTestDatabase } from '../support/database.ts';
import { threadDocument } from '../support/documents.ts';

/** Comments of which each replies to the one of this number; null at the top level. */
const document = (replies: readonly (number | null)[]) =>
  threadDocument({
    title: 'How deep?',
    comments: replies.map((to, i) => ({
      body: `Comment ${i + 1}`,
      more: to === null ? [] : [`Reply to: Comment ${to}`],
    })),
  });

test.each([
  { depthMax: 2, replies: [null, 1, 2, 3, 4], moved: [null, 1, 2, 2, 2], count: 2 },
  { depthMax: 1, replies: [null, 1, 1, 2, 4, null], moved: [null, 1, 1, 1, 1, null], count: 2 },
  { depthMax: 0, replies: [null, 1, 2], moved: [null, null, null], count: 2 },
  // a reply may stand before the comment that it replies to
  { depthMax: 1, replies: [2, 3, null], moved: [3, 3, null], count: 1 },
  { depthMax: 10, replies: [null, 1, 2], moved: [null, 1, 2], count: 0 },
])(
  'replies $replies have $moved above them where $depthMax levels are allowed',
  ({ depthMax, replies, moved, count }) => {
    const parsed = parseThreadDocument(document(replies), 'a.md');
    const { comments, warnings } = withinDepth(parsed, depthMax);
    expect(comments.map(({ replyTo }) => replyTo)).toEqual(moved);
    const message = `replies deeper than ${depthMax} levels, which reply to a comment further up now: ${count}`;
    expect(warnings.map((warning) => warning.message)).toEqual(count === 0 ? [] : [message]);
  },
);

const depths = statement<{ depth: number }>('test.depths', 'SELECT t.depth FROM comment t ORDER BY t.depth');

test.each(engines)('a document is imported on %s within the depth of replies', async (engine) => {
  const opened = await openTestDatabase(engine);
  try {
    const deps = { db: opened.db, newId, replyDepthMax: 2 };
    const text = document([null, 1, 2, 3, 4]);
    const origin = { fileName: 'a.md', asOf: new Date('2026-11-24T00:00:00Z') };
    const { status, warnings } = await importDocument(deps, text, origin);
    expect([status, warnings.length]).toEqual(['created', 1]);
    expect((await opened.db.read.all(depths, [])).map(({ depth }) => depth)).toEqual([0, 1, 2, 2, 2]);
    expect((await importDocument(deps, text, origin)).status).toBe('unchanged');
  } finally {
    await opened.close();
  }
});
