// Sitemaps and feeds of large forums. `SITEMAP_DISCUSSIONS=1000000` is what the figures of docs/feeds.md were measured with.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reindex } from '../../src/forum/search/index.ts';
import type { Database } from '../../src/store/index.ts';
import { engines, openTestDatabase, type TestDatabase, temporaryFolder } from '../support/database.ts';
import { startWatched, type WatchedServer } from './fuzz/watched-server.ts';

const DISCUSSIONS = Number(process.env['SITEMAP_DISCUSSIONS'] ?? 50_000);
const START = Date.UTC(2020, 0, 1);
const SITE_URL = 'https://forum.example';
/** In use after a garbage collection, in megabytes: the states of files and what is compiled on first use. */
const KEPT_MAX = 15;
/** With garbage. V8 lets the heap grow to about three times of what is in use before it collects it. */
const GROWTH_MAX = 200;

/** Inserts discussions that nobody has commented on, one a minute. Lists by other orders than time are not read here. */
async function fill(db: Database): Promise<void> {
  const isSqlite = db.engine === 'sqlite';
  const numbers = isSqlite
    ? 'WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < LAST) SELECT'
    : 'SELECT';
  const source = isSqlite ? 'FROM s' : 'FROM generate_series(1, LAST) AS s (n)';
  const id = isSqlite ? "printf('%026d', n)" : "lpad(n::text, 26, '0')";
  const time = isSqlite ? `${START} + 60000 * n` : `to_timestamp(${START / 1000} + 60 * n)`;
  const insert = `INSERT INTO discussion
    (id, slug, title, title_key, body, body_html, body_text, created_at, last_activity_at)
    ${numbers} ${id}, 'why-does-it-not-do-what-it-did-on-the-day-before-' || n, 'Why? ' || n, 'why-' || n,
      'It did.', '<p>It did.</p>', 'It did.', ${time}, ${time} ${source}`;
  await db.write(async (tx) => {
    const named = await tx.$queryRawUnsafe<{ name: string }[]>(
      isSqlite
        ? `SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'discussion' AND sql IS NOT NULL`
        : `SELECT indexname AS name FROM pg_indexes WHERE tablename = 'discussion' AND indexname NOT LIKE '%key'
            AND indexname NOT LIKE '%pkey'`,
    );
    // a tenth of the time: writing twenty indexes row by row takes the rest
    for (const { name } of named)
      if (!/created_at_id_idx$|slug|external_id|import_key|answer_id/.test(name))
        await tx.$executeRawUnsafe(`DROP INDEX "${name}"`);
    await tx.$executeRawUnsafe(insert.replaceAll('LAST', String(DISCUSSIONS)));
    if (!isSqlite) await tx.$executeRawUnsafe('ANALYZE discussion');
  });
}

describe.each(engines)(`sitemaps and feeds of ${DISCUSSIONS} discussions on %s`, (engine) => {
  let database: TestDatabase;
  let server: WatchedServer;
  const folder = temporaryFolder();
  beforeAll(async () => {
    database = await openTestDatabase(engine);
    // the index of an empty forum is complete: the server would warn of the rows below
    await reindex(database.db);
    await fill(database.db);
    server = await startWatched(database.url, folder.path, { SITE_URL, ANSWER_CACHE_MEGABYTES: '0' });
    await read('/feeds/discussions.atom');
    await read('/sitemaps/0-00000000000000000000000100.xml');
  }, 900_000);
  afterAll(async () => {
    await server.stop();
    await database.close();
    folder.remove();
  });

  /** Reads a document piece by piece. Returns its size and the number of its URLs, and the first 10,000 characters. */
  async function read(path: string) {
    const response = await fetch(server.url + path);
    expect([path, response.status]).toEqual([path, 200]);
    let [bytes, urls, rest, start] = [0, 0, '', ''];
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      const text = rest + Buffer.from(chunk).toString('latin1');
      urls += text.split('<loc>').length - 1;
      rest = text.slice(-4);
      if (start.length < 10_000) start += text;
    }
    return { bytes, urls, start };
  }

  test('are sent in a bounded memory, to four clients at once', async () => {
    const before = await server.memory();
    const said = async (what: string, from: number) => {
      const ms = Math.round(performance.now() - from);
      const { peak, ownPeak, heapUsed } = await server.memory();
      const [own, all, was] = [ownPeak, peak, before.ownPeak].map(Math.round);
      const kept = (heapUsed - before.heapUsed).toFixed(1);
      console.log(
        `${what} on ${engine}: ${ms} ms, peak ${own} MB (${all} with mapped files), before ${was} MB, kept ${kept} MB`,
      );
    };
    let from = performance.now();
    const index = await read('/sitemap.xml');
    await said('the index', from);
    const files = [...index.start.matchAll(/<loc>([^<]+)</g)].map(([, url = '']) =>
      url.replace(SITE_URL, ''),
    );
    expect(files).toHaveLength(Math.ceil(DISCUSSIONS / 45_000));
    from = performance.now();
    let urls = 0;
    for (const file of files) urls += (await read(file)).urls;
    expect(urls).toBe(DISCUSSIONS);
    await said(`${files.length} files`, from);
    from = performance.now();
    const [one, ...others] = await Promise.all([0, 1, 2, 3].map(() => read(files[0] ?? '')));
    for (const other of others) expect(other).toEqual(one);
    await said('one file four times', from);
    from = performance.now();
    for (const format of ['atom', 'rss', 'json'])
      expect((await read(`/feeds/discussions.${format}`)).bytes).toBeGreaterThan(1000);
    await said('three feeds', from);
    const after = await server.memory();
    expect(after.heapUsed - before.heapUsed).toBeLessThan(KEPT_MAX);
    expect(after.ownPeak - before.ownPeak).toBeLessThan(GROWTH_MAX);
  }, 900_000);
});
