// Comments that were split off here since they were imported.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { globalId } from '../../src/graphql/global-id.ts';
import { engines } from '../support/database.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { done, exported, imported, linesOf, recordsIn } from './transfers.ts';

const AT = '2024-03-01T09:30:00.000Z';
const post = (n: number, body: string, more: object = {}) => ({
  ...{ type: 'comment', key: `old:post:${n}`, discussion: 'old:3', body, createdAt: AT, ...more },
});
const records = [
  { type: 'author', key: 'old:a', name: 'Ada' },
  { type: 'discussion', key: 'old:3', title: 'Which one?', body: 'Which of the two?', createdAt: AT },
  post(1, 'Another question', { revision: 2 }),
  post(2, 'An answer to it', { replyTo: 'old:post:1' }),
];

describe.each(engines)('on %s', (engine) => {
  let forum: Forum;
  beforeEach(async () => {
    forum = await openForum(engine, 'empty');
    await imported(forum.db, linesOf(records));
    const [comment] = recordsIn(await exported(forum.databaseUrl)).filter(({ type }) => type === 'comment');
    const split = { commentIds: [globalId('Comment', String(comment?.['key']))], title: 'Another one' };
    await done(forum.as('mod'), 'splitDiscussion', split, 'discussion { id }');
  });
  afterEach(() => forum.close());

  test('votes on a comment that is a discussion now, and its revisions, are left out', async () => {
    const revision = { key: 'old:r', comment: 'old:post:1', revision: 1, body: 'Before', createdAt: AT };
    const newer = [
      ...records,
      { type: 'revision', ...revision },
      { type: 'vote', comment: 'old:post:1', author: 'old:a', value: 1, createdAt: AT },
      { type: 'vote', comment: 'old:post:2', author: 'old:a', value: 1, createdAt: AT },
      post(3, 'New'),
    ];
    const { omitted, records: counted } = await imported(forum.db, linesOf(newer));
    expect(Object.keys(omitted)).toEqual([
      'revisions of comments that are gone',
      'votes of comments that are gone',
    ]);
    expect(counted['vote']?.created).toBe(1);
    expect(counted['comment']?.created).toBe(1);
  });
});
