import * as z from 'zod';
import type { PageUrls } from '../../access/page-urls.ts';
import { DEFAULT_POLICY, type Policy } from '../../access/policy.ts';
import type { QueryLimits } from '../../api/limits/query-limits.ts';
import type { ExternalTokenSettings } from '../../identity/index.ts';
import type { MailSettings } from '../../mail/mailer.ts';
import { StartError } from '../../start-error.ts';
import { API_MUST_BE, type ApiSettings, apiSettings, apiSettingsOf } from './api-settings.ts';
import {
  EXTERNAL_IDENTITY_MUST_BE,
  EXTERNAL_IDENTITY_SECRETS,
  externalIdentityFaults,
  externalIdentitySettings,
  externalTokensOf,
} from './external-identity-settings.ts';
import {
  FRONT_END_MUST_BE,
  type FrontEndSettings,
  frontEndSettings,
  frontEndSettingsOf,
} from './front-end-settings.ts';
import { LIMIT_MUST_BE, limitSettings } from './limit-settings.ts';
import { MAIL_MUST_BE, mailOf, mailSettings } from './mail-settings.ts';
import {
  OPERATION_MUST_BE,
  type OperationSettings,
  operationSettings,
  operationSettingsOf,
} from './operation-settings.ts';
import { PAGE_MUST_BE, pageSettings, pagesOf } from './page-settings.ts';
import {
  isAddress,
  isSiteUrl,
  listOf,
  localUrl,
  onOff,
  proxyCount,
  SWITCH,
  wholeNumber,
} from './setting-forms.ts';

/** The settings of one server, read and checked once. */
export interface Settings extends OperationSettings, ApiSettings, FrontEndSettings {
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  /** The number of processes that serve side by side. */
  readonly workers: number;
  /** `file:…` for SQLite, `postgresql://…` for PostgreSQL. May hold a password: never logged. */
  readonly databaseUrl: string;
  /** The number of connections to the database server, and to each replica. */
  readonly databaseConnections: number;
  /** Replicas of the database, for reads. May hold passwords: never logged. */
  readonly databaseReplicaUrls: readonly string[];
  readonly seed: 'sample' | 'none';
  /** The base of URLs in responses, without a trailing slash. */
  readonly siteUrl: string;
  /** The URLs of the front end's pages. */
  readonly pages: PageUrls;
  /** Whether feeds, sitemaps, robots.txt and texts for agents are served. */
  readonly feeds: boolean;
  /** The time-out for receiving a request, and for responding to it. */
  readonly requestTimeoutMs: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** How long to serve after a signal to stop, while /health/ready reports it, so that load balancers notice. */
  readonly drainMs: number;
  /** How long running requests may take to finish after a signal to stop. */
  readonly shutdownMs: number;
  /** Whose X-Forwarded-… headers are trusted: none, all, those of the last N proxies, or of these addresses. */
  readonly trustProxy: boolean | number | readonly string[];
  readonly policy: Policy;
  /** How the tokens of an external identity provider are verified. Null: not accepted. Holds secrets: never logged. */
  readonly externalTokens: ExternalTokenSettings | null;
  /** Whether rate limits apply. */
  readonly rateLimits: boolean;
  /** The cost of operations that one viewer may use in a minute, in points. */
  readonly queryPointsPerMinute: number;
  /** The Redis that instances share. Null: each counts in its own memory. May hold a password: never logged. */
  readonly redisUrl: string | null;
  readonly queryLimits: QueryLimits;
  readonly mail: MailSettings;
}

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

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
    EXTERNAL_ID_RESERVED: z
      .union([
        z.literal('all').transform(() => ['']),
        z.literal('none').transform(() => []),
        listOf((text) => text.length <= 255),
      ])
      .default([...DEFAULT_POLICY.reservedExternalIds]),
    ...externalIdentitySettings,
    ...limitSettings,
    ...mailSettings,
    ...operationSettings,
    ...apiSettings,
    ...frontEndSettings,
    ...pageSettings,
    SIGN_UP: onOff('on'),
    SESSION_DAYS: wholeNumber(30, 1, 3650),
  })
  .refine(
    ({ DATABASE_URL, DATABASE_REPLICA_URLS }) =>
      DATABASE_REPLICA_URLS.length === 0 || !/^file:/.test(DATABASE_URL),
    { path: ['DATABASE_REPLICA_URLS'] },
  );

