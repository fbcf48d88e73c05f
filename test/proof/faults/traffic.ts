// Clients that write comments all the time, and what became of each comment.
import { setTimeout as sleep } from 'node:timers/promises';
import { issueKeyForNewAuthor } from '../../../src/identity/index.ts';
import { newId } from '../../../src/store/ids.ts';
import { openDatabase, statement } from '../../../src/store/index.ts';

/** One comment that was sent. */
export interface Sent {
  readonly body: string;
  readonly sentAt: number;
  answeredAt: number;
  /** REFUSED: the answer says that it was not stored. UNKNOWN: the answer, or that there is none, leaves it open. */
  outcome: 'ACKNOWLEDGED' | 'REFUSED' | 'UNKNOWN' | 'WRONG';
  /** The answer, if it is none of a forum whose database cannot serve. */
  answer?: unknown;
}

export interface Forum {
  readonly token: string;
  readonly discussionId: string;
}

/** How long a client waits for its answer: longer than the server's own time-out in these tests. */
const PATIENCE_MS = 8_000;
const CLIENTS = 4;
const PAUSE_MS = 20;

const ADD = 'mutation ($input: AddCommentInput!) { addComment(input: $input) { comment { id } } }';
const CREATE =
  'mutation { createDiscussion(input: { title: "Where?", body: "Here." }) { discussion { id } } }';

/** An author with a key, and a discussion to write in. */
export async function openForum(serverUrl: string, databaseUrl: string): Promise<Forum> {
  const db = await openDatabase(databaseUrl);
  const author = { name: 'client', role: 'MEMBER', at: new Date() } as const;
  const { token } = await db.transaction((tx) => issueKeyForNewAuthor(tx, newId, author));
  await db.close();
  const { body } = await ask(serverUrl, token, CREATE);
  return { token, discussionId: body.data?.createDiscussion?.discussion.id ?? '' };
}

async function ask(url: string, token: string, query: string, variables: object = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer };
}

interface Answer {
  readonly data?: { readonly createDiscussion?: { readonly discussion: { readonly id: string } } } | null;
  readonly errors?: readonly { readonly extensions: Readonly<Record<string, unknown>> }[];
}

/** Sends a comment under an idempotency key of its own. */
export async function send(url: string, { token, discussionId }: Forum, body: string): Promise<Sent> {
  const sent: Sent = { body, sentAt: performance.now(), answeredAt: 0, outcome: 'UNKNOWN' };
  try {
    const input = { discussionId, body, idempotencyKey: `key of ${body.slice(0, 100)}` };
    const { status, headers, body: answer } = await ask(url, token, ADD, { input });
    const [error] = answer.errors ?? [];
    const { code = null, mayHaveBeenDone = false } = error?.extensions ?? {};
    const isRightRefusal =
      status === 503 && (code === 'TIMEOUT' || (code === 'UNAVAILABLE' && headers.has('retry-after')));
    if (status === 200 && !error) sent.outcome = 'ACKNOWLEDGED';
    else if (isRightRefusal) sent.outcome = mayHaveBeenDone === true ? 'UNKNOWN' : 'REFUSED';
    else Object.assign(sent, { outcome: 'WRONG', answer: { status, answer } });
  } catch (error) {
    // a server that keeps its time-out lets no client wait this long
    if ((error as Error).name === 'TimeoutError')
      Object.assign(sent, { outcome: 'WRONG', answer: 'no answer' });
  }
  sent.answeredAt = performance.now();
  return sent;
}

export interface Traffic {
  readonly log: readonly Sent[];
  /** Resolves to the seconds until a comment that is sent after this moment is acknowledged. */
  recovery(): Promise<number>;
  stop(): Promise<void>;
}

let started = 0;

/** Clients that send one comment after the other. */
export function startTraffic(url: string, forum: Forum, filler = ''): Traffic {
  const log: Sent[] = [];
  const name = `traffic ${process.pid} ${++started}`;
  let isStopped = false;
  let count = 0;
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (!isStopped) {
      log.push(await send(url, forum, `${name}, comment ${++count} ${filler}`));
      await sleep(PAUSE_MS);
    }
  });
  return {
    log,
    recovery: async () => {
      const since = performance.now();
      for (;;) {
        const first = log.find(({ outcome, answeredAt }) => outcome === 'ACKNOWLEDGED' && answeredAt > since);
        if (first) return (first.answeredAt - since) / 1000;
        if (performance.now() - since > 60_000) throw new Error('It does not recover.');
        await sleep(10);
      }
    },
    stop: async () => {
      isStopped = true;
      await Promise.all(clients);
    },
  };
}

const BODIES = statement<{ body: string }>('faults.bodies', 'SELECT body FROM comment');

/** What a fault did to the comments that were sent meanwhile. */
export interface Verdict {
  readonly acknowledged: number;
  readonly failed: number;
  /** Acknowledged and not stored. */
  readonly lost: number;
  /** What must never be: stored twice, stored although refused, or an answer that is not 503. */
  readonly wrong: readonly unknown[];
}

/** Compares the log with what is stored. Call it when the fault is over. */
export async function judge(log: readonly Sent[], databaseUrl: string): Promise<Verdict> {
  const db = await openDatabase(databaseUrl);
  const times = new Map<string, number>();
  for (const { body } of await db.read.all(BODIES, [])) times.set(body, (times.get(body) ?? 0) + 1);
  await db.close();
  const stored = ({ body }: Sent) => times.get(body.trimEnd()) ?? times.get(body) ?? 0;
  const isWrong = (sent: Sent) =>
    sent.outcome === 'WRONG' || stored(sent) > 1 || (sent.outcome === 'REFUSED' && stored(sent) > 0);
  return {
    acknowledged: log.filter(({ outcome }) => outcome === 'ACKNOWLEDGED').length,
    failed: log.filter(({ outcome }) => outcome !== 'ACKNOWLEDGED').length,
    lost: log.filter((sent) => sent.outcome === 'ACKNOWLEDGED' && stored(sent) === 0).length,
    wrong: log.filter(isWrong).map(({ body, ...rest }) => ({ ...rest, body: body.slice(0, 60) })),
  };
}
