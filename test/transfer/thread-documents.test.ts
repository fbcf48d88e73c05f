// A discussion that comes as a thread document and in an export: each of its comments is here once.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importKeyNamed } from '../../src/forum/discussion/index.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import type { DiscussionDraft } from '../support/documents.ts';
import { changesOf, exported, imported, linesOf, loadDocument, recordsIn } from './transfers.ts';

const AT = '2024-03-01T09:30:00.000Z';
const URL_OF_THREAD = 'https://old.example/t/which-one/3';
const LONG = 'A text that is so long that nobody writes it twice by chance.';

const draft: DiscussionDraft = {
  title: 'Which one?',
  body: 'Which of the two?',
  postedAt: AT,
  more: [`URL: ${URL_OF_THREAD}`],
  comments: [
    { body: LONG, postedAt: AT, net: 3 },
    { body: '+1', postedAt: '8 months' },
    { body: '+1', postedAt: '8 months' },
  ],
};
const topic = {
  ...{ type: 'discussion', key: 'old:3', title: 'Which one?', body: 'Which of the **two**?', createdAt: AT },
  oldUrls: [URL_OF_THREAD],
};
const post = (n: number, body: string, createdAt = AT) => ({
  ...{ type: 'comment', key: `old:post:${n}`, discussion: 'old:3', body, createdAt },
});

describe.each(engines)('on %s', (engine) => {
  let target: TestDatabase;

  beforeEach(async () => {
    target = await openTestDatabase(engine);
  });

  afterEach(() => target.close());

  const load = (document: DiscussionDraft) => loadDocument(target.db, document);
  const textsHere = async () => {
    const records = recordsIn(await exported(target.url));
    const bodiesOf = (type: string) =>
      records.filter((record) => record['type'] === type).map(({ body }) => String(body));
    return { discussions: bodiesOf('discussion'), comments: bodiesOf('comment').sort() };
  };

  test('an export of a discussion that came as a document adds its new comments alone', async () => {
    await load(draft);
    const records = [
      topic,
      post(1, LONG),
      // another one at another time, and two of times that the document tells about
      post(2, LONG, '2024-04-01T00:00:00.000Z'),
      post(3, '+1', '2026-03-20T00:00:00.000Z'),
      post(4, '+1', '2026-03-21T00:00:00.000Z'),
      post(5, '+1', '2026-03-22T00:00:00.000Z'),
      post(6, 'New'),
    ];
    const { omitted } = await imported(target.db, linesOf(records));
    expect(Object.keys(omitted)).toEqual(['texts that stay as they are here']);
    const all = { discussions: ['Which of the two?'], comments: ['+1', '+1', '+1', LONG, LONG, 'New'] };
    expect(await textsHere()).toEqual(all);
    expect(changesOf(await imported(target.db, linesOf(records)))).toBe(0);
    await load(draft);
    expect(await textsHere()).toEqual(all);
  });

  test('an export of the same document from another forum adds nothing', async () => {
    await load(draft);
    const text = await exported(target.url);
    const other = await openTestDatabase(engine);
    try {
      await loadDocument(other.db, draft);
      await imported(other.db, text);
      const comments = recordsIn(await exported(other.url)).filter(({ type }) => type === 'comment');
      expect(comments).toHaveLength(3);
      expect(changesOf(await imported(other.db, text))).toBe(0);
    } finally {
      await other.close();
    }
  });

  test.each([
    ['the same address', [`URL: ${URL_OF_THREAD}`]],
    ['the same title, time and a comment', []],
  ])('a document of a discussion that came with an export is known by %s', async (_, more) => {
    const records = [topic, post(1, LONG), post(2, '+1', '2026-03-20T00:00:00.000Z'), post(3, 'Gone since')];
    await imported(target.db, linesOf(records));
    const first = await load({ ...draft, more });
    expect(first.status).toBe('updated');
    const all = {
      discussions: ['Which of the **two**?'],
      comments: ['+1', '+1', LONG, 'Gone since'],
    };
    expect(await textsHere()).toEqual(all);
    expect((await load({ ...draft, more })).status).toBe('unchanged');
    expect(changesOf(await imported(target.db, linesOf(records)))).toBe(0);
    expect(await textsHere()).toEqual(all);
  });

  test.each([
    ['an address for all below it', 'https://old.example/t/which-one/3/*', URL_OF_THREAD],
    ['an address below', 'https://old.example/t/which-one/3/*', `${URL_OF_THREAD}/5`],
  ])('a discussion is known by %s, whichever comes first', async (_, address, url) => {
    const of = { ...topic, title: 'Another title' };
    const others = [
      { ...of, key: 'old:1', oldUrls: ['https://old.example/t/which-one/*'] },
      { ...of, key: 'old:4', oldUrls: ['https://old.example/t/which-one/3/5/*/6'] },
    ];
    await imported(target.db, linesOf([...others, { ...of, oldUrls: [address] }]));
    const document = { ...draft, more: [`URL: ${url}`] };
    expect((await load(document)).status).toBe('updated');
    const records = recordsIn(await exported(target.url));
    const comments = records.filter(({ type }) => type === 'comment');
    const found = records.find(({ oldUrls }) => [oldUrls].flat().includes(address));
    expect(comments.map(({ discussion }) => discussion)).toEqual(comments.map(() => found?.['key']));
    expect(comments).toHaveLength(3);
  });

  test.each([
    ['the same thread if the title is the same', 'Which one?', 1],
    ['another thread if the title is another one', 'Another title', 2],
  ])('an address that differs in its query is %s', async (_, title, count) => {
    await imported(target.db, linesOf([{ ...topic, title, oldUrls: [URL_OF_THREAD] }]));
    await load({ ...draft, more: [`URL: ${URL_OF_THREAD}?page=2`] });
    expect((await textsHere()).discussions).toHaveLength(count);
  });

  test('an export of a discussion with an address for all below it is one of the document of this page', async () => {
    await load(draft);
    await imported(target.db, linesOf([{ ...topic, oldUrls: [`${URL_OF_THREAD}/*`] }]));
    expect((await textsHere()).discussions).toHaveLength(1);
  });

  test.each([
    ['a', 'b'],
    ['b', 'a'],
  ])(
    'the thread document %s that an export names comes before one of its addresses',
    async (named, other) => {
      const urlOf = (name: string) => `https://old.example/${name}`;
      for (const name of ['a', 'b'])
        await load({ ...draft, title: `Document ${name}`, comments: [], more: [`URL: ${urlOf(name)}`] });
      const head = { ...topic, importKey: importKeyNamed('url', urlOf(named)), oldUrls: [urlOf(other)] };
      await imported(target.db, linesOf([head, post(1, 'New')]));
      const records = recordsIn(await exported(target.url));
      const titles = new Map(records.map(({ key, title }) => [key, title]));
      const comments = records.filter(({ type }) => type === 'comment');
      expect(comments.map(({ discussion }) => titles.get(discussion))).toEqual([`Document ${named}`]);
    },
  );

  test('a document of another discussion of the same title and time is a discussion of its own', async () => {
    await imported(target.db, linesOf([topic, post(1, 'Another text'), post(2, '+1')]));
    expect((await load({ ...draft, more: [] })).status).toBe('created');
    expect((await textsHere()).discussions).toHaveLength(2);
  });
});
