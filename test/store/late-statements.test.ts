import { afterEach, beforeEach, expect, test } from 'vitest';
import { indexComment } from '../../src/forum/search/index-texts.ts';
import { change, type Database, statement, type Transaction } from '../../src/store/index.ts';
import { LateStatements } from '../../src/store/sqlite/late-statements.ts';
import { openTestDatabase } from '../support/database.ts';

const matches = statement<{ n: number }>(
  'test.matches',
  'SELECT rowid AS n FROM search_comment_text WHERE search_comment_text MATCH ?',
);

let db: Database;
let close: () => Promise<void>;
beforeEach(async () => {
  ({ db, close } = await openTestDatabase('sqlite'));
});
afterEach(() => close());

const found = async (word: string) => (await db.read.all(matches, [word])).length;
/** Indexes a comment of one word as a member of a group. */
const add = (word: string, then: (tx: Transaction) => unknown = () => {}) =>
  db.transaction(async (tx) => {
    const text = { bodyText: word };
    await indexComment(tx, { id: word, authorId: null, createdAt: 0, before: null, after: text });
    await then(tx);
  });
const fail = () => {
  throw new Error('refused');
};

test('the terms of all members are written right before their COMMIT', async () => {
  const said: string[] = [];
  const stop = db.onStatement((sql) => said.push(sql.match(/^INSERT INTO (search_\w+)/)?.[1] ?? ''));
  await Promise.all([add('one'), add('two'), add('three')]);
  stop();
  const entries = said.filter((table) => table !== '');
  expect(entries.slice(-3)).toEqual(Array(3).fill('search_comment_text'));
  expect(entries.filter((table) => table === 'search_comment_text')).toHaveLength(3);
  expect([await found('one'), await found('two'), await found('three')]).toEqual([1, 1, 1]);
});

test('a member that fails leaves nothing, and takes nothing from the others', async () => {
  const ends = await Promise.allSettled([add('one'), add('two', fail), add('three')]);
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect([await found('one'), await found('two'), await found('three')]).toEqual([1, 0, 1]);
});

test('a statement that names their table sees them, and what earlier members left outlives its failure', async () => {
  const seen: number[] = [];
  const look = async (tx: Transaction) => {
    for (const word of ['one', 'two']) seen.push((await tx.all(matches, [word])).length);
    fail();
  };
  await Promise.allSettled([add('one'), add('two', look), add('three')]);
  expect(seen).toEqual([1, 1]);
  expect([await found('one'), await found('two'), await found('three')]).toEqual([1, 0, 1]);
});

test('a member whose late statement has failed cannot commit', () => {
  const late = new LateStatements();
  const member = late.begin();
  const writes = { table: 'note', sets: null, by: [null] };
  member.add(change('test.add', 'INSERT INTO note (id) VALUES (?)', writes), fail);
  expect(() => member.prepareFor(statement('test.notes', 'SELECT id FROM note'))).toThrow('refused');
  expect(() => member.keep()).toThrow('late statement');
});

test('what a lost group has left is not written by the next one', () => {
  const late = new LateStatements();
  const ran: string[] = [];
  const leave = (word: string) => {
    const member = late.begin();
    member.add(
      change('test.add', 'INSERT INTO note (id) VALUES (?)', { table: 'note', sets: null, by: [null] }),
      () => ran.push(word),
    );
    member.keep();
    return member;
  };
  const lost = leave('lost');
  late.forget();
  const next = leave('next');
  lost.undo();
  late.run();
  next.undo();
  late.run();
  expect(ran).toEqual(['next']);
});
