import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../src/store/ids.ts';
import { importRecords, type RecordSource, Report } from '../../src/transfer/index.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { rowsOf } from '../support/rows.ts';
import { exported, imported, linesOf, recordsIn } from './transfers.ts';

const AT = '2024-03-01T09:30:00.000Z';
const topic = { type: 'discussion', key: 'old:1', title: 'Which one?', body: 'Two.', createdAt: AT };
const post = { type: 'comment', key: 'old:2', discussion: 'old:1', body: 'This one.', createdAt: AT };
const HEADER = '{"type":"forum","version":1}\n';

describe.each(engines)('an import on %s', (engine) => {
  let target: TestDatabase;

  beforeEach(async () => {
    target = await openTestDatabase(engine);
  });

  afterEach(() => target.close());

  test.each([
    ['an empty file', '', ':1: the file is empty.'],
    [
      'another file',
      '{"hello":1}\n',
      ':1: an export begins with {"type":"forum","version":2}, whose version is a whole number: this is not one.',
    ],
    [
      'an export whose version is a text',
      '{"type":"forum","version":"2"}\n',
      ':1: an export begins with {"type":"forum","version":2}, whose version is a whole number: this is not one.',
    ],
    [
      'an export of a newer version',
      '{"type":"forum","version":3}\n',
      ':1: this export is of version 3, from a newer Parley. This one reads up to version 2: update it first.',
    ],
    ['a line that is not JSON', `${HEADER}{"type":\n`, ':2: the line is not JSON'],
    ['half a line', `${HEADER}{"type":"tag","key":"a","na`, ':2: the line is not JSON'],
    [
      'bytes that are not UTF-8',
      Buffer.concat([Buffer.from(HEADER), Buffer.from([0x22, 0xff, 0x22])]),
      ':2: the line is not a text in UTF-8.',
    ],
    ['a list', `${HEADER}[]\n`, ':2: it is not a record: a record is an object with a `type`.'],
    ['an unknown type', `${HEADER}{"type":"session"}\n`, ':2: no record has the type "session".'],
    [
      'a key with a control character',
      linesOf([{ type: 'tag', key: 'a\u0000', name: 'A' }]),
      ':2: the tag is not valid: `key`:',
    ],
    ['a missing member', linesOf([{ type: 'tag', key: 'a' }]), ':2: the tag is not valid: `name`:'],
    [
      'a wrong time',
      linesOf([{ ...topic, createdAt: 'yesterday' }]),
      ':2: the discussion is not valid: `createdAt`:',
    ],
    [
      'a vote on nothing',
      linesOf([{ type: 'vote', author: 'a', value: 1, createdAt: AT }]),
      ':2: the vote is not valid: `discussion`: it needs either `discussion` or `comment`.',
    ],
  ])('refuses %s by file and line, and stores nothing', async (_, text, reason) => {
    const before = await rowsOf(target.db);
    const failure = await imported(target.db, text).catch((error: Error) => error);
    expect(failure).toBeInstanceOf(Error);
    expect((failure as Error).message).toContain(`forum.jsonl${reason}`);
    expect(await rowsOf(target.db)).toEqual(before);
  });

  test('stores what stands before the fault, and says what', async () => {
    const report = new Report();
    const failure = await imported(target.db, `${linesOf([topic, post])}{"type":`, report).catch(
      (error: Error) => error,
    );
    expect((failure as Error).message).toContain('forum.jsonl:4: the line is not JSON');
    expect(report.summary().records).toEqual({
      discussion: { created: 1, updated: 0, unchanged: 0 },
      comment: { created: 1, updated: 0, unchanged: 0 },
    });
    expect(recordsIn(await exported(target.url))).toHaveLength(3);
  });

  test('closes its source also if the database is away', async () => {
    const closed = await openTestDatabase(engine);
    await closed.close();
    let closings = 0;
    const source: RecordSource = {
      progress: () => ({ done: 0, total: null }),
      async *[Symbol.asyncIterator]() {},
      close: async () => {
        closings++;
      },
    };
    const deps = { db: closed.db, newId, imageHosts: [], replyDepthMax: 10 };
    await expect(importRecords(deps, source, { report: new Report() })).rejects.toThrow();
    expect(closings).toBe(1);
  });

  test('says that a merged discussion keeps no text of its own', async () => {
    const merged = { ...topic, key: 'old:3', merged: { at: AT, into: 'old:1' } };
    const { records, omitted } = await imported(target.db, linesOf([topic, merged]));
    expect(records['discussion']?.created).toBe(2);
    expect(Object.entries(omitted).map(([what, { first }]) => [what, first[0]?.detail])).toEqual([
      ['texts of merged discussions', '"old:3" has none here.'],
    ]);
  });

  test('leaves out what refers to nothing, and says so by line', async () => {
    const { records, omitted } = await imported(
      target.db,
      linesOf([
        topic,
        { ...post, key: 'old:3', discussion: 'old:9' },
        { ...post, key: 'old:4', author: 'old:9', replyTo: 'old:9' },
        { type: 'vote', comment: 'old:9', author: 'old:9', value: 1, createdAt: AT },
        { type: 'answer', discussion: 'old:1', comment: 'old:9' },
        { type: 'duplicate', discussion: 'old:1', of: 'old:1' },
        {
          type: 'revision',
          key: 'old:5',
          discussion: 'old:1',
          revision: 1,
          title: 'T',
          body: 'B',
          createdAt: AT,
        },
      ]),
    );
    expect(records['comment']).toEqual({ created: 1, updated: 0, unchanged: 0 });
    const lines = Object.entries(omitted).map(
      ([what, { first }]) => `${what} ${first[0]?.at.replace(/.*:/, '')}`,
    );
    expect(lines.sort()).toEqual([
      'answers of an unknown comment 6',
      'comments of an unknown discussion 3',
      'duplicates 7',
      'revisions with a wrong number 8',
      'unknown author 4',
      'unknown comment to reply to 4',
      'votes of an unknown comment 5',
    ]);
  });

  test('mends texts by the rules of the API, and leaves out those that cannot be mended', async () => {
    const { omitted } = await imported(
      target.db,
      linesOf([
        { type: 'author', key: 'old:a', name: 'ada@private.example' },
        { type: 'author', key: 'old:b', name: 'A\u202Eda\nB', title: 'x'.repeat(500) },
        { ...topic, title: `Two\nlines ${'x'.repeat(400)}`, body: `a\u0000b\uD800 e${'\u0301'.repeat(500)}` },
        { ...post, body: ' \n ' },
        { ...post, key: 'old:6', body: 'x'.repeat(100_000), createdAt: '2999-01-01T00:00:00Z' },
      ]),
    );
    expect(Object.keys(omitted).sort()).toEqual([
      'comments whose text breaks a rule',
      'names and titles: characters removed',
      'names and titles: cut',
      'names and titles: made one line',
      'names that are e-mail addresses',
      'texts: characters removed',
      'texts: combining marks removed',
      'texts: cut',
      'texts: made one line',
      'times in the future',
    ]);
    const records = recordsIn(await exported(target.url));
    const named = (type: string) => records.filter((record) => record['type'] === type);
    expect(named('author').map(({ name }) => name)).toEqual([undefined, 'Ada B']);
    const [stored] = named('discussion');
    expect(stored?.['title']).toMatch(/^Two lines x+…$/);
    expect(stored?.['body']).toMatch(/^ab\uFFFD e\u0301+$|^ab\uFFFD é\u0301+$/u);
    expect(String(named('comment')[0]?.['body'])).toMatch(/^x+…$/);
  });
});
