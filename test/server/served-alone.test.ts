// A request sees everything that was committed before it began, even if another process wrote it between two requests of
// the same packet.
import { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createApp } from '../../src/server/app.ts';
import { readSettings } from '../../src/server/settings/settings.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const QUERY = JSON.stringify({ query: '{ categories(first: 5) { nodes { name } } }' });
const REQUEST = [
  ...['POST /graphql HTTP/1.1', 'host: localhost', 'content-type: application/json'],
  ...[`content-length: ${QUERY.length}`, '', QUERY],
].join('\r\n');

let database: TestDatabase;
let other: BetterSqlite3.Database;
beforeEach(async () => {
  database = await openTestDatabase('sqlite');
  other = new BetterSqlite3(database.url.replace('file:', ''));
});
afterEach(async () => {
  vi.restoreAllMocks();
  other.close();
  await database.close();
});

/** Sends so many requests in one packet, and answers the categories that each one's answer names. */
async function askTogether(url: string, times: number): Promise<string[][]> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(REQUEST.repeat(times));
  let text = '';
  for await (const data of socket) {
    text += data;
    if (text.split('"nodes"').length > times && text.endsWith('}')) break;
  }
  const bodies = text.match(/\{"data".*?\}\}\}/g) ?? [];
  return bodies.map((body) =>
    JSON.parse(body).data.categories.nodes.map(({ name }: { name: string }) => name),
  );
}

test.each(['1', '2'])(
  'with WORKERS=%s the second request of a packet sees what another process has written after the first',
  async (WORKERS) => {
    const settings = { PORT: '0', SEED: 'none', LOG_LEVEL: 'silent', PLAYGROUND: 'off', WORKERS };
    const served = readSettings({ ...settings, DATABASE_URL: database.url, ANSWER_CACHE_MEGABYTES: '0' });
    const app = await createApp(served);
    try {
      // known from now on, and answered at once
      expect(await askTogether(app.url, 1)).toEqual([[]]);
      const { end } = ServerResponse.prototype;
      const answering = vi.spyOn(ServerResponse.prototype, 'end');
      answering.mockImplementationOnce(function (this: ServerResponse, ...args: unknown[]) {
        other.exec("INSERT INTO category (id, slug, name) VALUES ('theirs', 'theirs', 'Theirs')");
        return Reflect.apply(end, this, args);
      });
      expect(await askTogether(app.url, 2)).toEqual([[], ['Theirs']]);
    } finally {
      await app.close();
    }
  },
);
