import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { localUrl } from '../../src/server/settings/setting-forms.ts';
import { readSettings } from '../../src/server/settings/settings.ts';
import { StartError } from '../../src/start-error.ts';

function faultOf(env: Record<string, string>): string {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
  return '';
}

describe('readSettings', () => {
  test('shows the schema unless it is told not to, or NODE_ENV is production', () => {
    const shown = (env: Readonly<Record<string, string>>) => {
      const { playground, introspection } = readSettings(env);
      return [playground, introspection];
    };
    expect(shown({ NODE_ENV: 'development' })).toEqual([true, true]);
    expect(shown({ NODE_ENV: 'production' })).toEqual([false, false]);
    expect(shown({ NODE_ENV: 'production', INTROSPECTION: '', PLAYGROUND: '' })).toEqual([false, false]);
    expect(shown({ NODE_ENV: 'production', INTROSPECTION: 'on' })).toEqual([false, true]);
    expect(shown({ NODE_ENV: 'production', PLAYGROUND: 'on' })).toEqual([true, false]);
  });

  test('says of every setting that is documented what it must be', () => {
    const text = readFileSync(path.join(packageRoot, 'docs/settings.md'), 'utf8');
    const names = [...text.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(40);
    for (const name of names) expect(faultOf({ [name]: ' ?' })).not.toContain('undefined');
  });

  test('has a default for every setting', () => {
    const { pages, ...plain } = readSettings({});
    expect(pages.of('discussion', 'a')).toBe('http://127.0.0.1:4000/discussions/a');
    expect(plain).toEqual({
      port: 4000,
      feeds: true,
      ...{ embedApiKey: null, embedOrigins: [], frontEndStylesheet: null },
      mcp: true,
      viewCounts: false,
      host: '127.0.0.1',
      workers: 1,
      connectionsMax: 4000,
      inFlightMax: 128,
      overloadWaitMs: 50,
      searchLanguages: [],
      metricsPort: null,
      healthPort: null,
      slowOperationMs: 1000,
      databaseUrl: 'file:./data/forum.db',
      databaseConnections: 16,
      databaseReplicaUrls: [],
      seed: 'sample',
      siteUrl: 'http://127.0.0.1:4000',
      frontEnd: true,
      corsOrigins: [],
      playground: true,
      introspection: true,
      answerCacheBytes: 33_554_432,
      bodyBytesMax: 909_736,
      requestTimeoutMs: 15_000,
      logLevel: 'info',
      drainMs: 0,
      shutdownMs: 10_000,
      trustProxy: false,
      trustedDocumentsFile: null,
      externalTokens: null,
      policy: {
        siteName: 'Parley',
        imageHosts: [],
        ...{ editWindowMs: null, voteOnOwn: false, voteWhenLocked: false, replyDepthMax: 10 },
        ...{ signUp: true, sessionMs: 2_592_000_000, externalIssuer: null, reservedExternalIds: ['host:'] },
      },
      mail: {
        ...{ smtpUrl: null, from: 'no-reply@localhost', folder: './data/mail' },
        links: { passwordReset: expect.any(Function), emailConfirmation: expect.any(Function) },
      },
      rateLimits: true,
      queryPointsPerMinute: 6000,
      redisUrl: null,
      queryLimits: { depthMax: 30, nodesMax: 50_000, aliasesMax: 50, answerBytesMax: 8_388_608 },
    });
  });

  test.each([
    [{ PORT: '0' }, { port: 0 }],
    [{ PORT: '65535' }, { port: 65_535 }],
    [{ PORT: '' }, { port: 4000 }],
    [{ HOST: '0.0.0.0' }, { siteUrl: 'http://localhost:4000' }],
    [{ HOST: '::1', PORT: '80' }, { siteUrl: 'http://[::1]:80' }],
    [{ DATABASE_URL: 'postgresql://me@db/forum' }, { databaseUrl: 'postgresql://me@db/forum' }],
    [{ DATABASE_URL: 'postgres://me@db/forum' }, { databaseUrl: 'postgres://me@db/forum' }],
    [
      {
        DATABASE_URL: 'postgresql://me@db/forum',
        DATABASE_REPLICA_URLS: 'postgresql://me@a/forum, postgres://me@b/forum',
      },
      { databaseReplicaUrls: ['postgresql://me@a/forum', 'postgres://me@b/forum'] },
    ],
    [{ WORKERS: '4' }, { workers: 4 }],
    [{ ANSWER_CACHE_MEGABYTES: '0' }, { answerCacheBytes: 0 }],
    [{ DATABASE_CONNECTIONS: '40' }, { databaseConnections: 40 }],
    [
      { EDIT_WINDOW_MINUTES: '30', VOTE_ON_OWN: 'on', VOTE_WHEN_LOCKED: 'on', REPLY_DEPTH_MAX: '3' },
      { policy: { editWindowMs: 1_800_000, voteOnOwn: true, voteWhenLocked: true, replyDepthMax: 3 } },
    ],
    [{ DRAIN_SECONDS: '5' }, { drainMs: 5000 }],
    [{ SEED: 'none' }, { seed: 'none' }],
    [{ SITE_URL: 'https://example.com/forum/' }, { siteUrl: 'https://example.com/forum' }],
    [{ CORS_ORIGINS: '*' }, { corsOrigins: '*' }],
    [
      { CORS_ORIGINS: 'https://a.example, http://b.example:8080' },
      { corsOrigins: ['https://a.example', 'http://b.example:8080'] },
    ],
    [{ PLAYGROUND: 'off' }, { playground: false }],
    [{ PLAYGROUND: '1' }, { playground: true }],
    [{ INTROSPECTION: 'false' }, { introspection: false }],
    [{ BODY_BYTES_MAX: '1024' }, { bodyBytesMax: 1024 }],
    [{ REQUEST_TIMEOUT_SECONDS: '30' }, { requestTimeoutMs: 30_000 }],
    [{ LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
    [{ SHUTDOWN_SECONDS: '0' }, { shutdownMs: 0 }],
    [{ TRUST_PROXY: 'on' }, { trustProxy: true }],
    [{ TRUST_PROXY: '2' }, { trustProxy: 2 }],
    [{ TRUST_PROXY: '10.0.0.0/8,::1' }, { trustProxy: ['10.0.0.0/8', '::1'] }],
    [{ RATE_LIMITS: 'off' }, { rateLimits: false }],
    [{ REDIS_URL: 'redis://:word@cache:6379/2' }, { redisUrl: 'redis://:word@cache:6379/2' }],
    [{ QUERY_POINTS_PER_MINUTE: '10' }, { queryPointsPerMinute: 10 }],
    [
      { QUERY_DEPTH_MAX: '5', QUERY_NODES_MAX: '100', QUERY_ALIASES_MAX: '0' },
      { queryLimits: { depthMax: 5, nodesMax: 100, aliasesMax: 0 } },
    ],
    [
      { IMAGE_HOSTS: 'images.example, cdn.example:8443' },
      { policy: { imageHosts: ['images.example', 'cdn.example:8443'] } },
    ],
    [{ SOMETHING_ELSE: 'entirely' }, {}],
  ])('reads %j', (env, expected) => {
    expect(readSettings(env)).toMatchObject(expected);
  });

  test.each([
    [{ PORT: '80a' }, 'A setting is wrong: PORT must be a whole number from 0 to 65535, not "80a".'],
    [{ PORT: '65536' }, 'A setting is wrong: PORT must be a whole number from 0 to 65535, not "65536".'],
    [{ PORT: '-1' }, 'A setting is wrong: PORT must be a whole number from 0 to 65535, not "-1".'],
    [{ PORT: '0x50' }, 'A setting is wrong: PORT must be a whole number from 0 to 65535, not "0x50".'],
    [{ HOST: 'a b' }, 'A setting is wrong: HOST must be a host name or an address, not "a b".'],
    [{ SEED: 'all' }, 'A setting is wrong: SEED must be sample or none, not "all".'],
    [{ PLAYGROUND: 'yes' }, 'A setting is wrong: PLAYGROUND must be on or off, not "yes".'],
    [
      { SITE_URL: 'ftp://example.com' },
      'A setting is wrong: SITE_URL must be an http or https URL without query and fragment, not "ftp://example.com".',
    ],
    [
      { SITE_URL: 'https://example.com/?a=b' },
      'A setting is wrong: SITE_URL must be an http or https URL without query and fragment, not "https://example.com/?a=b".',
    ],
    [
      { CORS_ORIGINS: 'https://a.example/path' },
      'A setting is wrong: CORS_ORIGINS must be * or origins such as https://example.com, separated by commas, not "https://a.example/path".',
    ],
    [
      { BODY_BYTES_MAX: '10' },
      'A setting is wrong: BODY_BYTES_MAX must be a whole number from 1024 to 16777216, not "10".',
    ],
    [
      { TRUST_PROXY: '10.0.0.0/33' },
      'A setting is wrong: TRUST_PROXY must be on, off, a number of proxies, or their addresses separated by commas, not "10.0.0.0/33".',
    ],
    [
      { LOG_LEVEL: 'loud' },
      'A setting is wrong: LOG_LEVEL must be one of silent, fatal, error, warn, info, debug, trace, not "loud".',
    ],
  ])('refuses %j in one sentence', (env, message) => {
    expect(faultOf(env)).toBe(message);
  });

  test.each([
    'https://images.example',
    'images.example/path',
    'IMAGES.example',
    '*.example',
    'images.example:443',
    'a b',
    'me@images.example',
    ',',
    Array.from({ length: 101 }, (_, n) => `${n}.example`).join(','),
    `${'a'.repeat(5000)}.example`,
  ])('IMAGE_HOSTS cannot be %j', (IMAGE_HOSTS) => {
    expect(faultOf({ IMAGE_HOSTS })).toMatch(
      /^A setting is wrong: IMAGE_HOSTS must be at most 100 host names/,
    );
  });

  test('lists everything that is wrong at once', () => {
    expect(faultOf({ PORT: 'x', SEED: 'y', SHUTDOWN_SECONDS: 'z' })).toBe(
      'Settings are wrong: PORT must be a whole number from 0 to 65535, not "x"; ' +
        'SEED must be sample or none, not "y"; SHUTDOWN_SECONDS must be a whole number from 0 to 600, not "z".',
    );
  });

  test('never repeats the URL of a Redis', () => {
    expect(faultOf({ REDIS_URL: 'http://:hunter2@cache' })).toBe(
      'A setting is wrong: REDIS_URL must be redis://… or rediss://….',
    );
  });

  test('never repeats a database URL, which may hold a password', () => {
    expect(faultOf({ DATABASE_REPLICA_URLS: 'postgresql://me:hunter2@db/forum' })).toBe(
      'A setting is wrong: DATABASE_REPLICA_URLS must be postgresql://… URLs separated by commas, beside a DATABASE_URL of that kind.',
    );
    expect(faultOf({ DATABASE_URL: 'mysql://me:hunter2@db/forum' })).toBe(
      'A setting is wrong: DATABASE_URL must be file:PATH or postgresql://….',
    );
  });
});

test.each([
  ['127.0.0.1', 4000, 'http://127.0.0.1:4000'],
  ['0.0.0.0', 80, 'http://localhost:80'],
  ['::', 80, 'http://localhost:80'],
  ['fe80::1', 80, 'http://[fe80::1]:80'],
  ['forum.example', 8080, 'http://forum.example:8080'],
])('localUrl reaches a server on %s', (host, port, url) => {
  expect(localUrl(host, port)).toBe(url);
});
