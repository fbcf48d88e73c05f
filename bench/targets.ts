import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { randomOf } from './generate/random.ts';
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

/** A thread, and how many replies its first page shows below its twenty best comments, three of each at most. */
const THREADS = `SELECT id, comment_count comments, top_level_comment_count "topLevel",
    (SELECT coalesce(sum(min(3, direct_reply_count)), 0) FROM (
      SELECT direct_reply_count FROM comment WHERE discussion_id = d.id AND reply_to_id IS NULL
        ORDER BY best_score DESC, id DESC LIMIT 20)) replies
  FROM discussion d WHERE deleted_at IS NULL ORDER BY id`;
type Thread = { readonly id: string } & Readonly<Record<'comments' | 'topLevel' | 'replies', number>>;

const pageOf = ({ id }: Thread): Variables => ({ id: `D_${id}` });

/**
 * Chooses what to ask a generated forum: threads half evenly, half by their size; every category; comments in those
 * threads, two in five as replies; votes on any comment. Writes are the members' whose keys these are, in turn.
 */
export function chooseTargets(file: string, tokens: readonly string[]): Targets {
  const db = new SqliteDatabase(file, { readonly: true });
  const threads = db.prepare<[], Thread>(THREADS).all();
  const slugs = db.prepare<[], string>('SELECT slug FROM category ORDER BY id').pluck().all();
  const byMember = (input: AddCommentInput | SetVoteInput, i: number): Ask => ({
    variables: { input },
    token: tokens[i % tokens.length] ?? '',
  });
  const random = randomOf(SEED, 'targets');
  // each thread once for each of its comments: a draw from it is a draw by size
  const bySize = threads.flatMap((thread) => new Array<Thread>(thread.comments).fill(thread));
  const pages = Array.from({ length: THREAD_PAGES }, (_, i) => pageOf(random.pick(i % 2 ? bySize : threads)));
  const workload = {
    threadPage: pages.map((variables) => ({ variables })),
    listPage: slugs.map((slug) => ({ variables: { slug } })),
    ...writes(db, pages, byMember),
  };
  db.close();
  const hot = workload.setVote[0]?.variables ?? {};
  const where = (matches: (thread: Thread) => boolean) => threads.filter(matches).slice(0, 200).map(pageOf);
  const byReplies = threads.toSorted((a, b) => b.replies - a.replies);
  return {
    workload,
    hotVotes: tokens.map((token) => ({ variables: hot, token })),
    largestThread: pageOf(threads.reduce((a, b) => (b.comments > a.comments ? b : a))),
    shortThreads: where((thread) => thread.comments === 20),
    fullPages: where((thread) => thread.topLevel === 20 && thread.comments < 100),
    busyThreads: byReplies
      .filter((one) => one.comments >= 100 && one.comments <= 400)
      .slice(0, 20)
      .map(pageOf),
  };
}

function writes(
  db: Database,
  pages: readonly Variables[],
  byMember: (input: AddCommentInput | SetVoteInput, i: number) => Ask,
) {
  const random = randomOf(SEED, 'writes');
  const bodyOf = bodies(random);
  const most = db.prepare<[], number>('SELECT max(rowid) FROM comment').pluck().get() ?? 0;
  const byRow = db.prepare<number, Readonly<Record<'id' | 'discussionId', string>>>(
    `SELECT 'C_' || c.id id, 'D_' || c.discussion_id "discussionId"
      FROM comment c JOIN discussion d ON d.id = c.discussion_id
      WHERE c.rowid = ? AND c.deleted_at IS NULL AND d.deleted_at IS NULL AND d.locked_at IS NULL`,
  );
  // any comment that can be voted on and replied to
  const anyComment = () => {
    for (;;) {
      const found = byRow.get(1 + random.below(most));
      if (found) return found;
    }
  };
  const comment = (i: number): AddCommentInput => {
    const { body } = bodyOf();
    if (!random.chance(REPLIES_SHARE)) return { discussionId: pages[i % pages.length]?.id ?? '', body };
    const { id, discussionId } = anyComment();
    return { discussionId, replyToId: id, body };
  };
  const vote = (): SetVoteInput => ({
    subjectId: anyComment().id,
    direction: random.chance(0.8) ? 'UP' : 'DOWN',
  });
  return {
    addComment: Array.from({ length: COMMENTS }, (_, i) => byMember(comment(i), i)),
    setVote: Array.from({ length: VOTES }, (_, i) => byMember(vote(), i)),
  };
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
