import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/database.ts';
import { adapters } from './open-client.ts';

const folder = temporaryFolder();
const open: Partial<Record<keyof typeof adapters, SqlDriverAdapter>> = {};
const TABLE = `CREATE TABLE sample (whole INTEGER, large BIGINT, floating REAL, decimal DECIMAL, word TEXT,
  flag BOOLEAN, moment DATETIME, bytes BLOB, json JSONB)`;

beforeAll(async () => {
  for (const name of ['stock', 'ours'] as const) {
    const adapter = await adapters[name](folder.file(`${name}.db`)).connect();
    await adapter.executeRaw({ sql: TABLE, args: [], argTypes: [] });
    open[name] = adapter;
  }
});
afterAll(async () => {
  await Promise.all(Object.values(open).map((adapter) => adapter.dispose()));
  folder.remove();
});

const scalar = (
  scalarType: 'int' | 'bigint' | 'float' | 'decimal' | 'string' | 'boolean' | 'datetime' | 'bytes',
) => ({ scalarType, arity: 'scalar' }) as const;

const types = [
  scalar('int'),
  scalar('bigint'),
  scalar('float'),
  scalar('decimal'),
  scalar('string'),
  scalar('boolean'),
  scalar('datetime'),
  scalar('bytes'),
  scalar('string'),
];

const rows: readonly unknown[][] = [
  [1, 2n, 3.5, '4.25', 'Grüße, 日本語', true, new Date('2026-11-24T01:02:03.004Z'), 'AAEC', '{"a":[1]}'],
  ['-7', '9223372036854775807', '-0.1', 0, "quote's", false, '1969-12-31T23:59:59.999Z', '', '[]'],
  [null, null, null, null, null, null, null, null, null],
];

/** What an adapter answers, or how it fails; the same for both is the guarantee. */
async function ask(
  name: keyof typeof adapters,
  sql: string,
  args: unknown[] = [],
  argTypes: typeof types = [],
) {
  const query = { sql, args, argTypes };
  return open[name]?.queryRaw(query).catch((error: { cause?: object }) => ({ ...error.cause }));
}

const questions = [
  ...rows.map(
    (row, i) => [`stores row ${i}`, `INSERT INTO sample VALUES (${row.map(() => '?')})`, row] as const,
  ),
  ['reads every type', 'SELECT * FROM sample ORDER BY rowid', []] as const,
  ['answers inserted rows', 'INSERT INTO sample (whole) VALUES (5) RETURNING *', []] as const,
  ['counts and sums', 'SELECT count(*), sum(floating), max(large), avg(whole) FROM sample', []] as const,
  ['reads expressions', `SELECT 1 + 1, 'a' || 'b', 1.5, NULL, 9007199254740993`, []] as const,
  ['reads no rows', 'SELECT * FROM sample WHERE whole = 99', []] as const,
  [
    'truncates a fraction in a whole column',
    'SELECT whole FROM (SELECT whole FROM sample) LIMIT 1',
    [],
  ] as const,
  ['reads through WITH', 'WITH x AS (SELECT whole FROM sample) SELECT * FROM x', []] as const,
];

describe('our adapter converts as the stock one does', () => {
  test.each(questions)('%s', async (_, sql, args) => {
    expect(await ask('ours', sql, [...args], types)).toEqual(await ask('stock', sql, [...args], types));
  });

  const failures = [
    ['a missing table', 'SELECT * FROM missing'],
    ['a missing column', 'SELECT missing FROM sample'],
    ['a second primary key', 'INSERT INTO keyed (id) VALUES (1), (1)'],
    ['a second unique value', `INSERT INTO keyed (id, name) VALUES (1, 'a'), (2, 'a')`],
    ['a missing value', 'INSERT INTO keyed (id, must) VALUES (1, NULL)'],
    ['a missing parent', 'INSERT INTO keyed (id, parent) VALUES (1, 9)'],
  ] as const;

  test.each(failures)('%s is the same error', async (_, sql) => {
    const keyed = `CREATE TABLE IF NOT EXISTS keyed
      (id INTEGER PRIMARY KEY, name TEXT UNIQUE, must TEXT NOT NULL DEFAULT '', parent INTEGER REFERENCES keyed (id))`;
    for (const adapter of Object.values(open)) await adapter.executeScript(keyed);
    const failure = await ask('ours', sql);
    expect(failure).toEqual(await ask('stock', sql));
    expect(failure).toHaveProperty('kind');
  });
});
