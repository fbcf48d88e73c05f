import { expect, test } from 'vitest';
import { change, type Reads, statement, type Writes } from '../../src/store/index.ts';
import { faultOf } from '../support/declarations.ts';

// by the name of a statement of ours, so that the sentence names its file
const read = (sql: string, ...reads: Reads[]) => faultOf(statement('discussion.earlierText', sql, ...reads));
const FILE = 'src/forum/discussion/revision-reads.ts: the statement "discussion.earlierText"';
const BY_ID = 'SELECT t.id, t.title FROM discussion t WHERE t.id = ?';
const LIST = `SELECT t.id, t.title FROM discussion t
  WHERE t.category_id = ? AND t.deleted_at IS NULL ORDER BY t.hot_score, t.id LIMIT ?`;
const COLUMNS = ['deleted_at', 'hot_score'];
const JOINED = 'SELECT l.url, l.target_id AS "targetId", d.title FROM related_link l';

test.each<[string, Reads[]]>([
  [BY_ID, [{ table: 'discussion', by: ['id'] }]],
  [LIST, [{ table: 'discussion', by: ['category_id'], columns: COLUMNS }]],
  [LIST, [{ table: 'discussion', columns: ['category_id', ...COLUMNS] }]],
  [LIST, [{ table: 'discussion' }]],
  [
    `${JOINED} LEFT JOIN discussion d ON d.id = l.target_id WHERE l.discussion_id = ?`,
    [
      { table: 'related_link', by: ['discussion_id'] },
      { table: 'discussion', id: 'targetId' },
    ],
  ],
])('%s may be declared so', (sql, reads) => {
  expect(read(sql, ...reads)).toBeNull();
});

test.each<[string, Reads[], string]>([
  [BY_ID, [], 'does not declare what it reads'],
  [
    BY_ID,
    [{ table: 'author', by: ['id'] }],
    'declares "author", which it does not read, and does not declare that it reads "discussion"',
  ],
  [
    BY_ID,
    [{ table: 'discussion', by: ['slug'] }],
    'finds rows of "discussion" by something else than slug = parameter 1',
  ],
  [
    LIST,
    [{ table: 'discussion', by: ['category_id'], columns: ['deleted_at'] }],
    'finds rows of "discussion" by hot_score, which it does not declare',
  ],
  [
    LIST,
    [{ table: 'discussion', by: ['category_id'], columns: [...COLUMNS, 'slug'] }],
    'declares discussion.slug, by which it finds nothing',
  ],
  [
    'SELECT label FROM pin WHERE discussion_id = ?',
    [{ table: 'pin', by: ['discussion_id'], columns: [] }],
    "shows pin.label without the row's id",
  ],
  [
    `${JOINED} JOIN discussion d ON d.id = l.target_id WHERE l.discussion_id = ? AND d.deleted_at IS NULL`,
    [
      { table: 'related_link', by: ['discussion_id'] },
      { table: 'discussion', id: 'targetId' },
    ],
    'leaves out rows of "discussion" by its other columns',
  ],
])('of %s, what is declared wrongly is said', (sql, reads, fault) => {
  expect(read(sql, ...reads)).toBe(`${FILE} ${fault}.`);
});

test.each<[string, Writes, string | null]>([
  [
    'UPDATE pin SET label = ? WHERE discussion_id = ?',
    { table: 'pin', sets: ['label'], by: ['label', 'discussion_id'] },
    null,
  ],
  [
    'DELETE FROM session WHERE id = ? AND expires_at > ?',
    { table: 'session', sets: null, by: ['id', null] },
    null,
  ],
  [
    'UPDATE pin SET label = ? WHERE discussion_id = ?',
    { table: 'tag', sets: ['label'], by: [null, 'discussion_id'] },
    'declares "tag" and changes "pin"',
  ],
  [
    'UPDATE pin SET label = ? WHERE discussion_id = ?',
    { table: 'pin', sets: [], by: [null, 'discussion_id'] },
    'declares another SET than label',
  ],
  [
    'UPDATE pin SET label = ? WHERE discussion_id = ?',
    { table: 'pin', sets: ['label'], by: ['label', null] },
    'declares null for parameter 2, which is for discussion_id',
  ],
])('%s', (sql, writes, fault) => {
  const found = faultOf(change('related.adopt', sql, writes));
  const file = 'src/forum/related/waiting-links.ts: the statement "related.adopt"';
  expect(found).toBe(fault && `${file} ${fault}.`);
});

test('nothing can be declared to be found by a column that is in no index', () => {
  expect(() =>
    statement('test.of title', 'SELECT id FROM discussion WHERE title = ?', {
      table: 'discussion',
      by: ['title'],
    }),
  ).toThrow('discussion.title, which is in no index');
});
