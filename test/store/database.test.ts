import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { change, isUniqueViolation, openDatabase, statement } from '../../src/store/index.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { author } from './open-client.ts';

const NAMES = statement<{ name: string }>('test_names', 'SELECT name FROM author ORDER BY id');
const TIMES = statement<{ createdAt: number; n: number; f: number; none: number | null }>(
  'test_times',
  'SELECT created_at AS "createdAt", (SELECT count(*) FROM author) AS n, 0.5 AS f, NULL AS none FROM author WHERE created_at <= ?',
);
const RENAME = change('test_rename', 'UPDATE author SET name = ?', {
  ...{ table: 'author', sets: ['name'], by: ['name'] },
});
const product = { id: 'p'.repeat(26), slug: 'counted', name: '0' };

describe.each(engines)('a database on %s', (engine) => {
  let opened: TestDatabase;
  beforeEach(async () => {
    opened = await openTestDatabase(engine);
  });
  afterEach(() => opened.close());

  test('keeps what a write did, and answers what it answered', async () => {
    const { db } = opened;
    const name = await db.write(async (tx) => (await tx.author.create({ data: author(1) })).name);
    expect(name).toBe('Author 1');
    expect(await db.read.all(NAMES, [])).toEqual([{ name: 'Author 1' }]);
  });

  test('keeps nothing of a write that throws, and throws what it threw', async () => {
    const { db } = opened;
    const reason = new Error('changed my mind');
    const write = db.write(async (tx) => {
      await tx.author.create({ data: author(1) });
      throw reason;
    });
    await expect(write).rejects.toBe(reason);
    expect(await db.read.all(NAMES, [])).toEqual([]);
  });

  test('counts 300 increments at once exactly', async () => {
    const { db } = opened;
    const id = 'd'.repeat(26);
    const text = { slug: 's', title: 't', titleKey: 's', body: '', bodyHtml: '', bodyText: '' };
    const times = { createdAt: new Date(0), lastActivityAt: new Date(0) };
    await db.write((tx) => tx.discussion.create({ data: { id, ...text, ...times } }));
    const one = () =>
      db.write((tx) => tx.discussion.update({ where: { id }, data: { commentCount: { increment: 1 } } }));
    await Promise.all(Array.from({ length: 300 }, one));
    const count = await db.write((tx) => tx.discussion.findUnique({ where: { id } }));
    expect(count?.commentCount).toBe(300);
  });

  test('shows the old rows while a long transaction is open, and the new ones after it', async () => {
    const { db } = opened;
    await db.write((tx) => tx.product.create({ data: product }));
    const name = statement<{ name: string }>('test_product', 'SELECT name FROM product');
    const during: string[] = [];
    await db.write(async (tx) => {
      await tx.product.update({ where: { id: product.id }, data: { name: '1' } });
      during.push(...(await db.read.all(name, [])).map((row) => row.name));
    });
    expect(during).toEqual(['0']);
    expect(await db.read.all(name, [])).toEqual([{ name: '1' }]);
  });

  test('knows a second row with a unique value from any other failure', async () => {
    const { db } = opened;
    await db.write((tx) => tx.product.create({ data: product }));
    const model = db.write((tx) => tx.product.create({ data: { ...product, id: 'q'.repeat(26) } }));
    const raw = db.write(
      (tx) => tx.$executeRaw`INSERT INTO product (id, slug, name) VALUES ('other', 'counted', 'x')`,
    );
    const orphan = db.write((tx) =>
      tx.pin.create({ data: { discussionId: 'missing', createdAt: new Date(0) } }),
    );
    const verdict = (write: Promise<unknown>) => write.then(() => 'written', isUniqueViolation);
    expect(await Promise.all([model, raw, orphan].map(verdict))).toEqual([true, true, false]);
  });

  test('tells of every statement of a request once, and of no BEGIN or COMMIT', async () => {
    const { db } = opened;
    const told: string[] = [];
    const stop = db.onStatement((text) => told.push(text));
    await db.read.all(NAMES, []);
    await db.transaction(async (tx) => tx.run(RENAME, ['x']));
    stop();
    await db.read.all(NAMES, []);
    expect(told).toEqual([NAMES.text[engine], RENAME.text[engine]]);
  });

  test('answers a ping, and says that it has every migration', async () => {
    await opened.db.ping();
    expect(await opened.db.migrationsApplied()).toBe(true);
    await opened.db.write((tx) => tx.$executeRaw`DELETE FROM _prisma_migrations`);
    expect(await opened.db.migrationsApplied()).toBe(false);
  });

  test('finishes the writes under way before it closes', async () => {
    const { db, url } = opened;
    const writes = [1, 2, 3].map((n) => db.write((tx) => tx.author.create({ data: author(n) })));
    await Promise.all([db.close(), ...writes]);
    const again = await openDatabase(url);
    expect(await again.read.all(NAMES, [])).toHaveLength(3);
    await again.close();
    await expect(db.write((tx) => tx.author.count())).rejects.toThrow('closed');
  });

  describe('in a time zone far from UTC', () => {
    const before = process.env['TZ'];
    beforeAll(() => {
      process.env['TZ'] = 'Asia/Kolkata';
    });
    afterAll(() => {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    });

    test('reads and compares times as the milliseconds that were written', async () => {
      const { db } = opened;
      const at = new Date('2026-03-29T00:30:00.123Z');
      await db.write((tx) => tx.author.create({ data: { ...author(1), createdAt: at } }));
      const row = { createdAt: at.getTime(), n: 1, f: 0.5, none: null };
      expect(await db.read.all(TIMES, [at])).toEqual([row]);
      expect(await db.read.all(TIMES, [new Date(at.getTime() - 1)])).toEqual([]);
      const [viaPrisma] = await db.write((tx) => tx.author.findMany());
      expect(viaPrisma?.createdAt).toEqual(at);
    });
  });
});
