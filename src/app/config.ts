import { isIP } from 'node:net';
import * as z from 'zod';
import { StartError } from '../kit/errors.ts';
import { DEFAULT_POLICY, type Policy } from '../kit/policy.ts';

/** The settings of one server, read and checked once. */
export interface Config {
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  /** Processes that serve side by side. */
  readonly workers: number;
  /** `file:…` for SQLite, `postgresql://…` for PostgreSQL. May hold a password: never logged. */
  readonly databaseUrl: string;
  /** Connections of this process to a server, and to each of its replicas. */
  readonly databaseConnections: number;
  /** Servers that follow the one of `databaseUrl`, for reads. May hold passwords: never logged. */
  readonly databaseReplicaUrls: readonly string[];
  readonly seed: 'sample' | 'none';
  /** The base of the addresses that answers give, without a slash at its end. */
  readonly siteUrl: string;
  /** The origins whose pages may call this API from a browser; '*': all. Empty: no CORS headers at all. */
  readonly corsOrigins: '*' | readonly string[];
  readonly playground: boolean;
  readonly introspection: boolean;
  readonly bodyBytesMax: number;
  /** How long a client may take to send a request, and the server to answer it. */
  readonly requestTimeoutMs: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /**
   * How long to serve on once the server is told to stop, while /health/ready says that it will: as long as a load
   * balancer takes to notice.
   */
  readonly drainMs: number;
  /** How long running requests may take to finish once the server is told to stop. */
  readonly shutdownMs: number;
  /** Whose X-Forwarded-… headers are believed: nobody's, everybody's, the last N proxies', or these addresses'. */
  readonly trustProxy: boolean | number | readonly string[];
  readonly policy: Policy;
}

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

const SWITCH = { on: true, true: true, '1': true, off: false, false: false, '0': false } as const;

const onOff = (fallback: keyof typeof SWITCH) =>
  z
    .string()
    .default(fallback)
    .refine((text) => text in SWITCH)
    .transform((text) => SWITCH[text as keyof typeof SWITCH]);

