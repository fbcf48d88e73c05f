import { describe, expect, onTestFinished, test } from 'vitest';
import { issueKeyForNewAuthor } from '../../src/identity/index.ts';
import { newId } from '../../src/store/ids.ts';
import { migrate, openDatabase, statement } from '../../src/store/index.ts';
import { createPostgresDatabase, postgresTitle, postgresUrl } from '../support/postgres.ts';
import { startBalancer } from './balancer.ts';
import { type Program, start } from './program.ts';

const CLIENTS = 8;
const COMMENTS = statement<{ total: number }>('test.rolling', 'SELECT count(*) AS total FROM comment');

describe.skipIf(postgresUrl() === null)(postgresTitle('a rolling start on postgres'), () => {
  test('replaces both instances under load without one failed request, and without one lost comment', async () => {
    const database = await createPostgresDatabase();
    onTestFinished(database.drop);
    await migrate(database.url);
    const db = await openDatabase(database.url);
    const { token } = await db.transaction((tx) =>
      issueKeyForNewAuthor(tx, newId, { name: 'ada', role: 'MEMBER', at: new Date() }),
    );
    const limits = { RATE_LIMITS: 'off', OVERLOAD_WAIT_MS: '0' };
    const env = { DATABASE_URL: database.url, DRAIN_SECONDS: '3', LOG_LEVEL: 'info', ...limits };
    const balancer = await startBalancer();
    const added = async (): Promise<{ program: Program; url: string }> => {
      const program = await start(env);
      const url = await program.listening();
      balancer.add(url);
      await balancer.seen(url, 'READY');
      return { program, url };
    };
    const old = [await added(), await added()];

    const ask = async (query: string, variables: Record<string, unknown> = {}) => {
      const response = await fetch(`${balancer.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, text: await response.text() };
    };
    const create =
      'mutation { createDiscussion(input: { title: "Rolling", body: "on" }) { discussion { id } } }';
    const { id } = JSON.parse((await ask(create)).text).data.createDiscussion.discussion;
    const read = 'query ($id: ID!) { discussion(id: $id) { commentCount } }';
    const write =
      'mutation ($id: ID!) { addComment(input: { discussionId: $id, body: "on" }) { comment { id } } }';

    let isOver = false;
    let written = 0;
    const failures: string[] = [];
    const clients = Array.from({ length: CLIENTS }, async (_, n) => {
      while (!isOver) {
        const { status, text } = await ask(n % 2 === 0 ? read : write, { id });
        if (status !== 200 || text.includes('"errors"')) failures.push(`${status} ${text}`);
        else if (n % 2 === 1) written++;
      }
    });
    for (const { program, url } of old) {
      await added();
      program.child.kill('SIGTERM');
      await balancer.seen(url, 'NOT_READY');
      expect((await program.ended()).status).toBe(0);
    }
    isOver = true;
    await Promise.all(clients);
    expect(failures).toEqual([]);
    expect(written).toBeGreaterThan(0);
    expect(await db.read.all(COMMENTS, [])).toEqual([{ total: written }]);
    await balancer.close();
    await db.close();
  }, 120_000);
});
