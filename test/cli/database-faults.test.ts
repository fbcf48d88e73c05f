import { describe, expect, onTestFinished, test } from 'vitest';
import { messageOfDatabase } from '../../src/cli/run-command.ts';
import { seedIfEmpty } from '../../src/import/index.ts';
import { newId } from '../../src/store/ids.ts';
import { type Database, OutcomeUnknown } from '../../src/store/index.ts';
import { runCommand } from '../support/command.ts';
import { openTestDatabase } from '../support/database.ts';
import { onServer, postgresTitle, postgresUrl } from '../support/postgres.ts';

const failure = (code: string, message: string) => Object.assign(new Error(message), { code });

test('a database that stops serving is one sentence, and another what the command has done', () => {
  const lost = failure('57P01', 'terminating connection due to administrator command');
  expect(messageOfDatabase(lost, 'The import was stopped.')).toBe(
    'The database cannot be reached: terminating connection due to administrator command. The import was stopped.',
  );
  const full = failure('SQLITE_FULL', 'database or disk is full.');
  expect(messageOfDatabase(full, 'Nothing was created.')).toBe(
    'The disk is full: database or disk is full. Nothing was created.',
  );
});

test('nobody is told that nothing was stored if COMMIT was not answered', () => {
  const unknown = new OutcomeUnknown(new Error('Connection terminated'));
  expect(messageOfDatabase(unknown, 'Nothing was created.')).toBe(
    'The database cannot be reached: COMMIT was not answered: Connection terminated. The last change may be stored or not.',
  );
});

test('any other error is a fault of the program', () => {
  expect(messageOfDatabase(new TypeError('x is not a function'), 'Nothing was created.')).toBe(null);
});

const seedDatabase = (db: Database) => seedIfEmpty({ db, newId });

describe.skipIf(postgresUrl() === null)(postgresTitle('on postgres'), () => {
  test.each([
    ['api-key', ['create', '--name', 'Bot', '--role', 'MEMBER'], 'Nothing was created.'],
    // writes through Prisma, whose errors hold the driver's
    ['doctor', [], 'The examination was stopped. What it has mended stays mended.'],
  ] as const)('%s on a database that became read-only prints no stack', async (command, args, stopped) => {
    const { url, close } = await openTestDatabase('postgres', seedDatabase);
    onTestFinished(close);
    const name = new URL(url).pathname.slice(1);
    await onServer(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    const { status, stdout, stderr } = await runCommand(command, args, { databaseUrl: url });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(
      /^The database is read-only: cannot execute \w+ in a read-only transaction\. [^\n]+\n$/,
    );
    expect(stderr).toContain(stopped);
  });
});
