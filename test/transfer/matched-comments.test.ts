// Which comments of an export are taken for those that a thread document has added.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../src/store/index.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import type { CommentDraft } from '../support/documents.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { changesOf, done, exported, imported, linesOf, loadDocument, recordsIn } from './transfers.ts';

const AT = '2024-03-01T09:30:00.000Z';
const URL_OF_THREAD = 'https://old.example/t/which-one/3';
const LONG = 'A text that is so long that nobody writes it twice by chance.';
const FIRST: CommentDraft = { body: LONG, postedAt: AT };

const load = (db: Database, comments: readonly CommentDraft[], url = URL_OF_THREAD) => {
  const draft = {
    title: 'Which one?',
    body: 'Which of the two?',
    postedAt: AT,
    more: [`URL: ${url}`],
    comments,
  };
  return loadDocument(db, draft);
};
const topic = {
  ...{ type: 'discussion', key: 'old:3', title: 'Which one?', body: 'Which of the two?', createdAt: AT },
  oldUrls: [URL_OF_THREAD],
};
const post = (n: number, body: string, createdAt: string, more: object = {}) => ({
  ...{ type: 'comment', key: `old:post:${n}`, discussion: 'old:3', body, createdAt, ...more },
});
const person = (name: string) => ({ type: 'author', key: `old:${name}`, name });
const by = (name: string) => ({ author: `old:${name}` });

const commentsOf = async (url: string) => {
  const records = recordsIn(await exported(url));
  const names = new Map(records.map(({ key, name }) => [key, name]));
  return records
    .filter(({ type }) => type === 'comment')
    .map(({ body, author }) => [body, names.get(author) ?? null].join(' by '))
    .sort();
};

describe.each(engines)('on %s', (engine) => {
  let target: TestDatabase;

  beforeEach(async () => {
    target = await openTestDatabase(engine);
  });

  afterEach(() => target.close());

  test.each(['admin', 'guest'] as const)(
    'a new comment of a document that both forums have is added once, as %s',
    async (role) => {
      const source = await openTestDatabase(engine);
      try {
        await load(source.db, [FIRST]);
        await imported(target.db, await exported(source.url, role));
        const newer = [FIRST, { body: 'New', postedAt: '2 months' }, { body: 'Newer', postedAt: AT }];
        await load(source.db, newer);
        expect((await load(target.db, newer)).status).toBe('updated');
        const all = [`${LONG} by `, 'New by ', 'Newer by '];
        expect(await commentsOf(target.url)).toEqual(all);
        const text = await exported(source.url, role);
        await imported(target.db, text);
        expect(await commentsOf(target.url)).toEqual(all);
        expect(changesOf(await imported(target.db, text))).toBe(0);
      } finally {
        await source.close();
      }
    },
  );

  test('another comment of an export with an import key that is taken is added without it', async () => {
    const head = { ...topic, importKey: 'document-1' };
    await imported(target.db, linesOf([head, post(1, 'A', AT, { importKey: 'x.1' })]));
    const { omitted } = await imported(target.db, linesOf([head, post(2, 'B', AT, { importKey: 'x.1' })]));
    expect(Object.keys(omitted)).toEqual(['comments in thread documents that another record has']);
    expect(await commentsOf(target.url)).toEqual(['A by ', 'B by ']);
  });

  test('several exports know the comments of one document', async () => {
    await load(target.db, [FIRST]);
    for (const name of ['one', 'two']) {
      const records = [
        { ...topic, key: `${name}:3` },
        { ...post(1, LONG, AT), key: `${name}:1`, discussion: `${name}:3` },
      ];
      await imported(target.db, linesOf(records));
    }
    expect(await commentsOf(target.url)).toEqual([`${LONG} by `]);
  });

  test('equal texts at times that are far apart, or by different people, are different comments', async () => {
    const ada = { more: ['Author name: Ada'] };
    await load(target.db, [{ body: '+1', postedAt: '8 months', ...ada }]);
    const records = [
      ...[person('Ada'), person('Ben'), topic],
      post(1, '+1', '2021-03-01T09:30:00.000Z', by('Ada')),
      post(2, '+1', '2026-03-21T09:30:00.000Z', by('Ben')),
    ];
    await imported(target.db, linesOf(records));
    expect(await commentsOf(target.url)).toEqual(['+1 by Ada', '+1 by Ada', '+1 by Ben']);
  });

  test('of equal texts at approximate times the nearest is the same comment', async () => {
    const ada = { more: ['Author name: Ada Lovelace'] };
    await load(target.db, [{ body: '+1', postedAt: '8 months', ...ada }]);
    const records = [
      ...[person('ADA  Lovelace'), topic],
      post(1, '+1', '2026-02-15T09:30:00.000Z'),
      post(2, '+1', '2026-03-21T09:30:00.000Z', by('ADA  Lovelace')),
    ];
    await imported(target.db, linesOf(records));
    const all = ['+1 by ', '+1 by Ada Lovelace'];
    expect(await commentsOf(target.url)).toEqual(all);
    await imported(target.db, linesOf([...records, post(3, '+1', '2026-03-20T09:30:00.000Z')]));
    expect(await commentsOf(target.url)).toEqual(['+1 by ', ...all]);
  });
});

test.each(engines)('the comments of a document are known where they were merged, on %s', async (engine) => {
  const forum: Forum = await openForum(engine, 'empty');
  try {
    await load(forum.db, [FIRST, { body: 'Second', postedAt: AT }]);
    await load(forum.db, [], 'https://old.example/t/other/4');
    const { data } = await forum.ask('{ discussions(first: 2, orderBy: MOST_COMMENTS) { nodes { id } } }');
    const [full, empty] = data.discussions.nodes;
    const merge = { sourceId: full.id, destinationId: empty.id };
    await done(forum.as('mod'), 'mergeDiscussions', merge, 'comment { id }');
    const records = [topic, post(1, LONG, AT), post(2, 'Second', AT), post(3, 'Third', AT)];
    await imported(forum.db, linesOf(records));
    expect(await commentsOf(forum.databaseUrl)).toEqual(
      [`${LONG} by `, 'Second by ', 'Third by ', 'Which of the two? by '].sort(),
    );
  } finally {
    await forum.close();
  }
});

test.each(engines)('an external id is compared as it is stored, on %s', async (engine) => {
  const target = await openTestDatabase(engine);
  try {
    await imported(target.db, linesOf([{ ...person('Ada'), externalId: 'person-1' }]));
    const { records } = await imported(target.db, linesOf([{ ...person('Ben'), externalId: ' person-1 ' }]));
    expect(records['author']?.created).toBe(0);
  } finally {
    await target.close();
  }
});
