import { type Limiter, NO_LIMITS } from '../../src/access/limiter.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/access/policy.ts';
import type { ViewCounter } from '../../src/access/view-counter.ts';
import type { Role } from '../../src/access/viewer.ts';
import { makeContext } from '../../src/api/make-context.ts';
import { buildSchema } from '../../src/api/schema.ts';
import type { SitemapSizes } from '../../src/feeds/index.ts';
import type { ApiKeyScope } from '../../src/generated/graphql.ts';
import { globalId } from '../../src/graphql/global-id.ts';
import { issueApiKey } from '../../src/identity/api-keys.ts';
import {
  authenticate,
  type ExternalIdentities,
  emailsOf,
  issueKeyForNewAuthor,
} from '../../src/identity/index.ts';
import { withIncluded } from '../../src/identity/scopes.ts';
import { type ImportResult, importDocument, seedIfEmpty } from '../../src/import/index.ts';
import { createMailer } from '../../src/mail/mailer.ts';
import { startServer } from '../../src/server/server.ts';
import { readSettings } from '../../src/server/settings/settings.ts';
import { newId } from '../../src/store/ids.ts';
import { type Database, type Engine, type Transaction, updateRows } from '../../src/store/index.ts';
import { openTestDatabase, temporaryFolder } from './database.ts';
import { withCheckedDeclarations } from './declarations.ts';
import { type ReceivedEmail, readEmails } from './emails.ts';
import { testLog } from './log.ts';
import { mutationOf, once, post } from './send.ts';

/** The moment at which the seed was captured: at this time its phrases print as they stand in its documents. */
export const CAPTURED_AT = new Date('2026-11-24T00:00:00Z');

export const SITE_URL = 'https://forum.example';

export interface Answer {
  // answers are asserted value by value; their types would be written twice
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test asks for
  readonly data: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly field?: string };
  }[];
}

