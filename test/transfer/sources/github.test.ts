import { expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { openForum } from '../../support/forum.ts';
import { changesOf } from '../transfers.ts';
import { converted, importedDump } from './dumps.ts';

const AT = '2022-02-02T10:00:00Z';
const ada = { login: 'Ada', avatarUrl: 'https://old.example/ada.png' };
const comment = (id: string, more: object = {}) => ({
  ...{
    id,
    body: `Text of ${id}`,
    author: ada,
    createdAt: AT,
    upvoteCount: 1,
    replies: { totalCount: 0, nodes: [] },
  },
  ...more,
});
const discussion = {
  ...{ id: 'D_1', number: 1, title: 'How?', body: 'So *how*?', url: 'https://github.com/o/r/discussions/1' },
  ...{
    author: null,
    createdAt: AT,
    lastEditedAt: null,
    upvoteCount: 5,
    closed: true,
    closedAt: AT,
    stateReason: 'OUTDATED',
  },
  ...{
    locked: true,
    activeLockReason: 'TOO_HEATED',
    category: { id: 'C_1', name: 'Q&A', isAnswerable: true },
  },
  ...{
    labels: { nodes: [{ name: 'bug' }] },
    answer: { id: 'DC_2' },
    answerChosenAt: AT,
    answerChosenBy: ada,
  },
  comments: {
    totalCount: 5,
    nodes: [
      comment('DC_1', {
        isMinimized: true,
        body: 'Spam',
        replies: { totalCount: 1, nodes: [comment('DC_3', { author: null })] },
      }),
      comment('DC_2'),
      comment('DC_4', { deletedAt: AT, body: 'Secret' }),
      comment('DC_5', { createdAt: 'never' }),
    ],
  },
};
const page = {
  data: {
    repository: { discussions: { totalCount: 1, nodes: [discussion], pageInfo: { hasNextPage: false } } },
  },
};
const text = `${JSON.stringify({ errors: [{ message: 'Slow "down" }' }] })}${JSON.stringify(page, null, 2)}\n`;

test('answers of GitHub become discussions; ghosts, hidden, deleted and missing comments are named', async () => {
  const { records, omitted } = await converted('github', { 'discussions.json': text });
  expect(records['discussion']).toMatchObject([
    {
      ...{
        key: 'github:discussion:D_1',
        title: 'How?',
        body: 'So *how*?',
        author: null,
        importedNetVotes: 5,
      },
      ...{
        createdAt: '2022-02-02T10:00:00.000Z',
        oldUrls: [discussion.url],
        category: 'github:category:C_1',
      },
      ...{ tags: ['github:label:bug'], close: { reason: 'OUTDATED' }, lock: { reason: 'TOO_HEATED' } },
    },
  ]);
  expect(
    records['comment']?.map(({ key, replyTo, body, author }) => [key, replyTo, body, author ?? null]),
  ).toEqual([
    ['github:comment:DC_1', null, '', null],
    ['github:comment:DC_3', 'github:comment:DC_1', 'Text of DC_3', null],
    ['github:comment:DC_2', null, 'Text of DC_2', 'github:user:ada'],
  ]);
  expect(records['answer']).toMatchObject([{ comment: 'github:comment:DC_2', by: 'github:user:ada' }]);
  expect(omitted.sort()).toEqual([
    'answers without discussions',
    'comments without an id or a valid time: ask for `id` and `createdAt`',
    'deleted comments',
    'errors in an answer of the API',
    'hidden comments',
    'pages without all comments',
  ]);
});

test('answers with further comments name their discussion again: the first one counts', async () => {
  const { id, title, body, createdAt } = discussion;
  const below = { totalCount: 1, nodes: [comment('DC_7')] };
  const nodes = [comment('DC_2', { body: 'Cut', upvoteCount: undefined, replies: below })];
  const further = { data: { node: { id, title, body, createdAt, comments: { totalCount: 5, nodes } } } };
  const files = { 'a.json': JSON.stringify(page), 'b.json': JSON.stringify(further) };
  const { records } = await converted('github', files);
  expect(records['discussion']).toHaveLength(1);
  expect(records['discussion']).toMatchObject([{ importedNetVotes: 5, oldUrls: [discussion.url] }]);
  expect(records['comment']?.filter(({ key }) => key === 'github:comment:DC_2')).toMatchObject([
    { body: 'Text of DC_2', importedNetVotes: 1 },
  ]);
  expect(records['comment']?.at(-1)).toMatchObject({
    key: 'github:comment:DC_7',
    replyTo: 'github:comment:DC_2',
  });
});

test('a discussion without a text, such as an issue that was moved, has its title as text', async () => {
  const empty = JSON.stringify({ data: { node: { ...discussion, body: ' ' } } });
  const { records, omitted } = await converted('github', { 'a.json': empty });
  expect(records['discussion']).toMatchObject([{ title: 'How?', body: 'How?' }]);
  expect(omitted).toContain('discussions without a text: they have their title as text');
});

test.each([
  ['is cut off', text.slice(0, -20), /discussions\.json:\d+: the file is cut off\./],
  ['is not JSON', `{}\n{"a": nothing}`, /discussions\.json:2: the file is not JSON/],
  ['is a page', '<html></html>', /discussions\.json:1: the file is not JSON/],
])('a file that %s fails by its line', async (_, broken, message) => {
  await expect(converted('github', { 'discussions.json': broken })).rejects.toThrow(message);
});

test.each(engines)('it is imported on %s once', async (engine) => {
  const forum = await openForum(engine, 'empty');
  try {
    await importedDump(forum.db, 'github', { 'discussions.json': text });
    const { data } = await forum.ask(
      `{ discussion(url: "${discussion.url}") { netUpvotes category { name } answer { body author { name } } } }`,
    );
    expect(data.discussion).toEqual({
      netUpvotes: 5,
      category: { name: 'Q&A' },
      answer: { body: 'Text of DC_2', author: { name: 'Ada' } },
    });
    expect(changesOf(await importedDump(forum.db, 'github', { 'discussions.json': text }))).toBe(0);
  } finally {
    await forum.close();
  }
});
