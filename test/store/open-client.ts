import { PrismaClient } from '../../src/generated/sqlite/client.ts';
import { createCommits } from '../../src/store/commits.ts';
import { migrate } from '../../src/store/index.ts';
import { sqliteAdapter } from '../../src/store/sqlite/adapter.ts';
import { openSqliteWriter } from '../../src/store/sqlite/writer.ts';
import { temporaryFolder } from '../support/database.ts';

/** Prisma's client on a migrated file of its own, and the writer of requests beside it. */
export async function openClient() {
  const folder = temporaryFolder();
  const file = folder.file('forum.db');
  await migrate(`file:${file}`);
  const writer = openSqliteWriter(file, () => {}, createCommits());
  const prisma = new PrismaClient({ adapter: sqliteAdapter(file, writer.queue) });
  return {
    prisma,
    writer,
    close: async () => {
      await prisma.$disconnect();
      await writer.close();
      folder.remove();
    },
  };
}

/** An author with this number, as `create` takes it. */
export const author = (number: number) => ({
  id: String(number).padStart(26, '0'),
  name: `Author ${number}`,
  createdAt: new Date(1_700_000_000_000 + number),
});

/** A transaction that stays open until the test ends it. */
export function openTransaction(prisma: PrismaClient, number: number) {
  let end: (how: 'commit' | 'rollback') => void = () => {};
  const told = new Promise<string>((resolve) => {
    end = resolve;
  });
  let begun: () => void = () => {};
  const hasWritten = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const ended = prisma
    .$transaction(async (tx) => {
      await tx.author.create({ data: author(number) });
      begun();
      if ((await told) === 'rollback') throw new Error('rolled back on purpose');
    })
    .then(
      () => 'committed',
      () => 'rolled back',
    );
  return { hasWritten, end, ended };
}

/** Long enough for everything that does not wait for the test. */
export const allTurns = async () => {
  for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
};
