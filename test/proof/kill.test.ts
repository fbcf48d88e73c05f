// kill -9 in the middle of writing, again and again on one file. A write is acknowledged when its answer has arrived:
// such a one is never lost; any other was done once or not at all, and done once when it is sent again.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { issueKeyForNewAuthor } from '../../src/identity/index.ts';
import { newId } from '../../src/store/ids.ts';
import { type Database, migrate, openDatabase, statement } from '../../src/store/index.ts';
import { temporaryFolder } from '../support/database.ts';
import { brokenAtRest } from './invariants.ts';
import { type KilledServer, startServer } from './killed-server.ts';
import { type Sent, send, writeOn } from './writing-client.ts';

const CLIENTS = 16;
const ROUNDS = 20;
/** The last rounds are with two workers on the file, which are killed together. */
const ROUNDS_WITH_WORKERS = 4;

const BODIES = statement<{ body: string }>(
  'proof.bodies',
  'SELECT body FROM comment UNION ALL SELECT body FROM discussion',
);
const VOTES = statement<{ authorId: string; subjectId: string; value: number }>(
  'proof.votes',
  `SELECT author_id AS "authorId", 'C_' || comment_id AS "subjectId", value FROM comment_vote
    UNION ALL SELECT author_id, 'D_' || discussion_id, value FROM discussion_vote`,
);

interface Client {
  readonly authorId: string;
  readonly token: string;
  readonly name: string;
  readonly log: Sent[];
}

const folder = temporaryFolder();
const file = folder.file('forum.db');
const clients: Client[] = [];
const subjects: string[] = [];

async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase(`file:${file}`);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

beforeAll(async () => {
  await migrate(`file:${file}`);
  await withDatabase(async (db) => {
    for (let n = 0; n <= CLIENTS; n++) {
      const name = `client ${n}`;
      const at = new Date();
      const key = await db.transaction((tx) => issueKeyForNewAuthor(tx, newId, { name, role: 'MEMBER', at }));
      clients.push({ ...key, name, log: [] });
    }
  });
  // what all of them write to is the last one's, so that each may vote on it
  const host = clients.pop() as Client;
  const server = await startServer(file, 1);
  const ask = async (mutation: Sent['mutation'], input: Record<string, string>) => {
    const sent: Sent = { mutation, input, answer: null };
    await send(server.url, host.token, sent);
    const [payload] = Object.values(sent.answer?.data ?? {}) as Record<string, { id: string }>[];
    const id = Object.values(payload ?? {})[0]?.id ?? '';
    subjects.push(id);
    return id;
  };
  const discussionId = await ask('createDiscussion', { title: 'Where?', body: 'Where, 0' });
  for (const n of [1, 2, 3]) await ask('addComment', { discussionId, body: `Where, ${n}` });
  await server.kill();
});
afterAll(() => folder.remove());

/** Every client's unanswered write again, under its key. */
async function sendAgain({ url }: KilledServer): Promise<void> {
  await Promise.all(
    clients.map(async ({ token, log }) => {
      const unanswered = log.filter(({ answer }) => answer === null);
      for (const sent of unanswered) await send(url, token, sent);
      expect(log.every(({ answer }) => answer !== null)).toBe(true);
    }),
  );
}

/** The last answered write of every client again: the server has been killed since, and answers what it answered. */
async function repeatLast({ url }: KilledServer): Promise<void> {
  for (const { token, log } of clients) {
    const last = log.findLast(({ mutation, answer }) => answer !== null && mutation !== 'setVote');
    if (!last) continue;
    const again: Sent = { ...last, answer: null };
    await send(url, token, again);
    expect(again.answer).toEqual(last.answer);
  }
}

/** What is in the file that should not be, or is not and should. */
async function wrongIn(db: Database): Promise<string[]> {
  const wrong = await brokenAtRest(db);
  const found = new Map<string, number>();
  for (const { body } of await db.read.all(BODIES, [])) found.set(body, (found.get(body) ?? 0) + 1);
  for (const sent of clients.flatMap(({ log }) => log)) {
    const { input, answer } = sent;
    const times = input['body'] === undefined ? null : (found.get(input['body']) ?? 0);
    if (times === null || times === 1 || (times === 0 && answer === null)) continue;
    wrong.push(`${times} times, ${answer ? 'acknowledged' : 'not answered'}: ${JSON.stringify(input)}`);
  }
  const votes = await db.read.all(VOTES, []);
  for (const { authorId, log } of clients) {
    for (const subjectId of subjects) {
      const cast = log.filter(({ input }) => input['subjectId'] === subjectId);
      const value = votes.find((vote) => vote.authorId === authorId && vote.subjectId === subjectId)?.value;
      const direction = value === undefined ? 'NONE' : value > 0 ? 'UP' : 'DOWN';
      // the last acknowledged one, or one that was sent after it
      const from = cast.findLastIndex(({ answer }) => answer !== null);
      const possible = cast.slice(Math.max(0, from)).map(({ input }) => input['direction']);
      if (from === -1) possible.push('NONE');
      if (!possible.includes(direction))
        wrong.push(`${direction}, not ${possible} on ${subjectId} by ${authorId}`);
    }
  }
  return wrong;
}

test(`no acknowledged write is lost by ${ROUNDS} times kill -9 under ${CLIENTS} writing clients, and none is done twice`, async () => {
  let killedInWrites = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const server = await startServer(file, round < ROUNDS - ROUNDS_WITH_WORKERS ? 1 : 2);
    await sendAgain(server);
    await repeatLast(server);
    const writing = clients.map((client) => writeOn(server.url, { ...client, subjects }, client.log));
    await sleep(100 + Math.random() * 500);
    await server.kill();
    await Promise.all(writing);
    killedInWrites += clients.filter(({ log }) => log.at(-1)?.answer === null).length;
    // every other time the file is left as it is for the next server, which must mend it by itself
    if (round % 2 === 0) expect(await withDatabase(wrongIn), `round ${round}`).toEqual([]);
  }
  const last = await startServer(file, 1);
  await sendAgain(last);
  await last.kill();
  expect(await withDatabase(wrongIn)).toEqual([]);
  const written = clients.reduce((sum, { log }) => sum + log.length, 0);
  expect(written).toBeGreaterThan(ROUNDS * CLIENTS);
  expect(killedInWrites).toBe(ROUNDS * CLIENTS);
}, 240_000);