/** What each setting must be, for the message that ends the start. */
const MUST_BE: Readonly<Record<keyof typeof settings.shape, string>> = {
  PORT: 'a whole number from 0 to 65535',
  HOST: 'a host name or an address',
  WORKERS: 'a whole number from 1 to 256',
  DATABASE_URL: 'file:PATH or postgresql://…',
  DATABASE_CONNECTIONS: 'a whole number from 2 to 1000',
  DATABASE_REPLICA_URLS: 'postgresql://… URLs separated by commas, beside a DATABASE_URL of that kind',
  SEED: 'sample or none',
  SITE_URL: 'an http or https URL without query and fragment',
  REQUEST_TIMEOUT_SECONDS: 'a whole number from 1 to 600',
  LOG_LEVEL: `one of ${LOG_LEVELS.join(', ')}`,
  DRAIN_SECONDS: 'a whole number from 0 to 600',
  SHUTDOWN_SECONDS: 'a whole number from 0 to 600',
  TRUST_PROXY: 'on, off, a number of proxies, or their addresses separated by commas',
  EDIT_WINDOW_MINUTES: 'none, or a whole number from 1 to 5256000',
  VOTE_ON_OWN: 'on or off',
  VOTE_WHEN_LOCKED: 'on or off',
  REPLY_DEPTH_MAX: 'a whole number from 0 to 100',
  EXTERNAL_ID_RESERVED: 'all, none, or prefixes such as host:, separated by commas',
  ...EXTERNAL_IDENTITY_MUST_BE,
  ...LIMIT_MUST_BE,
  ...MAIL_MUST_BE,
  ...OPERATION_MUST_BE,
  ...API_MUST_BE,
  ...FRONT_END_MUST_BE,
  ...PAGE_MUST_BE,
  SIGN_UP: 'on or off',
  SESSION_DAYS: 'a whole number from 1 to 3650',
};

/** The defaults that differ with NODE_ENV=production: the schema is not shown to strangers. */
const PRODUCTION = { PLAYGROUND: 'off', INTROSPECTION: 'off' };

/** Settings that may hold passwords. Messages do not repeat their values. */
const SECRETS: readonly string[] = [
  'DATABASE_URL',
  'DATABASE_REPLICA_URLS',
  'SMTP_URL',
  'REDIS_URL',
  ...EXTERNAL_IDENTITY_SECRETS,
];

/**
 * Reads the settings from the environment. Empty variables count as unset and unknown ones are ignored. Throws one
 * StartError that lists everything that is wrong.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const chosen = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const present = env['NODE_ENV'] === 'production' ? { ...PRODUCTION, ...chosen } : chosen;
  const read = settings.safeParse(present);
  const conflicts = externalIdentityFaults(present);
  if (!read.success || conflicts.length > 0)
    throw new StartError(messageFor(read.error?.issues ?? [], present, conflicts));
  const set = read.data;
  const siteUrl = (set.SITE_URL ?? localUrl(set.HOST, set.PORT)).replace(/\/+$/, '');
  return {
    port: set.PORT,
    host: set.HOST,
    workers: set.WORKERS,
    databaseUrl: set.DATABASE_URL,
    databaseConnections: set.DATABASE_CONNECTIONS,
    databaseReplicaUrls: set.DATABASE_REPLICA_URLS,
    seed: set.SEED,
    siteUrl,
    pages: pagesOf(set, siteUrl),
    feeds: set.FEEDS,
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
      signUp: set.SIGN_UP,
      reservedExternalIds: set.EXTERNAL_ID_RESERVED,
      imageHosts: set.IMAGE_HOSTS,
      sessionMs: set.SESSION_DAYS * 24 * 60 * 60 * 1000,
    },
    ...operationSettingsOf(set),
    ...apiSettingsOf(set),
    ...frontEndSettingsOf(set),
    mail: mailOf(set, siteUrl),
    externalTokens: externalTokensOf(set),
    rateLimits: set.RATE_LIMITS,
    queryPointsPerMinute: set.QUERY_POINTS_PER_MINUTE,
    redisUrl: set.REDIS_URL ?? null,
    queryLimits: {
      depthMax: set.QUERY_DEPTH_MAX,
      nodesMax: set.QUERY_NODES_MAX,
      aliasesMax: set.QUERY_ALIASES_MAX,
      answerBytesMax: set.ANSWER_BYTES_MAX,
    },
  };
}

function messageFor(
  issues: readonly z.core.$ZodIssue[],
  env: Readonly<Record<string, string | undefined>>,
  conflicts: readonly string[],
): string {
  const names = [...new Set(issues.map((issue) => issue.path[0] as keyof typeof MUST_BE))];
  const faults = names.map((name) =>
    SECRETS.includes(name)
      ? `${name} must be ${MUST_BE[name]}`
      : `${name} must be ${MUST_BE[name]}, not "${env[name]}"`,
  );
  const all = [...faults, ...conflicts];
  return `${all.length === 1 ? 'A setting is' : 'Settings are'} wrong: ${all.join('; ')}.`;
}
