// Imports and other writers at the same moment. SQLite has one writer at a time; on PostgreSQL neither sees what the
// other has not committed yet.
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { examine } from '../../src/operations/doctor/index.ts';
import { threadDocument } from '../support/documents.ts';
import { type Forum, openForum } from '../support/forum.ts';
import { postgresTitle, postgresUrl } from '../support/postgres.ts';

/** The lock at which every write of a discussion or a link waits when it is about to be committed. */
const GATE = 1;

describe.skipIf(postgresUrl() === null)(postgresTitle('imports beside other writes on postgres'), () => {
  let forum: Forum;
  let gate: pg.Client;
  let place: string;
  beforeAll(async () => {
    forum = await openForum('postgres', 'empty');
    gate = new pg.Client({ connectionString: forum.databaseUrl });
    await gate.connect();
    await gate.query(`CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN PERFORM pg_advisory_xact_lock_shared(${GATE}); RETURN NULL; END'`);
    for (const table of ['discussion', 'related_link'])
      await gate.query(`CREATE CONSTRAINT TRIGGER wait_at_gate AFTER INSERT ON ${table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_at_gate()`);
    const { data } = await forum.as('root').do('createCategory', { name: 'Place' }, 'category { id }');
    place = data.createCategory.category.id;
  });
  afterAll(async () => {
    await gate.end();
    await forum.close();
  });
  beforeEach(() => gate.query(`SELECT pg_advisory_lock(${GATE})`));
  afterEach(() => gate.query(`SELECT pg_advisory_unlock_all()`));

  const waiting = async () => {
    const { rows } = await gate.query(
      `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return rows[0].n;
  };
  const url = (title: string) => `https://example.com/${encodeURIComponent(title)}`;
  const start = async (title: string) => {
    const input = { title, body: 'Why?', categoryId: place };
    const { data } = await forum.as('ada').do('createDiscussion', input, 'discussion { id }');
    return data.createDiscussion.discussion.id;
  };
  let days = 3;
  const load = (title: string, ...links: string[]) => {
    const related = links.map((one) => ({ title: one, url: url(one) }));
    return forum.load(threadDocument({ title, postedAt: `${++days} days`, related }));
  };
  const openGate = () => gate.query('SELECT pg_advisory_unlock_all()');
  const closeGate = () => gate.query(`SELECT pg_advisory_lock(${GATE})`);

  /** What is there before, and two writes of which one gives a link the title that the other gives a discussion. */
  type Pair = (title: string) => Promise<[() => Promise<unknown>, () => Promise<unknown>]>;
  const pairs: [string, Pair][] = [
    [
      'an imported link and a discussion that is created',
      async (title) => [() => load(`${title}, linked to`, title), () => start(title)],
    ],
    [
      'a link that comes with a later import and a discussion that is created',
      async (title) => {
        await load(`${title}, linked to`);
        return [() => load(`${title}, linked to`, title), () => start(title)];
      },
    ],
    [
      'an imported discussion and a link that is added',
      async (title) => {
        const input = { discussionId: await start(`${title}, linked to`), url: url(title), title };
        return [
          () => load(title),
          () => forum.as('mod').do('addRelatedDiscussion', input, 'discussion { id }'),
        ];
      },
    ],
    [
      'two imports that name one another',
      async (title) => [() => load(title, `${title} again`), () => load(`${title} again`, title)],
    ],
  ];

  describe.each(pairs)('%s at the same time', (pair, prepared) => {
    test.each([[0], [1]])(
      'whichever is about to be committed while the other is written: %i',
      async (first) => {
        await openGate();
        // writers of a word that the search index does not have yet wait for each other, too
        await load(`Words: ${pair} ${first}, linked to, again`);
        const writes = await prepared(`${pair} ${first}`);
        await closeGate();
        const held = writes[first]?.();
        await expect.poll(waiting, { timeout: 10_000 }).toBe(1);
        const other = writes[1 - first]?.();
        await expect.poll(waiting, { timeout: 10_000 }).toBe(2);
        await openGate();
        await Promise.all([held, other]);
        expect((await examine(forum.db, { fix: false, rendering: true })).findings).toBe(0);
      },
    );
  });
});
