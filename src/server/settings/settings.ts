import * as z from 'zod';
import { DEFAULT_POLICY, type Policy } from '../../access/policy.ts';
import { StartError } from '../../start-error.ts';
import { apiSettings, apiSettingsOf } from './api-settings.ts';
import {
  EXTERNAL_IDENTITY_SECRETS,
  externalIdentityFaults,
  externalIdentitySettings,
  externalTokensOf,
} from './external-identity-settings.ts';
import { frontEndSettings, frontEndSettingsOf } from './front-end-settings.ts';
import { limitSettings } from './limit-settings.ts';
import { mailOf, mailSettings } from './mail-settings.ts';
import { operationSettings, operationSettingsOf } from './operation-settings.ts';
import { pageSettings, pagesOf } from './page-settings.ts';
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
export type Settings = Readonly<ReturnType<typeof readSettings>>;

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

const settings = z
  .object({
    PORT: wholeNumber(4000, 0, 65_535),
    HOST: z.string().regex(/^\S+$/).default('127.0.0.1').describe('a host name or an address'),
    WORKERS: wholeNumber(1, 1, 256),
    DATABASE_URL: z
      .string()
      .regex(/^(file:.|postgres(ql)?:\/\/.)/)
      .default('file:./data/forum.db')
      .describe('file:PATH or postgresql://…'),
    DATABASE_CONNECTIONS: wholeNumber(16, 2, 1000),
    DATABASE_REPLICA_URLS: listOf((text) => /^postgres(ql)?:\/\/./.test(text))
      .default([])
      .describe('postgresql://… URLs separated by commas, beside a DATABASE_URL of that kind'),
    SEED: z.enum(['sample', 'none']).default('sample').describe('sample or none'),
    SITE_URL: z
      .string()
      .refine(isSiteUrl)
      .optional()
      .describe('an http or https URL without query and fragment'),
    REQUEST_TIMEOUT_SECONDS: wholeNumber(15, 1, 600),
    LOG_LEVEL: z
      .enum(LOG_LEVELS)
      .default('info')
      .describe(`one of ${LOG_LEVELS.join(', ')}`),
    DRAIN_SECONDS: wholeNumber(0, 0, 600),
    SHUTDOWN_SECONDS: wholeNumber(10, 0, 600),
    TRUST_PROXY: z
      .union([
        z.enum(['on', 'true', 'off', 'false']).transform((text) => SWITCH[text]),
        proxyCount(),
        listOf(isAddress),
      ])
      .default(false)
      .describe('on, off, a number of proxies, or their addresses separated by commas'),
    EDIT_WINDOW_MINUTES: z
      .union([z.literal('none'), wholeNumber(1, 1, 5_256_000)])
      .default('none')
      .describe('none, or a whole number from 1 to 5256000'),
    VOTE_ON_OWN: onOff('off'),
    VOTE_WHEN_LOCKED: onOff('off'),
    REPLY_DEPTH_MAX: wholeNumber(DEFAULT_POLICY.replyDepthMax, 0, 100),
    EXTERNAL_ID_RESERVED: z
      .union([
        z.literal('all').transform(() => ['']),
        z.literal('none').transform(() => []),
        listOf((text) => text.length <= 255),
      ])
      .default([...DEFAULT_POLICY.reservedExternalIds])
      .describe('all, none, or prefixes such as host:, separated by commas'),
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

/** The defaults that differ with NODE_ENV=production: the schema is not shown to strangers. */
const PRODUCTION = { PLAYGROUND: 'off', INTROSPECTION: 'off' };

/** Settings that may contain passwords. Messages do not repeat their values. */
const SECRETS: readonly string[] = [
  'DATABASE_URL',
  'DATABASE_REPLICA_URLS',
  'SMTP_URL',
  'REDIS_URL',
  'EMBED_API_KEY',
  ...EXTERNAL_IDENTITY_SECRETS,
];

/**
 * Reads the settings from the environment. Empty variables count as unset and unknown ones are ignored. Throws one
 * StartError that lists everything that is wrong.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>> = process.env) {
  const chosen = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const present = env['NODE_ENV'] === 'production' ? { ...PRODUCTION, ...chosen } : chosen;
  const read = settings.safeParse(present);
  const conflicts = externalIdentityFaults(present);
  if (!read.success || conflicts.length > 0)
    throw new StartError(messageFor(read.error?.issues ?? [], present, conflicts));
  const set = read.data;
  const externalTokens = externalTokensOf(set);
  const siteUrl = (set.SITE_URL ?? localUrl(set.HOST, set.PORT)).replace(/\/+$/, '');
  return {
    /** 0: any free port. */
    port: set.PORT,
    host: set.HOST,
    /** The number of processes that serve side by side. */
    workers: set.WORKERS,
    /** `file:…` for SQLite, `postgresql://…` for PostgreSQL. May contain a password: never logged. */
    databaseUrl: set.DATABASE_URL,
    /** The number of connections to the database server, and to each replica. */
    databaseConnections: set.DATABASE_CONNECTIONS,
    /** Replicas of the database, for reads. May contain passwords: never logged. */
    databaseReplicaUrls: set.DATABASE_REPLICA_URLS as readonly string[],
    seed: set.SEED,
    /** The base of URLs in responses, without a trailing slash. */
    siteUrl,
    /** The URLs of the front end's pages. */
    pages: pagesOf(set, siteUrl),
    /** Whether feeds, sitemaps, robots.txt and texts for agents are served. */
    feeds: set.FEEDS,
    /** The time-out for receiving a request, and for responding to it. */
    requestTimeoutMs: set.REQUEST_TIMEOUT_SECONDS * 1000,
    logLevel: set.LOG_LEVEL,
    /** How long to serve after a signal to stop, while /health/ready reports it, so that load balancers notice. */
    drainMs: set.DRAIN_SECONDS * 1000,
    /** How long running requests may take to finish after a signal to stop. */
    shutdownMs: set.SHUTDOWN_SECONDS * 1000,
    /** Whose X-Forwarded-… headers are trusted: none, all, those of the last N proxies, or of these addresses. */
    trustProxy: set.TRUST_PROXY as boolean | number | readonly string[],
    policy: {
      siteName: set.SITE_NAME,
      editWindowMs: set.EDIT_WINDOW_MINUTES === 'none' ? null : set.EDIT_WINDOW_MINUTES * 60_000,
      voteOnOwn: set.VOTE_ON_OWN,
      voteWhenLocked: set.VOTE_WHEN_LOCKED,
      replyDepthMax: set.REPLY_DEPTH_MAX,
      signUp: set.SIGN_UP,
      reservedExternalIds: set.EXTERNAL_ID_RESERVED,
      imageHosts: set.IMAGE_HOSTS,
      sessionMs: set.SESSION_DAYS * 24 * 60 * 60 * 1000,
      externalIssuer: externalTokens?.issuer ?? null,
    } satisfies Policy as Policy,
    ...operationSettingsOf(set),
    ...apiSettingsOf(set),
    ...frontEndSettingsOf(set),
    mail: mailOf(set, siteUrl),
    /** How the tokens of an external identity provider are verified. Null: not accepted. Contains secrets: never logged. */
    externalTokens,
    /** Whether rate limits apply. */
    rateLimits: set.RATE_LIMITS,
    /** The cost of operations that one viewer may use in a minute, in points. */
    queryPointsPerMinute: set.QUERY_POINTS_PER_MINUTE,
    /** The Redis that instances share. Null: each counts in its own memory. May contain a password: never logged. */
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
  const names = [...new Set(issues.map((issue) => issue.path[0] as keyof typeof settings.shape))];
  const faults = names.map((name) => {
    const mustBe = `${name} must be ${settings.shape[name].description}`;
    return SECRETS.includes(name) ? mustBe : `${mustBe}, not "${env[name]}"`;
  });
  const all = [...faults, ...conflicts];
  return `${all.length === 1 ? 'A setting is' : 'Settings are'} wrong: ${all.join('; ')}.`;
}
