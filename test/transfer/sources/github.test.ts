import { expect, test } from 'vitest';
import { converted } from './dumps.ts';

const AT = '2024-03-01T09:30:00Z';
const comment = (id: string, more: object = {}) => ({
  ...{ id, body: `Text of ${id}`, createdAt: AT, upvoteCount: 1, author: { login: 'Ada' } },
  ...{ isAnswer: false, isMinimized: false, replies: { totalCount: 0, nodes: [] }, ...more },
});
const discussion = (more: object = {}) => ({
  ...{ id: 'D1', number: 7, title: 'Which one?', body: 'I need **two**.', createdAt: AT, upvoteCount: 3 },
  ...{ url: 'https://github.com/o/r/discussions/7', author: null, closed: true, stateReason: 'RESOLVED' },
  ...{ category: { name: 'Q&A', slug: 'q-a', isAnswerable: true }, labels: { nodes: [{ name: 'billing' }] } },
  comments: {
    totalCount: 3,
    nodes: [
      comment('C1', { replies: { totalCount: 1, nodes: [comment('C2', { isAnswer: true })] } }),
      comment('C3', { isMinimized: true, minimizedReason: 'spam' }),
    ],
  },
  ...more,
});
const page = (...nodes: object[]) => JSON.stringify({ data: { repository: { discussions: { nodes } } } });

test('discussions with comments and replies become records', async () => {
  const { records, omitted } = await converted('github', { 'a.json': page(discussion()) });
  expect(records['discussion']).toEqual([
    expect.objectContaining({
      ...{ key: 'github:discussion:D1', title: 'Which one?', author: null, importedNetVotes: 3 },
      ...{ category: 'github:category:q-a', tags: ['github:label:billing'] },
      oldUrls: ['https://github.com/o/r/discussions/7'],
      close: { at: '2024-03-01T09:30:00.000Z', reason: 'RESOLVED' },
    }),
  ]);
  expect(records['comment']).toEqual([
    expect.objectContaining({ key: 'github:comment:C1', replyTo: null, author: 'github:user:ada' }),
    expect.objectContaining({ key: 'github:comment:C2', replyTo: 'github:comment:C1' }),
  ]);
  expect(records['answer']).toEqual([
    expect.objectContaining({ discussion: 'github:discussion:D1', comment: 'github:comment:C2' }),
  ]);
  expect(omitted).toEqual(['hidden comments', 'comments that the export does not hold']);
});

test.each([
  ['pages one after another', page(discussion()) + page(discussion({ id: 'D2' }))],
  ['a list of pages', `[\n${page(discussion())},${page(discussion({ id: 'D2' }))}]`],
  ['JSON Lines', `\uFEFF${JSON.stringify(discussion())}\r\n${JSON.stringify(discussion({ id: 'D2' }))}\n`],
])('reads %s', async (_, text) => {
  const { records, progress } = await converted('github', { 'a.json': text });
  expect(records['discussion']?.map(({ key }) => key)).toEqual([
    'github:discussion:D1',
    'github:discussion:D2',
  ]);
  expect(progress.done).toBe(progress.total);
});

test('nothing of a deleted comment is kept but its place', async () => {
  const replies = { totalCount: 1, nodes: [comment('C2')] };
  const nodes = [comment('C1', { deletedAt: AT, replies }), comment('C3', { deletedAt: AT })];
  const { records, omitted } = await converted('github', {
    'a.json': page(discussion({ comments: { nodes } })),
  });
  expect(records['comment']?.[0]).toMatchObject({ key: 'github:comment:C1', body: '', author: null });
  expect(records['comment']?.map(({ key }) => key)).toEqual(['github:comment:C1', 'github:comment:C2']);
  expect(omitted).toEqual(['deleted or empty comments', 'deleted or empty comments']);
});

test.each([
  ['{"data":\n{"a', 'a.json:2: the file ends within a value'],
  ['{"a":1}\n{"a":tru}', 'a.json:2: it is not JSON'],
  ['hello', 'a.json:1: an object of JSON is expected here.'],
])('a broken file %j fails by its line', async (text, message) => {
  await expect(converted('github', { 'a.json': text })).rejects.toThrow(message);
});
