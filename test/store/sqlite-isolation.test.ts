import { afterEach, describe, expect, test } from 'vitest';
import { allTurns, author, openClient, openTransaction } from './open-client.ts';

let opened: Awaited<ReturnType<typeof openClient>>;
afterEach(() => opened.close());

/**
 * What the wrapper is for. The stock adapter's lines say what happens without it; where they begin to fail, Prisma has
 * mended its adapter and the wrapper may go.
 */
const lossTable = [
  { adapter: 'stock', what: 'loses the write, although it had been acknowledged', early: true, kept: 0 },
  { adapter: 'ours', what: 'acknowledges the write after the rollback, and keeps it', early: false, kept: 1 },
] as const;

const dirtyTable = [
  { adapter: 'stock', what: 'shows it', seen: 1 },
  { adapter: 'ours', what: 'does not show it', seen: 0 },
] as const;

describe('a write during another request’s transaction, which rolls back', () => {
  test.each(lossTable)('$adapter adapter: $what', async ({ adapter, early, kept }) => {
    opened = await openClient(adapter);
    const { prisma } = opened;
    const first = openTransaction(prisma, 1);
    await first.hasWritten;
    let isAcknowledged = false;
    const second = prisma.author.create({ data: author(2) }).then(() => {
      isAcknowledged = true;
    });
    await allTurns();
    expect(isAcknowledged).toBe(early);
    first.end('rollback');
    expect(await first.ended).toBe('rolled back');
    await second;
    expect(await prisma.author.count({ where: { id: author(2).id } })).toBe(kept);
  });
});

describe('a read during another request’s open transaction', () => {
  test.each(dirtyTable)('$adapter adapter: $what', async ({ adapter, seen }) => {
    opened = await openClient(adapter);
    const first = openTransaction(opened.prisma, 1);
    await first.hasWritten;
    expect(await opened.prisma.author.findMany()).toHaveLength(seen);
    first.end('commit');
    expect(await first.ended).toBe('committed');
    expect(await opened.prisma.author.findMany()).toHaveLength(1);
  });
});

describe('our adapter', () => {
  test('lets a transaction that never ends hold the others up until its time is over, and no longer', async () => {
    opened = await openClient('ours');
    const { prisma } = opened;
    const never = new Promise<never>(() => {});
    const hanging = prisma.$transaction(
      async (tx) => {
        await tx.author.create({ data: author(1) });
        return never;
      },
      { timeout: 200, maxWait: 200 },
    );
    const second = prisma.author.create({ data: author(2) });
    hanging.catch(() => {}); // its work never ends; the transaction below it does
    await second;
    expect(await prisma.author.findMany({ select: { name: true } })).toEqual([{ name: 'Author 2' }]);
  });

  test('takes a turn back from who has given up waiting for it', async () => {
    opened = await openClient('ours');
    const { prisma } = opened;
    const first = openTransaction(prisma, 1);
    await first.hasWritten;
    const impatient = prisma.$transaction((tx) => tx.author.create({ data: author(2) }), { maxWait: 50 });
    await expect(impatient).rejects.toMatchObject({ code: 'P2028' });
    first.end('commit');
    await prisma.author.create({ data: author(3) });
    expect(await prisma.author.findMany({ select: { name: true }, orderBy: { id: 'asc' } })).toEqual([
      { name: 'Author 1' },
      { name: 'Author 3' },
    ]);
  });

  test('keeps all of a batch or nothing', async () => {
    opened = await openClient('ours');
    await opened.prisma.$transaction([
      opened.prisma.author.create({ data: author(1) }),
      opened.prisma.author.create({ data: author(2) }),
    ]);
    const batch = opened.prisma.$transaction([
      opened.prisma.author.create({ data: author(3) }),
      opened.prisma.author.create({ data: author(1) }),
    ]);
    await expect(batch).rejects.toMatchObject({ code: 'P2002' });
    expect(await opened.prisma.author.count()).toBe(2);
  });

  test('refuses an isolation level that SQLite does not have', async () => {
    opened = await openClient('ours');
    const { prisma } = opened;
    const level = 'ReadCommitted' as 'Serializable';
    await expect(prisma.$transaction(async () => 1, { isolationLevel: level })).rejects.toThrow();
    expect(await prisma.$transaction(async () => 1, { isolationLevel: 'Serializable' })).toBe(1);
  });
});
