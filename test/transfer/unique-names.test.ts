import { describe, expect, test } from 'vitest';
import { engines } from '../support/database.ts';
import { openForum } from '../support/forum.ts';
import { imported, linesOf } from './transfers.ts';

const AT = '2024-03-01T09:30:00.000Z';
const discussion = (key: string, more: object) => ({
  ...{ type: 'discussion', key, title: `Which one, ${key}?`, body: 'Two.', createdAt: AT, ...more },
});

test.each(engines)(
  'names that only one row can have stay with the first record of a file, on %s',
  async (engine) => {
    const forum = await openForum(engine, 'empty');
    try {
      const records = [
        { type: 'author', key: 'a', name: 'Ada', handle: 'ada-l', externalId: 'person-1' },
        { type: 'author', key: 'b', name: 'Ben', handle: 'ben-l', externalId: 'person-1' },
        { type: 'author', key: 'c', name: 'Cleo', externalId: 'person-1' },
        discussion('1', { externalId: 'page-1', importKey: 'document-1', author: 'a' }),
        discussion('2', { externalId: 'page-1', importKey: 'document-1', author: 'b' }),
        { type: 'comment', key: '3', discussion: '1', body: 'A', createdAt: AT, importKey: 'x' },
        { type: 'comment', key: '4', discussion: '1', body: 'B', createdAt: AT, importKey: 'x', author: 'c' },
      ];
      const { omitted } = await imported(forum.db, linesOf(records));
      expect(Object.entries(omitted).map(([what, { count }]) => [what, count])).toEqual([
        ['external ids of authors that another record has', 2],
        ['external ids of discussions that another record has', 1],
        ['thread documents that another record has', 1],
        ['comments in thread documents that another record has', 1],
      ]);
      const { data } = await forum.ask(
        `{ discussion(externalId: "page-1") { title commentCount } discussions { totalCount } }`,
      );
      expect(data).toEqual({
        ...{ discussion: { title: 'Which one, 1?', commentCount: 2 }, discussions: { totalCount: 2 } },
      });
    } finally {
      await forum.close();
    }
  },
);

describe.each(engines)('a discussion that was here before, on %s', (engine) => {
  test('takes the comments of an export that has the same thread document', async () => {
    const forum = await openForum(engine, 'empty');
    try {
      const records = (key: string) => [
        discussion(`${key}:1`, { importKey: 'document-1' }),
        {
          type: 'comment',
          key: `${key}:2`,
          discussion: `${key}:1`,
          body: 'A',
          createdAt: AT,
          importKey: 'x',
        },
      ];
      await imported(forum.db, linesOf(records('one')));
      await imported(forum.db, linesOf(records('two')));
      const { data } = await forum.ask('{ discussions { nodes { commentCount } } }');
      expect(data.discussions.nodes).toEqual([{ commentCount: 1 }]);
    } finally {
      await forum.close();
    }
  });
});
