import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { differenceOf } from '../../bench/equality.ts';
import { createFloor, floorOperations, openFloor } from '../../bench/floor/server.ts';
import {
  floorBody,
  graphqlBody,
  type Operation,
  operations,
  SITE_URL,
  type Variables,
} from '../../bench/queries.ts';
import { countStatements } from '../../bench/statements.ts';
import { chooseTargets } from '../../bench/targets.ts';
import { readConfig } from '../../src/app/config.ts';
import { makeContext } from '../../src/app/context.ts';
import { createLog } from '../../src/app/log.ts';
import { buildSchema } from '../../src/app/schema.ts';
import { type RunningServer, startServer } from '../../src/app/server.ts';
import { type Database, openDatabase } from '../../src/kit/db/index.ts';
import { NO_LIMITS } from '../../src/kit/limiter.ts';
import { DEFAULT_POLICY } from '../../src/kit/policy.ts';
import { generateTiny, makeFolder } from './tiny.ts';

const folder = makeFolder();
const file = folder.file('forum');
let db: Database;
let server: RunningServer;
let floorDb: BetterSqlite3.Database;

beforeAll(async () => {
  await generateTiny(file, 1);
  db = await openDatabase(`file:${file}`);
  floorDb = openFloor(file);
  const config = readConfig({ PORT: '0', LOG_LEVEL: 'warn', SITE_URL });
  server = await startServer({
    config,
    schema: buildSchema(),
    makeContext: () =>
      makeContext({
        db,
        siteUrl: SITE_URL,
        policy: DEFAULT_POLICY,
        clock: () => new Date(),
        viewer: null,
        address: '',
        limiter: NO_LIMITS,
      }),
    log: createLog(config.logLevel),
    ready: async () => null,
  });
});

afterAll(async () => {
  await server.close();
  floorDb.close();
  await db.close();
  folder.remove();
});

async function ourAnswer(operation: Operation, variables: Variables): Promise<string> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: graphqlBody(operation, variables),
  });
  return response.text();
}

function everyRequest(operation: Operation): Variables[] {
  const [sql, name, prefix] = {
    threadPage: ['SELECT id FROM discussion', 'id', 'D_'],
    listPage: ['SELECT slug FROM category', 'slug', ''],
  }[operation] as [string, string, string];
  const rows = floorDb.prepare<[], string>(sql).pluck().all();
  return rows.map((value) => ({ [name]: `${prefix}${value}` }));
}

describe('the floor', () => {
  test.each(Object.keys(operations) as Operation[])(
    'answers every %s of a forum byte for byte as the server does',
    async (operation) => {
      const answers = floorOperations(floorDb);
      const requests = everyRequest(operation);
      for (const variables of requests) {
        const floor = JSON.stringify({ data: answers[operation](variables) });
        expect(differenceOf(await ourAnswer(operation, variables), floor)).toBeNull();
      }
      expect(requests.length).toBeGreaterThan(1);
    },
  );

  test('answers over HTTP what its operations answer', async () => {
    const floor = createFloor(floorDb).listen(0, '127.0.0.1');
    await once(floor, 'listening');
    const url = `http://127.0.0.1:${(floor.address() as AddressInfo).port}/`;
    const variables = everyRequest('listPage')[0] ?? {};
    const response = await fetch(url, { method: 'POST', body: floorBody('listPage', variables) });
    expect(await response.text()).toBe(await ourAnswer('listPage', variables));
    expect((await fetch(url)).status).toBe(405);
    floor.close();
    floor.closeAllConnections();
  });
});

describe('the comparison of answers', () => {
  test('names the place where they differ', () => {
    expect(differenceOf('{"data":{"a":1}}', '{"data":{"a":2}}')).toContain('at character 13');
  });

  test('takes two equal answers without data for a fault', () => {
    expect(differenceOf('{"data":null}', '{"data":null}')).toBe('both answer {"data":null}');
  });
});

describe('the workload', () => {
  test('is chosen alike each time, and asks for the largest thread and for threads of twenty comments', () => {
    const targets = chooseTargets(file);
    expect(chooseTargets(file)).toEqual(targets);
    expect(targets.workload.threadPage).toHaveLength(5_000);
    expect(targets.workload.listPage).toHaveLength(3);
    const commentsOf = ({ id = '' }: Variables) =>
      floorDb.prepare('SELECT comment_count FROM discussion WHERE id = ?').pluck().get(id.slice(2));
    const most = floorDb.prepare('SELECT max(comment_count) FROM discussion').pluck().get();
    expect(commentsOf(targets.largestThread)).toBe(most);
    expect(targets.shortThreads.map(commentsOf)).toEqual(targets.shortThreads.map(() => 20));
  });

  test('runs as many statements for the largest thread as for one of twenty comments', async () => {
    const { largestThread, shortThreads } = chooseTargets(file);
    const largest = await countStatements(file, 'threadPage', largestThread);
    const short = await countStatements(file, 'threadPage', shortThreads[0] ?? {});
    expect(largest.server).toBe(short.server);
    expect(largest.floor).toBeGreaterThan(3);
  });
});
