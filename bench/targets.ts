import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { type Random, randomOf } from './generate/random.ts';
import { bodies } from './generate/text.ts';
import type { AddCommentInput, Ask, Operation, SetVoteInput, Variables } from './queries.ts';
import { issueKeyForNewAuthor, newId, openDatabase } from './server-sources.ts';

/** As many people as vote on one comment in the hot thread. */
const KEYS = 1_000;

/** Copies of a generated forum for one run: writes must not change what the next run finds. */
export interface Copies {
  /** The first copy, which nobody writes to once it is made. */
  readonly file: string;
  readonly targets: Targets;
  /** A copy for one server. */
  another(): string;
  remove(): void;
}

/** Copies a generated forum, adds the members who are going to write, and chooses what is asked. */
export async function makeCopies(generated: string): Promise<Copies> {
  const folder = mkdtempSync(path.join(path.dirname(generated), 'run-'));
  const file = path.join(folder, 'forum.db');
  copyFileSync(generated, file);
  const db = await openDatabase(`file:${file}`);
  const tokens: string[] = [];
  await db.transaction(async (tx) => {
    for (let i = 1; i <= KEYS; i++) {
      const author = { name: `Member ${i}`, role: 'MEMBER', at: new Date() } as const;
      tokens.push((await issueKeyForNewAuthor(tx, newId, author)).token);
    }
  });
  await db.close();
  let made = 0;
  return {
    file,
    targets: chooseTargets(file, tokens),
    another: () => {
      const copy = path.join(folder, `copy-${++made}.db`);
      copyFileSync(file, copy);
      return copy;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The requests of the workload and of the growth check, made before anything is measured. */
export interface Targets {
  /** By operation, in the order in which they are sent. */
  readonly workload: Readonly<Record<Operation, readonly Ask[]>>;
  /** One vote by each member on one comment. */
  readonly hotVotes: readonly Ask[];
  readonly largestThread: Variables;
  /** Threads of exactly 20 comments, and those with exactly 20 at the top level: a full page like the largest's. */
  readonly shortThreads: readonly Variables[];
  readonly fullPages: readonly Variables[];
  /** Threads of a few hundred comments at most whose pages show the most: nearly as much as the largest. */
  readonly busyThreads: readonly Variables[];
}

const THREAD_PAGES = 5_000;
const COMMENTS = 5_000;
/** More than one measurement sends, so that each is a vote that was not cast before; see `again`. */
const VOTES = 30_000;
const REPLIES_SHARE = 0.4;
const SEED = 7;

interface Thread {
  readonly id: string;
  readonly comments: number;
  readonly topLevel: number;
}

/**
 * Chooses what to ask a generated forum: threads half evenly, half by their size; every category; comments in those
 * threads, two in five as replies; votes on any comment. Writes are the members' whose keys these are, in turn.
 */
export function chooseTargets(file: string, tokens: readonly string[]): Targets {
  const db = new SqliteDatabase(file, { readonly: true });
  const threads = db
    .prepare<[], Thread>(
      `SELECT id, comment_count comments, top_level_comment_count "topLevel" FROM discussion
        WHERE deleted_at IS NULL ORDER BY id`,
    )
    .all();
  const slugs = db.prepare<[], string>('SELECT slug FROM category ORDER BY id').pluck().all();
  const byMember = (input: AddCommentInput | SetVoteInput, i: number): Ask => ({
    variables: { input },
    token: tokens[i % tokens.length] ?? '',
  });
  const pages = mixed(threads);
  const workload = {
    threadPage: pages.map((variables) => ({ variables })),
    listPage: slugs.map((slug) => ({ variables: { slug } })),
    addComment: comments(db, pages).map(byMember),
    setVote: votes(db).map(byMember),
  };
  const busyThreads = busiest(db, threads);
  db.close();
  const hot = workload.setVote[0]?.variables ?? {};
  const where = (matches: (thread: Thread) => boolean) => threads.filter(matches).slice(0, 200).map(pageOf);
  return {
    ...{ workload, busyThreads },
    hotVotes: tokens.map((token) => ({ variables: hot, token })),
    largestThread: pageOf(threads.reduce((a, b) => (b.comments > a.comments ? b : a))),
    shortThreads: where((thread) => thread.comments === 20),
    fullPages: where((thread) => thread.topLevel === 20 && thread.comments < 100),
  };
}

const pageOf = ({ id }: Thread): Variables => ({ id: `D_${id}` });

/** Those of 100 to 400 comments that show the most replies below their twenty best ones, three of each at most. */
function busiest(db: Database, threads: readonly Thread[]): Variables[] {
  const shown = db
    .prepare<string, number>(
      `SELECT coalesce(sum(min(3, direct_reply_count)), 0) FROM (
        SELECT direct_reply_count FROM comment WHERE discussion_id = ? AND reply_to_id IS NULL
          ORDER BY best_score DESC, id DESC LIMIT 20)`,
    )
    .pluck();
  return threads
    .filter(({ comments }) => comments >= 100 && comments <= 400)
    .map((thread) => ({ thread, replies: shown.get(thread.id) ?? 0 }))
    .sort((a, b) => b.replies - a.replies)
    .slice(0, 20)
    .map(({ thread }) => pageOf(thread));
}

function mixed(threads: readonly Thread[]): Variables[] {
  const random = randomOf(SEED, 'targets');
  // each thread once for each of its comments: a draw from it is a draw by size
  const bySize = threads.flatMap((thread) => new Array<Thread>(thread.comments).fill(thread));
  return Array.from({ length: THREAD_PAGES }, (_, i) => pageOf(random.pick(i % 2 === 0 ? threads : bySize)));
}

type Place = Readonly<Record<'id' | 'discussionId', string>>;

/** Any comment that can be voted on and replied to, as often as it is asked. */
function anyComment(db: Database, random: Random): () => Place {
  const most = db.prepare<[], number>('SELECT max(rowid) FROM comment').pluck().get() ?? 0;
  const byRow = db.prepare<number, Place>(
    `SELECT c.id, c.discussion_id "discussionId" FROM comment c JOIN discussion d ON d.id = c.discussion_id
      WHERE c.rowid = ? AND c.deleted_at IS NULL AND d.deleted_at IS NULL AND d.locked_at IS NULL`,
  );
  return () => {
    for (;;) {
      const place = byRow.get(1 + random.below(most));
      if (place) return place;
    }
  };
}

function comments(db: Database, pages: readonly Variables[]): AddCommentInput[] {
  const random = randomOf(SEED, 'new comments');
  const next = anyComment(db, random);
  const bodyOf = bodies(random);
  return Array.from({ length: COMMENTS }, (_, i) => {
    const body = bodyOf(random.below(2 ** 31)).source;
    if (!random.chance(REPLIES_SHARE)) return { discussionId: pages[i % pages.length]?.id ?? '', body };
    const { id, discussionId } = next();
    return { discussionId: `D_${discussionId}`, replyToId: `C_${id}`, body };
  });
}

function votes(db: Database): SetVoteInput[] {
  const random = randomOf(SEED, 'new votes');
  const next = anyComment(db, random);
  return Array.from({ length: VOTES }, () => ({
    subjectId: `C_${next().id}`,
    direction: random.chance(0.8) ? 'UP' : 'DOWN',
  }));
}

/** The same requests for the next pass. Votes are reversed, because repeating a vote writes nothing. */
export function again(asks: readonly Ask[], pass: number): readonly Ask[] {
  if (pass % 2 === 0) return asks;
  return asks.map((ask) => {
    const { input } = ask.variables;
    if (!input || !('direction' in input)) return ask;
    const direction = input.direction === 'UP' ? 'DOWN' : 'UP';
    return { ...ask, variables: { input: { ...input, direction } } };
  });
}
