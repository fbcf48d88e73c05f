import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, vi } from 'vitest';
import { issueKeyForNewAuthor } from '../../src/identity/index.ts';
import { seedIfEmpty } from '../../src/import/index.ts';
import type { App } from '../../src/server/app.ts';
import { newId } from '../../src/store/ids.ts';
import type { Database, Engine } from '../../src/store/index.ts';
import { startBrowser } from '../browser/chromium.ts';
import { type Apps, openApps, send } from '../support/app.ts';
import { temporaryFolder } from '../support/database.ts';
import { type ReceivedEmail, readEmails } from '../support/emails.ts';

/** The forum that the stories happen in: the sample forum on a server as operators start it, and a browser. */
export interface Forum {
  readonly app: App;
  readonly apps: Apps;
  /** Opens an empty page of a new reader. It is closed when the test ends. */
  open(options?: BrowserContextOptions): Promise<Visit>;
  /** The e-mails to an address, the oldest first. Waits until there are as many. */
  emailsTo(address: string, count: number): Promise<ReceivedEmail[]>;
  /** A new member's account. */
  account(name: string): Promise<Account>;
  /** The key of a new admin, for what a story needs beforehand. */
  admin(): Promise<string>;
}

export interface Account {
  readonly email: string;
  readonly password: string;
  readonly token: string;
  readonly authorId: string;
}

export interface Visit {
  readonly page: Page;
  /** Errors on the console, breaches of the page's policy, exceptions, and requests to other hosts. */
  readonly complaints: string[];
  /** Gives the reader an account's session. */
  signInAs(account: Account): Promise<void>;
}

/** One for all files of a worker. It ends with the worker. */
let browser: Promise<Browser> | undefined;

/** The sample forum. */
const seeded = (db: Database) => seedIfEmpty({ db, newId });

/** Starts the forum for the tests of a file. */
export function useForum(engine: Engine = 'sqlite', settings: Record<string, string> = {}): () => Forum {
  let forum: Forum | null = null;
  let apps: Apps;
  const folder = temporaryFolder();
  beforeAll(async () => {
    browser ??= startBrowser();
    const running = await browser;
    apps = await openApps(engine, seeded);
    const MAIL_FOLDER = folder.file('mail');
    // a busy machine must not look like a failure
    const patient = { REQUEST_TIMEOUT_SECONDS: '60' };
    const app = await apps.open({
      FRONT_END: 'on',
      RATE_LIMITS: 'off',
      MAIL_FOLDER,
      ...patient,
      ...settings,
    });
    forum = {
      app,
      apps,
      open: (options = {}) => open(running, app, options),
      emailsTo: (address, count) =>
        vi.waitFor(
          () => {
            const emails = readEmails(MAIL_FOLDER).filter(({ to }) => to === address);
            expect(emails).toHaveLength(count);
            return emails;
          },
          { timeout: 20_000, interval: 50 },
        ),
      account: (name) => createAccount(app, name),
      admin: async () => {
        const author = { name: 'Ada Admin', role: 'ADMIN', at: new Date('2026-01-01T00:00:00Z') } as const;
        return (await apps.db.transaction((tx) => issueKeyForNewAuthor(tx, newId, author))).token;
      },
    };
  });
  afterAll(async () => {
    await apps.close();
    folder.remove();
  });
  return () => {
    if (forum === null) throw new Error('The forum is open only while a test runs.');
    return forum;
  };
}

let accounts = 0;

async function createAccount(app: App, name: string): Promise<Account> {
  const email = `reader-${process.pid}-${++accounts}@example.com`;
  const password = 'correct horse battery staple';
  const query = `mutation ($input: CreateAccountInput!) { createAccount(input: $input) { token author { id } } }`;
  const create = async () => {
    const { body } = await send(app, query, { variables: { input: { email, password, name } } });
    if (body.errors) throw new Error(`createAccount: ${JSON.stringify(body.errors)}`);
    return body;
  };
  // on a busy machine the thread that checks passwords takes long to start, and clients are told to try again
  const body = await vi.waitFor(create, { timeout: 40_000, interval: 1000 });
  const { token, author } = body.data.createAccount;
  return { email, password, token, authorId: author.id };
}

async function open(browser: Browser, app: App, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(`${app.url}/`)) complaints.push(`requests ${request.url()}`);
  });
  context.on('console', (line) => {
    // a page with a status above 400 is reported as a failed resource
    if (line.type() === 'error' && !line.text().startsWith('Failed to load resource'))
      complaints.push(line.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  return {
    page,
    complaints,
    signInAs: ({ token }) =>
      context.addCookies([
        { name: 'parley_session', value: token, url: app.url, httpOnly: true, sameSite: 'Lax' },
      ]),
  };
}
