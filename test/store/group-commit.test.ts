import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openQueue } from './recording-queue.ts';

let notes: ReturnType<typeof openQueue>;
beforeEach(() => {
  notes = openQueue();
});
afterEach(() => notes.close());

const range = (length: number) => Array.from({ length }, (_, i) => i + 1);
const outcomes = async (writes: Promise<void>[]) =>
  (await Promise.allSettled(writes)).map((result) => (result.status === 'fulfilled' ? 'stored' : 'refused'));

describe('group commit', () => {
  test('commits a lone writer at once, in a transaction of its own', async () => {
    await notes.write(1);
    expect(notes.log).toEqual(['BEGIN IMMEDIATE', 'SAVEPOINT member', 'RELEASE member', 'COMMIT']);
    expect(notes.stored()).toEqual([1]);
  });

  test('shares one COMMIT among all who queue up', async () => {
    await Promise.all(range(30).map((id) => notes.write(id)));
    expect(notes.log.filter((sql) => sql === 'COMMIT')).toHaveLength(1);
    expect(notes.stored()).toEqual(range(30));
  });

  test('shares one COMMIT among requests that arrive together', async () => {
    const handled = (id: number) => new Promise((done) => setImmediate(() => done(notes.write(id))));
    await Promise.all(range(5).map(handled));
    expect(notes.log.filter((sql) => sql === 'COMMIT')).toHaveLength(1);
    expect(notes.stored()).toEqual(range(5));
  });

  test('writes nothing while there is still something to be understood that has arrived with it', async () => {
    const writes = [notes.write(1)];
    for (let hop = 0; hop < 50; hop++) await Promise.resolve();
    expect(notes.log).toEqual([]);
    writes.push(notes.write(2));
    await Promise.all(writes);
    expect(notes.log.filter((sql) => sql === 'COMMIT')).toHaveLength(1);
  });

  test('acknowledges no write before the shared COMMIT: another connection finds each acknowledged note', async () => {
    const seen = await Promise.all(
      range(20).map((id) => notes.write(id).then(() => notes.stored().includes(id))),
    );
    expect(seen).toEqual(range(20).map(() => true));
  });

  test('takes writers in the order in which they come', async () => {
    const order: number[] = [];
    await Promise.all(range(150).map((id) => notes.write(id).then(() => order.push(id))));
    expect(order).toEqual(range(150));
  });

  test('closes a group at 64 members, so that the first does not wait for all', async () => {
    await Promise.all(range(200).map((id) => notes.write(id)));
    const groups = notes.log.join('\n').split('BEGIN IMMEDIATE').slice(1);
    const sizes = groups.map((group) => group.split('SAVEPOINT member').length - 1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(64);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(200);
  });

  test('rolls back a member that fails, and stores the others of its group', async () => {
    const duplicate = 'INSERT INTO note (id) VALUES (1)';
    const writes = [notes.write(1), notes.write(2, duplicate), notes.write(3)];
    expect(await outcomes(writes)).toEqual(['stored', 'refused', 'stored']);
    expect(notes.stored()).toEqual([1, 3]);
    expect(notes.log.filter((sql) => sql === 'COMMIT')).toHaveLength(1);
  });

  test('tells a member that fails only when what it has seen of others is on disk', async () => {
    const ids = notes.connection.prepare('SELECT id FROM note').pluck();
    const refused = async (extra: string | null) => {
      const member = await notes.queue.enter();
      const seen = member.run(() => ids.all()) as number[];
      if (extra) member.run(() => notes.connection.exec(extra));
      await member.rollback();
      expect(notes.stored()).toEqual(seen);
      throw new Error('refused');
    };
    const writes = [notes.write(1), refused(null), refused('INSERT INTO note (id) VALUES (9)')];
    expect(await outcomes(writes)).toEqual(['stored', 'refused', 'refused']);
    expect(notes.stored()).toEqual([1]);
  });

  test('tells a member that fails that the group has failed, where what it has seen is lost', async () => {
    const orphan = 'PRAGMA defer_foreign_keys = ON; INSERT INTO note (id, parent) VALUES (50, 99)';
    const lost = notes.write(1, orphan);
    const member = await notes.queue.enter();
    await expect(Promise.all([member.rollback(), lost])).rejects.toThrow(/FOREIGN KEY/);
    await expect(lost).rejects.toThrow(/FOREIGN KEY/);
    expect(notes.stored()).toEqual([]);
  });

  test('tells all of a group whose COMMIT fails, stores nothing of it, and goes on with the next', async () => {
    // a missing parent that is looked for at COMMIT makes exactly that fail
    const orphan = 'PRAGMA defer_foreign_keys = ON; INSERT INTO note (id, parent) VALUES (50, 99)';
    const writes = [notes.write(1), notes.write(2, orphan), notes.write(3)];
    expect(await outcomes(writes)).toEqual(['refused', 'refused', 'refused']);
    expect(notes.stored()).toEqual([]);
    await notes.write(4);
    expect(notes.stored()).toEqual([4]);
  });

  test('tells all who wait when SQLite rolls the whole transaction back, and goes on with the next', async () => {
    const rollAllBack = 'INSERT OR ROLLBACK INTO note (id) VALUES (1)';
    const writes = [notes.write(1), notes.write(2, rollAllBack), notes.write(3)];
    expect(await outcomes(writes)).toEqual(['refused', 'refused', 'stored']);
    expect(notes.stored()).toEqual([3]);
  });

  test('refuses further writes after SQLite has rolled the transaction back', async () => {
    const member = await notes.queue.enter();
    const insert = (sql: string) => member.run(() => notes.connection.exec(sql));
    insert('INSERT INTO note (id) VALUES (1)');
    expect(() => insert('INSERT OR ROLLBACK INTO note (id) VALUES (1)')).toThrow(/UNIQUE/);
    expect(() => insert('INSERT INTO note (id) VALUES (2)')).toThrow(/UNIQUE/);
    await expect(member.commit()).rejects.toThrow(/UNIQUE/);
    expect(notes.stored()).toEqual([]);
  });

  test('has what was acknowledged when the disk is full, and writes again once there is room', async () => {
    await notes.write(1);
    const pages = notes.connection.pragma('page_count', { simple: true });
    notes.connection.pragma(`max_page_count = ${pages}`);
    const many = `INSERT INTO note (id) SELECT value FROM json_each('${JSON.stringify(range(9000).slice(999))}')`;
    expect(await outcomes([notes.write(2), notes.write(3, many)])).toContain('refused');
    const storedWhileFull = notes.stored();
    expect(storedWhileFull).toContain(1);
    expect(storedWhileFull).not.toContain(3);
    notes.connection.pragma('max_page_count = 100000');
    await notes.write(4, many);
    expect(notes.stored()).toHaveLength(storedWhileFull.length + 1 + 8001);
  });

  test('serves others while another process holds the lock, and takes its turn after it', async () => {
    const other = new BetterSqlite3(notes.file);
    other.exec('BEGIN IMMEDIATE; INSERT INTO note (id) VALUES (7)');
    const events: string[] = [];
    const write = notes.write(8).then(() => events.push('written'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    events.push('served');
    other.exec('COMMIT');
    other.close();
    await write;
    expect(events).toEqual(['served', 'written']);
    expect(notes.stored()).toEqual([7, 8]);
  });

  test('refuses statements and a second end after a member has ended', async () => {
    const member = await notes.queue.enter();
    await member.commit();
    expect(() => member.run(() => notes.connection.exec('INSERT INTO note (id) VALUES (1)'))).toThrow(
      'has ended',
    );
    await expect(member.commit()).rejects.toThrow('has ended');
    await member.rollback();
    await notes.write(2);
    expect(notes.stored()).toEqual([2]);
  });
});
