import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { insertRow, statement } from '../../src/store/index.ts';
import { allTurns, author, openClient, openTransaction } from './open-client.ts';

let opened: Awaited<ReturnType<typeof openClient>>;
beforeEach(async () => {
  opened = await openClient();
});
afterEach(() => opened.close());

const add = (number: number, limits: { timeout?: number; maxWait?: number } = {}) =>
  opened.prisma.$transaction((tx) => tx.author.create({ data: author(number) }), limits);
const addInRequest = (number: number) =>
  opened.writer.transaction((tx) => insertRow(tx, 'author', author(number)));
const names = async () =>
  (await opened.prisma.author.findMany({ select: { name: true }, orderBy: { id: 'asc' } })).map(
    ({ name }) => name,
  );
const authors = statement<{ name: string }>('test.authors', 'SELECT name FROM author ORDER BY id');

const waysTable = [
  { way: 'another command', write: add },
  { way: 'a request', write: addInRequest },
] as const;

describe.each(waysTable)('a write of $way during a command’s transaction', ({ write }) => {
  test('is acknowledged after the rollback, and kept', async () => {
    const first = openTransaction(opened.prisma, 1);
    await first.hasWritten;
    let isAcknowledged = false;
    const second = write(2).then(() => {
      isAcknowledged = true;
    });
    await allTurns();
    expect(isAcknowledged).toBe(false);
    first.end('rollback');
    expect(await first.ended).toBe('rolled back');
    await second;
    expect(await names()).toEqual(['Author 2']);
  });

  test('waits for a transaction that never ends until its time is over, and no longer', async () => {
    const never = new Promise<never>(() => {});
    const hanging = opened.prisma.$transaction(
      async (tx) => {
        await tx.author.create({ data: author(1) });
        return never;
      },
      { timeout: 200, maxWait: 200 },
    );
    hanging.catch(() => {}); // its work never ends; the transaction below it does
    await allTurns();
    await write(2);
    expect(await names()).toEqual(['Author 2']);
  });
});

describe('a command’s transaction', () => {
  test('sees what requests have written before it, and requests see what it has written', async () => {
    await Promise.all([addInRequest(1), addInRequest(2)]);
    const [count] = await Promise.all([
      opened.prisma.$transaction((tx) => tx.author.count()),
      addInRequest(3),
    ]);
    expect(count).toBeGreaterThanOrEqual(2);
    await add(4);
    expect(await opened.writer.transaction(async (tx) => tx.all(authors, []))).toHaveLength(4);
  });

  test('gives its turn back if it has given up waiting for it', async () => {
    const first = openTransaction(opened.prisma, 1);
    await first.hasWritten;
    await expect(add(2, { maxWait: 50 })).rejects.toMatchObject({ code: 'P2028' });
    first.end('commit');
    await add(3);
    await addInRequest(4);
    expect(await names()).toEqual(['Author 1', 'Author 3', 'Author 4']);
  });

  test('stores nothing if its COMMIT fails, and the next one begins', async () => {
    const orphan = opened.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`PRAGMA defer_foreign_keys = ON`;
      await tx.pin.create({ data: { discussionId: 'missing', createdAt: new Date(0) } });
    });
    await expect(orphan).rejects.toThrow();
    await addInRequest(1);
    await add(2);
    expect(await names()).toEqual(['Author 1', 'Author 2']);
    expect(await opened.prisma.pin.count()).toBe(0);
  });

  test('keeps all of a batch or nothing', async () => {
    const { prisma } = opened;
    await prisma.$transaction([
      prisma.author.create({ data: author(1) }),
      prisma.author.create({ data: author(2) }),
    ]);
    const batch = prisma.$transaction([
      prisma.author.create({ data: author(3) }),
      prisma.author.create({ data: author(1) }),
    ]);
    await expect(batch).rejects.toMatchObject({ code: 'P2002' });
    expect(await prisma.author.count()).toBe(2);
  });

  test('is on disk when it is acknowledged, with every foreign key checked', async () => {
    const settings = await opened.prisma.$transaction(async (tx) => [
      await tx.$queryRaw`PRAGMA synchronous`,
      await tx.$queryRaw`PRAGMA foreign_keys`,
    ]);
    // 2 is FULL
    expect(settings).toEqual([[{ synchronous: 2n }], [{ foreign_keys: 1n }]]);
  });
});
