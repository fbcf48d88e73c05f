import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, insertRow, migrate, openDatabase, statement } from '../../src/store/index.ts';
import { type Pair, serverPrograms, startPair } from '../support/postgres-pair.ts';

const NAMES = statement<{ name: string }>('test.replicas', 'SELECT name FROM author ORDER BY id');
const SLEEP = statement<object>('test.sleep', 'SELECT pg_sleep(0.9)');
const title = serverPrograms === null ? ' (skipped: no PostgreSQL server programs here)' : '';

describe.skipIf(serverPrograms === null)(`read replicas${title}`, () => {
  let pair: Pair;
  let db: Database;
  /** Counts how many reads the replica answers. */
  let watch: pg.Client;
  beforeAll(async () => {
    pair = await startPair();
    await migrate(pair.primaryUrl);
    db = await openDatabase(pair.primaryUrl, { replicaUrls: [pair.replicaUrl] });
    watch = new pg.Client({ connectionString: pair.primaryUrl });
    await watch.connect();
  }, 60_000);
  afterAll(async () => {
    await db.close();
    await watch.end();
    pair.remove();
  });

  let count = 0;
  /** Writes as an actor, in a request of its own, and answers the name that it wrote. */
  async function write(actor: string): Promise<string> {
    const mine = await db.forActor(actor);
    const name = `author ${++count}`;
    const id = String(count).padStart(26, '0');
    await mine.transaction((tx) =>
      insertRow(tx, 'author', { id, name, role: 'MEMBER', createdAt: new Date(0) }),
    );
    return name;
  }
  const seenBy = async (actor: string | null) =>
    (await (await db.forActor(actor)).read.all(NAMES, [])).map(({ name }) => name);
  const eventually = async (isSo: () => Promise<boolean>) => {
    while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
  };

  /** Stops the replica, and writes until a guest does not see it: then guests read from the replica. */
  async function pauseBehind(actor: string): Promise<string> {
    for (;;) {
      pair.pause();
      const name = await write(actor);
      if (!(await seenBy(null)).includes(name)) return name;
      pair.resume(); // it had fallen too far behind to be read from
      await eventually(async () => (await seenBy(null)).includes(name));
    }
  }

  test('show a guest an older state for a moment, and their writer everything', async () => {
    const unseen = await pauseBehind('ada');
    expect(await seenBy('ada')).toContain(unseen);
    pair.resume();
  });

  test('are not read from while they lag by more than a second', async () => {
    const name = await pauseBehind('ada');
    await eventually(async () => (await seenBy(null)).includes(name));
    // the replica still does not have it: the primary has answered
    const late = await openDatabase(pair.replicaUrl);
    expect((await late.read.all(NAMES, [])).map((row) => row.name)).not.toContain(name);
    await late.close();
    pair.resume();
  });

  test('are not read from for long while everybody who reads the primary is busy', async () => {
    const busy = await openDatabase(pair.primaryUrl, { replicaUrls: [pair.replicaUrl], connections: 2 });
    const name = await pauseBehind('ada');
    // credentials are looked up so: on the primary
    const sleeping = Array.from({ length: 6 }, () => busy.read.all(SLEEP, []));
    const names = async () => (await (await busy.forActor(null)).read.all(NAMES, [])).map((row) => row.name);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(await names()).toContain(name);
    await Promise.all(sleeping);
    await busy.close();
    pair.resume();
  });

  test('give way to the primary from the write on in the request that writes', async () => {
    pair.pause();
    const mine = await db.forActor('cleo');
    await mine.read.all(NAMES, []);
    const id = String(++count).padStart(26, '0');
    await mine.transaction((tx) =>
      insertRow(tx, 'author', { id, name: 'cleo', role: 'MEMBER', createdAt: new Date(0) }),
    );
    expect((await mine.read.all(NAMES, [])).map((row) => row.name)).toContain('cleo');
    pair.resume();
  });

  test('that fall silent are soon not read from, and are again when they speak', async () => {
    await pauseBehind('ada');
    pair.resume();
    pair.freezeReplica();
    try {
      // running reads are repeated on the primary, and from the next check on all reads use it
      await seenBy(null);
      const name = await write('ada');
      expect(await seenBy(null)).toContain(name);
    } finally {
      pair.thawReplica();
    }
    await pauseBehind('ada');
    pair.resume();
  }, 30_000);

  test('that go away fail no read, and are read from again when they are back', async () => {
    pair.stopReplica();
    const reads = await Promise.allSettled(Array.from({ length: 20 }, () => seenBy(null)));
    expect(reads.map(({ status }) => status)).toEqual(reads.map(() => 'fulfilled'));
    pair.startReplica();
    await pauseBehind('ada');
    pair.resume();
  });
});
