import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/server/app.ts';
import { type Apps, openApps, send } from '../support/app.ts';
import { runCommand } from '../support/command.ts';
import { temporaryFolder } from '../support/database.ts';
import { threadDocument } from '../support/documents.ts';
import { postgresUrl } from '../support/postgres.ts';
import { hasRedis, startRedis, type TestRedis } from '../support/redis.ts';

const TITLES = '{ discussions(first: 20) { totalCount nodes { title } } }';
const CREATE = `mutation ($title: String!) {
  createDiscussion(input: { title: $title, body: "B" }) { discussion { id } } }`;
const isMissing = !hasRedis || postgresUrl() === null;
const title = isMissing ? ' (skipped: there is no redis-server, or no PostgreSQL server)' : '';

describe.skipIf(isMissing)(`an instance that gives answers again${title}`, () => {
  let redis: TestRedis;
  let apps: Apps;
  let keeping: App;
  beforeAll(async () => {
    redis = await startRedis();
    apps = await openApps('postgres');
    keeping = await apps.open({ REDIS_URL: redis.url });
    // in its first seconds it keeps nothing for long: others may not have spoken yet
    await new Promise((resolve) => setTimeout(resolve, 6000));
  });
  afterAll(async () => {
    await apps.close();
    await redis.stop();
  });

  const titles = async (app: App): Promise<string[]> => {
    const { body } = await send(app, TITLES);
    return body.data.discussions.nodes.map((node: { title: string }) => node.title);
  };
  /** Until it is visible. Without invalidation that would take an hour. */
  const shows = async (wanted: string) => {
    while (!(await titles(keeping)).includes(wanted)) await new Promise((resolve) => setTimeout(resolve, 50));
  };

  test('is notified of writes by an instance that caches nothing', async () => {
    const other = await apps.open({ REDIS_URL: redis.url, ANSWER_CACHE_MEGABYTES: '0' });
    const key = await apps.key('Ada');
    expect(await titles(keeping)).toEqual([]);
    await send(other, CREATE, { key, variables: { title: 'Told' } });
    await shows('Told');
  });

  test('is notified of writes by a command, which warns if it cannot notify', async () => {
    const folder = temporaryFolder();
    writeFileSync(folder.file('one.md'), threadDocument({ title: 'Imported' }));
    writeFileSync(folder.file('two.md'), threadDocument({ title: 'Untold' }));
    const run = (file: string, url: string) =>
      runCommand('import', [folder.file(file)], {
        databaseUrl: apps.databaseUrl,
        settings: { REDIS_URL: url },
      });
    expect(await titles(keeping)).not.toContain('Imported');
    expect(await run('one.md', redis.url)).toMatchObject({ status: 0, stderr: '' });
    await shows('Imported');
    const { status, stderr } = await run('two.md', 'redis://127.0.0.1:1');
    expect(status).toBe(0);
    expect(stderr).toContain('cannot be reached');
    folder.remove();
  });
});
