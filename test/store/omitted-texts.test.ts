// A text that no field of an operation shows is not read from the store, and is never mistaken for an empty one.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Loaders } from '../../src/graphql/execution/index.ts';
import { selectedFor, selecting, type Texts } from '../../src/graphql/selected-columns.ts';
import { insertReturning, type Statement, updateReturning } from '../../src/store/index.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';

interface Row extends Texts {
  readonly id: string;
  readonly createdAt: number;
}

const source = {
  name: 'discussion',
  columns: ['id', 'body', 'bodyHtml', 'bodyText', 'createdAt'],
  texts: { body: ['T.body'], bodyHtml: ['T.bodyHTML', 'T.excerpt'], bodyText: ['T.bodyText'] },
};
const all = selecting<Row>((columns) => `SELECT ${columns} FROM discussion t`);
const of = (...fields: string[]) => {
  const loaders = new Loaders();
  loaders.selectedFields = new Set(fields);
  return selectedFor({ loaders }, source);
};

const ID = '0'.repeat(26);
const AT = new Date('2026-01-02T03:04:05Z');
const ROW = {
  ...{ id: ID, slug: 'one', title: 'One', titleKey: 'one', body: '*b*', bodyHtml: '<p>', bodyText: 'b' },
  ...{ createdAt: AT, lastActivityAt: AT, hotScore: 0 },
};

test('documents that show the same texts share a statement, so that there are eight of a source at most', () => {
  const texts = ['T.body', 'T.bodyHTML', 'T.bodyText'];
  const made = Array.from({ length: 100 }, (_, n) =>
    all(of(`T.other${n}`, ...texts.filter((_text, i) => n & (1 << i)))),
  );
  expect(new Set(made).size).toBe(8);
  expect(all(of('T.excerpt', 'T.title')).text.sqlite).toBe(
    'SELECT t.id, t.body_html AS "bodyHtml", t.created_at AS "createdAt" FROM discussion t',
  );
});

test('an operation whose fields are unknown reads every text', () => {
  expect(selectedFor({ loaders: new Loaders() }, source)).toBe(source);
});

describe.each(engines)('a text that was omitted on %s', (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(engine);
    await opened.db.transaction(async (tx) => {
      await insertReturning(tx, 'discussion', ROW, source);
    });
  });
  afterAll(() => opened.close());

  const read = async (statement: Statement<Row>) => {
    const [row] = await opened.db.read.all(statement, []);
    return row as Row;
  };
  const inTransaction = (statement: Statement<Row>) =>
    opened.db.transaction(async (tx) => (await tx.all(statement, []))[0] as Row);
  const updated = () =>
    opened.db.transaction((tx) =>
      updateReturning<'discussion', Row>(tx, 'discussion', { id: ID }, { hotScore: 1 }, of('T.body')),
    );

  test('throws when it is read, by whichever way the row was read', async () => {
    for (const row of [
      await read(all(of('T.body'))),
      await inTransaction(all(of('T.body'))),
      await updated(),
    ]) {
      expect(Object.keys(row)).toEqual(['id', 'body', 'createdAt']);
      expect(row).toMatchObject({ id: ID, body: '*b*', createdAt: AT.getTime() });
      expect(() => row.bodyHtml).toThrow(/bodyHtml is read, but the statement ".*" omits it/);
      expect(() => row.bodyText).toThrow(/bodyText is read/);
    }
  });

  test('is a type error in a copy of the row', async () => {
    const copy = { ...(await read(all(of()))), more: 1 };
    // does not compile where a copy has a text
    const hasBody: 'body' extends keyof typeof copy ? true : false = false;
    expect('body' in copy).toBe(hasBody);
    expect(copy).toEqual({ id: ID, createdAt: AT.getTime(), more: 1 });
  });

  test('is there where a field shows it', async () => {
    const row = await read(all(of('T.bodyHTML', 'T.bodyText')));
    expect({ html: row.bodyHtml, text: row.bodyText }).toEqual({ html: '<p>', text: 'b' });
  });
});