/** A running server over a database of its own. */
export interface Forum {
  readonly db: Database;
  readonly url: string;
  readonly databaseUrl: string;
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Asks with a credential that the test has. */
  askWith(token: string, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Sends one mutation as `Person.do` does: as a guest, or with a credential that the test has. */
  do(mutation: string, input: Record<string, unknown>, selection: string, token?: string): Promise<Answer>;
  /** The e-mails sent so far, the oldest first. Waits until none is being sent. */
  emails(): Promise<ReceivedEmail[]>;
  /** Asks, and says how many statements reached the store. */
  count(
    query: string,
    variables?: Record<string, unknown>,
    token?: string,
  ): Promise<{ answer: Answer; statements: number }>;
  /** Somebody who is signed in: one author a name. The cast is ada, ben and cleo (MEMBER), mod and vic (see ROLES). */
  as(name: string): Person;
  /** The time of the clock. */
  now(): Date;
  /** Sets the clock on; it stands still between. */
  wait(ms: number): void;
  /** Imports a thread document as of CAPTURED_AT. */
  load(text: string): Promise<ImportResult>;
  close(): Promise<void>;
}

/** Somebody who asks with a key of their own. */
export interface Person {
  /** Their global id. */
  id(): Promise<string>;
  token(): Promise<string>;
  /** A further key of theirs with these scopes, which an operator made. */
  keyWith(scopes: readonly ApiKeyScope[], expiresAt?: Date): Promise<string>;
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Sends one mutation with this input and answers its payload's selection, or the errors. */
  do(mutation: string, input: Record<string, unknown>, selection: string): Promise<Answer>;
}

/** The roles of those in the cast who are more than members. */
const ROLES: Readonly<Record<string, Role>> = {
  mod: 'MODERATOR',
  moira: 'MODERATOR',
  vic: 'VENDOR',
  root: 'ADMIN',
};

export interface ForumOptions {
  /** Gets the reasons for which credentials are refused. */
  readonly onRefused?: (reason: string) => void;
  /** The client's address in the place of the connection's. */
  readonly address?: () => string;
  /** Default: no limits. */
  readonly limiter?: Limiter;
  /** The sizes of sitemaps. Default: what the protocol allows. */
  readonly sitemapSizes?: SitemapSizes;
  /** Whether the number of feeds of an address is limited. Default: no. */
  readonly limitsFeeds?: boolean;
  /** The setting FEEDS. Default: `on`. */
  readonly feeds?: 'on' | 'off';
  /** The identities of an external provider. Default: none. */
  readonly externalIdentities?: ExternalIdentities | null;
  /** Makes what counts views. Default: views are not counted. */
  readonly countViews?: (db: Database) => ViewCounter;
}

const seed = (db: Database) => seedIfEmpty({ db: withCheckedDeclarations(db), newId });

/** Opens a forum: seeded from seed/, or empty. Its clock stands still at CAPTURED_AT. */
export async function openForum(
  engine: Engine,
  content: 'seeded' | 'empty',
  choices: Partial<Policy> = {},
  {
    limiter = NO_LIMITS,
    externalIdentities = null,
    onRefused = () => {},
    address,
    sitemapSizes,
    feeds: FEEDS = 'on',
    limitsFeeds = false,
    countViews,
  }: ForumOptions = {},
): Promise<Forum> {
  const policy = { ...DEFAULT_POLICY, ...choices };
  let waited = 0;
  const opened = await openTestDatabase(engine, content === 'seeded' ? seed : undefined);
  const db = withCheckedDeclarations(opened.db);
  const clock = () => new Date(CAPTURED_AT.getTime() + waited);
  const log = testLog;
  const viewCounter = countViews?.(db) ?? null;
  const folder = temporaryFolder();
  const MAIL_FOLDER = folder.file('mail');
  // a busy machine must not look like an overload
  const quiet = { LOG_LEVEL: 'silent', PLAYGROUND: 'off', OVERLOAD_WAIT_MS: '0' };
  const settings = readSettings({
    PORT: '0',
    SITE_URL,
    SITE_NAME: policy.siteName,
    MAIL_FOLDER,
    ...{ FEEDS, FRONT_END: FEEDS }, // pages answer what nothing else does
    RATE_LIMITS: limitsFeeds ? 'on' : 'off',
    ...quiet,
  });
  const mail = createMailer(settings.mail, {
    ...{ db, log, clock },
    prepare: emailsOf({ siteUrl: SITE_URL, links: settings.mail.links }),
  });
  const { sessionMs } = policy;
  const onFault = () => {};
  const server = await startServer({
    settings,
    schema: buildSchema(),
    makeContext: async ({ headers, ip }) => {
      const { authorization, 'user-agent': userAgent } = headers;
      const viewer = await authenticate(
        { db, now: clock(), sessionMs, onFault, onRefused, externalIdentities },
        { authorization },
      );
      const siteUrl = SITE_URL;
      return makeContext({
        ...{ db, siteUrl, policy, clock, viewer, limiter, mail, userAgent },
        address: address?.() ?? ip,
        viewCounter,
      });
    },
    guestContext: (address) =>
      makeContext({ db, siteUrl: SITE_URL, policy, clock, viewer: null, address, limiter }),
    ...(sitemapSizes && { sitemapSizes }),
    log,
    ready: async () => null,
  });
  const ask = (query: string, variables: Record<string, unknown> = {}) => post(server.url, query, variables);
  const cast = new Map<string, Person>();
  const person = (name: string): Person => {
    // as used before: a first use is written beside the request, and could be counted with another one's statements
    const markUsed = (tx: Transaction, authorId: string) =>
      updateRows(tx, 'api_key', { authorId }, { lastUsedAt: clock() });
    const key = once(() =>
      db.transaction(async (tx) => {
        const role = ROLES[name] ?? 'MEMBER';
        const made = await issueKeyForNewAuthor(tx, newId, { name, role, at: CAPTURED_AT });
        await markUsed(tx, made.authorId);
        return made;
      }),
    );
    const askAs: Person['ask'] = async (query, variables = {}) =>
      post(server.url, query, variables, (await key()).token);
    return {
      id: async () => globalId('Author', (await key()).authorId),
      token: async () => (await key()).token,
      keyWith: async (scopes, expiresAt) => {
        const { authorId } = await key();
        const made = { authorId, name: `For ${scopes}`, scopes: withIncluded(scopes), createdAt: clock() };
        return db.transaction(async (tx) => {
          const { token } = await issueApiKey(tx, newId, { ...made, expiresAt: expiresAt ?? null });
          await markUsed(tx, authorId);
          return token;
        });
      },
      ask: askAs,
      do: (mutation, input, selection) => askAs(mutationOf(mutation, selection), { input }),
    };
  };
  return {
    db,
    url: server.url,
    databaseUrl: opened.url,
    ask,
    askWith: (token, query, variables = {}) => post(server.url, query, variables, token),
    do: (mutation, input, selection, token) =>
      post(server.url, mutationOf(mutation, selection), { input }, token),
    emails: async () => {
      await mail.idle();
      return readEmails(MAIL_FOLDER);
    },
    as: (name) => {
      const known = cast.get(name) ?? person(name);
      cast.set(name, known);
      return known;
    },
    now: clock,
    wait: (ms) => {
      waited += ms;
    },
    count: async (query, variables = {}, token) => {
      let statements = 0;
      const stop = db.onStatement(() => {
        statements++;
      });
      const answer = await post(server.url, query, variables, token);
      stop();
      return { answer, statements };
    },
    load: (text) => importDocument({ db, newId }, text, { fileName: 'test.md', asOf: CAPTURED_AT }),
    close: async () => {
      await server.close();
      await mail.close(10_000);
      await opened.close();
      folder.remove();
    },
  };
}