const wholeNumber = (fallback: number, min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .default(String(fallback))
    .transform(Number)
    .refine((number) => number >= min && number <= max);

const listOf = (isMember: (text: string) => boolean) =>
  z
    .string()
    .transform((text) => text.split(',').map((member) => member.trim()))
    .refine((members) => members.every(isMember));

const settings = z
  .object({
    PORT: wholeNumber(4000, 0, 65_535),
    HOST: z.string().regex(/^\S+$/).default('127.0.0.1'),
    WORKERS: wholeNumber(1, 1, 256),
    DATABASE_URL: z
      .string()
      .regex(/^(file:.|postgres(ql)?:\/\/.)/)
      .default('file:./data/forum.db'),
    DATABASE_CONNECTIONS: wholeNumber(16, 2, 1000),
    DATABASE_REPLICA_URLS: listOf((text) => /^postgres(ql)?:\/\/./.test(text)).default([]),
    SEED: z.enum(['sample', 'none']).default('sample'),
    SITE_URL: z.string().refine(isSiteUrl).optional(),
    CORS_ORIGINS: z.union([z.literal('*'), listOf(isOrigin)]).default([]),
    PLAYGROUND: onOff('on'),
    INTROSPECTION: onOff('on'),
    BODY_BYTES_MAX: wholeNumber(256 * 1024, 1024, 16 * 1024 * 1024),
    REQUEST_TIMEOUT_SECONDS: wholeNumber(15, 1, 600),
    LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
    DRAIN_SECONDS: wholeNumber(0, 0, 600),
    SHUTDOWN_SECONDS: wholeNumber(10, 0, 600),
    TRUST_PROXY: z
      .union([
        z.enum(['on', 'true', 'off', 'false']).transform((text) => SWITCH[text]),
        proxyCount(),
        listOf(isAddress),
      ])
      .default(false),
    EDIT_WINDOW_MINUTES: z.union([z.literal('none'), wholeNumber(1, 1, 5_256_000)]).default('none'),
    VOTE_ON_OWN: onOff('off'),
    VOTE_WHEN_LOCKED: onOff('off'),
    REPLY_DEPTH_MAX: wholeNumber(DEFAULT_POLICY.replyDepthMax, 0, 100),
  })
  .refine(
    ({ DATABASE_URL, DATABASE_REPLICA_URLS }) =>
      DATABASE_REPLICA_URLS.length === 0 || !/^file:/.test(DATABASE_URL),
    {
      path: ['DATABASE_REPLICA_URLS'],
    },
  );

/** What each setting must be, for the sentence that stops the start. */
const MUST_BE: Readonly<Record<keyof typeof settings.shape, string>> = {
  PORT: 'a whole number from 0 to 65535',
  HOST: 'a host name or an address',
  WORKERS: 'a whole number from 1 to 256',
  DATABASE_URL: 'file:PATH or postgresql://…',
  DATABASE_CONNECTIONS: 'a whole number from 2 to 1000',
  DATABASE_REPLICA_URLS: 'postgresql://… URLs separated by commas, beside a DATABASE_URL of that kind',
  SEED: 'sample or none',
  SITE_URL: 'an http or https URL without query and fragment',
  CORS_ORIGINS: '* or origins such as https://example.com, separated by commas',
  PLAYGROUND: 'on or off',
  INTROSPECTION: 'on or off',
  BODY_BYTES_MAX: 'a whole number from 1024 to 16777216',
  REQUEST_TIMEOUT_SECONDS: 'a whole number from 1 to 600',
  LOG_LEVEL: `one of ${LOG_LEVELS.join(', ')}`,
  DRAIN_SECONDS: 'a whole number from 0 to 600',
  SHUTDOWN_SECONDS: 'a whole number from 0 to 600',
  TRUST_PROXY: 'on, off, a number of proxies, or their addresses separated by commas',
  EDIT_WINDOW_MINUTES: 'none, or a whole number from 1 to 5256000',
  VOTE_ON_OWN: 'on or off',
  VOTE_WHEN_LOCKED: 'on or off',
  REPLY_DEPTH_MAX: 'a whole number from 0 to 100',
};

/** Their values may hold passwords, so no message repeats them. */
const SECRETS: readonly string[] = ['DATABASE_URL', 'DATABASE_REPLICA_URLS'];

/**
 * Reads the settings from the environment; a variable that is empty counts as not given, and unknown ones are left
 * alone. Throws one StartError that lists everything that is wrong.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = settings.safeParse(given);
  if (!read.success) throw new StartError(sentence(read.error, given));
  const set = read.data;
  return {
    port: set.PORT,
    host: set.HOST,
    workers: set.WORKERS,
    databaseUrl: set.DATABASE_URL,
    databaseConnections: set.DATABASE_CONNECTIONS,
    databaseReplicaUrls: set.DATABASE_REPLICA_URLS,
    seed: set.SEED,
    siteUrl: (set.SITE_URL ?? localUrl(set.HOST, set.PORT)).replace(/\/+$/, ''),
    corsOrigins: set.CORS_ORIGINS,
    playground: set.PLAYGROUND,
    introspection: set.INTROSPECTION,
    bodyBytesMax: set.BODY_BYTES_MAX,
    requestTimeoutMs: set.REQUEST_TIMEOUT_SECONDS * 1000,
    logLevel: set.LOG_LEVEL,
    drainMs: set.DRAIN_SECONDS * 1000,
    shutdownMs: set.SHUTDOWN_SECONDS * 1000,
    trustProxy: set.TRUST_PROXY,
    policy: {
      editWindowMs: set.EDIT_WINDOW_MINUTES === 'none' ? null : set.EDIT_WINDOW_MINUTES * 60_000,
      voteOnOwn: set.VOTE_ON_OWN,
      voteWhenLocked: set.VOTE_WHEN_LOCKED,
      replyDepthMax: set.REPLY_DEPTH_MAX,
    },
  };
}

/** The address at which this machine reaches a server that listens on `host`: a wildcard becomes localhost. */
export function localUrl(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function sentence(error: z.ZodError, given: Readonly<Record<string, string | undefined>>): string {
  const names = [...new Set(error.issues.map((issue) => issue.path[0] as keyof typeof MUST_BE))];
  const faults = names.map((name) =>
    SECRETS.includes(name)
      ? `${name} must be ${MUST_BE[name]}`
      : `${name} must be ${MUST_BE[name]}, not "${given[name]}"`,
  );
  return `${names.length === 1 ? 'A setting is' : 'Settings are'} wrong: ${faults.join('; ')}.`;
}

function isSiteUrl(text: string): boolean {
  if (!URL.canParse(text) || /[?#]/.test(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.origin === text;
}

function isAddress(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function proxyCount() {
  return z.string().regex(/^\d$/).transform(Number);
}
