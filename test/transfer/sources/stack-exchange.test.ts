import { describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { openForum } from '../../support/forum.ts';
import { changesOf } from '../transfers.ts';
import { converted, importedDump } from './dumps.ts';

const xml = (root: string, ...rows: Record<string, string | number>[]) =>
  `\uFEFF<?xml version="1.0" encoding="utf-8"?>\n<${root}>\n${rows.map((row) => `  <row ${attributes(row)} />\n`).join('')}</${root}>`;
const attributes = (row: Record<string, string | number>) =>
  Object.entries(row)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(' ');
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll('\n', '&#xA;');

const AT = '2019-03-01T10:00:00.123';
const question = {
  ...{ Id: 1, PostTypeId: 1, AcceptedAnswerId: 3, CreationDate: AT, Score: 7, OwnerUserId: 5 },
  ...{ Body: '<p>Which <b>knife</b>?</p>', Title: 'Which knife & why?', Tags: '|knives|steel|' },
};
const files = {
  'Posts.xml': xml(
    'posts',
    question,
    {
      Id: 2,
      PostTypeId: 2,
      ParentId: 1,
      CreationDate: AT,
      Score: -2,
      Body: '<p>None.</p>',
      OwnerDisplayName: 'gone',
    },
    { Id: 3, PostTypeId: 2, ParentId: 1, CreationDate: AT, Score: 4, Body: '<p>This.</p>', OwnerUserId: 6 },
    { Id: 4, PostTypeId: 2, ParentId: 99, CreationDate: AT, Score: 0, Body: '<p>Lost.</p>' },
    { Id: 5, PostTypeId: 5, CreationDate: AT, Body: '<p>About knives</p>' },
    {
      ...{
        Id: 6,
        PostTypeId: 1,
        CreationDate: 'soon',
        ClosedDate: '2020-01-01T00:00:00',
        Body: '<p>Same.</p>',
      },
      ...{ Title: 'Again', Tags: '<knives>', OwnerUserId: 77, Score: 'many' },
    },
  ),
  'Users.xml': xml(
    'users',
    { Id: -1, DisplayName: 'Community', CreationDate: AT },
    { Id: 5, DisplayName: 'Ada', CreationDate: AT, ProfileImageUrl: 'https://old.example/a.png' },
    { Id: 6, DisplayName: 'Ben', CreationDate: AT },
    { Id: 7, DisplayName: 'Silent', CreationDate: AT },
  ),
  'Comments.xml': xml(
    'comments',
    { Id: 1, PostId: 3, Score: 2, Text: 'Thanks, *Ben*', CreationDate: AT, UserId: 5 },
    { Id: 2, PostId: 1, Score: 0, Text: 'More detail?', CreationDate: AT, UserId: 6 },
    { Id: 3, PostId: 4, Score: 0, Text: 'Lost too', CreationDate: AT },
  ),
  'Votes.xml': xml(
    'votes',
    { Id: 1, PostId: 3, VoteTypeId: 1, CreationDate: '2019-03-05T00:00:00.000' },
    { Id: 2, PostId: 6, VoteTypeId: 2, CreationDate: '2019-03-05T00:00:00.000' },
    { Id: 3, PostId: 6, VoteTypeId: 2, CreationDate: '2019-03-05T00:00:00.000' },
    { Id: 4, PostId: 6, VoteTypeId: 3, CreationDate: '2019-03-05T00:00:00.000' },
  ),
  'PostLinks.xml': xml(
    'postlinks',
    { Id: 1, PostId: 6, RelatedPostId: 1, LinkTypeId: 3 },
    { Id: 2, PostId: 1, RelatedPostId: 6, LinkTypeId: 1 },
    { Id: 3, PostId: 1, RelatedPostId: 500, LinkTypeId: 1 },
  ),
};

describe('a dump of Stack Exchange', () => {
  test('becomes discussions, comments, replies, answers, duplicates and links; what it lacks is named', async () => {
    const { records, omitted, progress } = await converted('stackexchange', files);
    const key = (rest: string) => `stackexchange:old.example:${rest}`;
    const time = '2019-03-01T10:00:00.123Z';
    expect(records['author']).toEqual([
      { key: key('user:5'), name: 'Ada', avatarUrl: 'https://old.example/a.png', createdAt: time },
      { key: key('user:6'), name: 'Ben', avatarUrl: null, createdAt: time },
      { key: key('post:2:author'), name: 'gone' },
    ]);
    expect(records['tag']?.map(({ name }) => name)).toEqual(['knives', 'steel']);
    expect(records['discussion']).toEqual([
      {
        ...{
          key: key('post:1'),
          title: 'Which knife & why?',
          body: 'Which **knife**?',
          author: key('user:5'),
        },
        ...{ createdAt: time, lastEditedAt: null, importedNetVotes: 7 },
        tags: [key('tag:knives'), key('tag:steel')],
        oldUrls: ['https://old.example/questions/1/*', 'https://old.example/q/1/*'],
      },
      {
        ...{ key: key('post:6'), title: 'Again', body: 'Same.', author: null, createdAt: time },
        ...{
          createdAtIsApproximate: true,
          lastEditedAt: null,
          importedNetVotes: 1,
          tags: [key('tag:knives')],
        },
        oldUrls: ['https://old.example/questions/6/*', 'https://old.example/q/6/*'],
        close: { at: '2020-01-01T00:00:00.000Z', reason: 'DUPLICATE' },
      },
    ]);
    expect(
      records['comment']?.map(({ key: id, replyTo = null, body, importedNetVotes }) => [
        id,
        replyTo,
        body,
        importedNetVotes,
      ]),
    ).toEqual([
      [key('post:2'), null, 'None.', -2],
      [key('post:3'), null, 'This.', 4],
      [key('comment:1'), key('post:3'), 'Thanks, *Ben*', 2],
      [key('comment:2'), null, 'More detail?', 0],
    ]);
    expect(records['comment']?.map(({ oldUrls }) => oldUrls)).toEqual([
      ['https://old.example/a/2/*'],
      ['https://old.example/a/3/*'],
      undefined,
      undefined,
    ]);
    expect(records['answer']).toEqual([
      { discussion: key('post:1'), comment: key('post:3'), at: '2019-03-05T00:00:00.000Z' },
    ]);
    expect(records['duplicate']).toEqual([{ discussion: key('post:6'), of: key('post:1') }]);
    expect(records['link']?.map(({ discussion, target, title }) => [discussion, target, title])).toEqual([
      [key('post:1'), key('post:6'), 'Again'],
    ]);
    expect(omitted.sort()).toEqual([
      'answers to questions that are not in the dump',
      'authors who are not in Users.xml: their texts have no author',
      'comments on posts that are not in the dump',
      'links that do not join two questions of the dump',
      'posts that are neither questions nor answers, such as descriptions of tags',
      'texts without a valid time: they have that of the text before',
    ]);
    expect(progress.done).toBe(progress.total);
  });

  test('has the Markdown of PostHistory.xml, unless that contains HTML', async () => {
    const long = 'x'.repeat(300_000);
    const history = xml(
      'posthistory',
      { Id: 1, PostHistoryTypeId: 2, PostId: 1, Text: 'First\n\n*text*' },
      { Id: 2, PostHistoryTypeId: 1, PostId: 1, Text: 'Title' },
      { Id: 3, PostHistoryTypeId: 2, PostId: 3, Text: 'Press <kbd>x</kbd>' },
      { Id: 4, PostHistoryTypeId: 4, PostId: 2, Text: long },
      { Id: 5, PostHistoryTypeId: 5, PostId: 1, Text: 'Which _knife_ &\n1 < 2?' },
      { Id: 6, PostHistoryTypeId: 2, PostId: 2, Text: long },
    );
    const { records } = await converted('stackexchange', { ...files, 'PostHistory.xml': history });
    expect(records['discussion']?.[0]?.['body']).toBe('Which _knife_ &\n1 < 2?');
    expect(records['comment']?.slice(0, 2).map(({ body }) => body)).toEqual([long, 'This.']);
  });

  const [start = ''] = files['Posts.xml'].split('  <row Id="4"');
  test.each([
    ['is cut off', start, /Posts\.xml:6: unclosed tag/],
    ['is not XML', start.replace('<row Id="2"', '<row Id=2'), /Posts\.xml:4: /],
    ['is another file', xml('users'), /Posts\.xml:2: the file begins with <users>, not with <posts>\./],
    ['is empty', '', /Posts\.xml:1: /],
  ])('fails by file and line if Posts.xml %s', async (_, posts, message) => {
    await expect(converted('stackexchange', { ...files, 'Posts.xml': posts })).rejects.toThrow(message);
  });

  test('is refused without Posts.xml and without a site', async () => {
    await expect(converted('stackexchange', {})).rejects.toThrow('has no Posts.xml');
    await expect(converted('stackexchange', files, null)).rejects.toThrow('--site');
  });
});

test.each(engines)('it is imported on %s, and a second time changes nothing', async (engine) => {
  const forum = await openForum(engine, 'empty');
  try {
    await importedDump(forum.db, 'stackexchange', files);
    const { data } = await forum.ask(`{ discussion(url: "https://old.example/questions/1/which-knife-why") {
      title netUpvotes createdAt author { name } tags { name } answer { body netUpvotes replies(first: 5) { nodes { body author { name } } } }
      comments(first: 9, orderBy: OLDEST) { nodes { body } } duplicates(first: 2) { nodes { title } } } }`);
    expect(data.discussion).toEqual({
      ...{
        title: 'Which knife & why?',
        netUpvotes: 7,
        createdAt: '2019-03-01T10:00:00.123Z',
        author: { name: 'Ada' },
      },
      tags: [{ name: 'knives' }, { name: 'steel' }],
      answer: {
        body: 'This.',
        netUpvotes: 4,
        replies: { nodes: [{ body: 'Thanks, *Ben*', author: { name: 'Ada' } }] },
      },
      comments: { nodes: [{ body: 'None.' }, { body: 'This.' }, { body: 'More detail?' }] },
      duplicates: { nodes: [{ title: 'Again' }] },
    });
    const titleAt = async (path: string) =>
      (await forum.ask(`{ discussion(url: "https://old.example${path}") { title } }`)).data.discussion?.title;
    const shared = [
      '/questions/1',
      '/questions/1/an-earlier-title?noredirect=1',
      '/q/1/77',
      '/a/3',
      '/a/3/77',
    ];
    for (const path of [...shared, '/questions/1/which-knife-why/3#3'])
      expect([path, await titleAt(path)]).toEqual([path, 'Which knife & why?']);
    for (const path of ['/a/4', '/q/10', '/questions/10', '/questions', '/a'])
      expect([path, await titleAt(path)]).toEqual([path, undefined]);
    expect(changesOf(await importedDump(forum.db, 'stackexchange', files))).toBe(0);
  } finally {
    await forum.close();
  }
});
