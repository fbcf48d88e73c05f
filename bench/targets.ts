import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { AddCommentInput, SetVoteInput } from '../src/generated/graphql.ts';
import { randomOf } from './generate/random.ts';
import { bodies } from './generate/text.ts';
import type { Ask, Operation } from './queries.ts';
import { issueKeyForNewAuthor, newId, openDatabase } from './server-sources.ts';

/** As many people as vote on one comment in the hot thread. */
const KEYS = 1_000;

export type Copies = Awaited<ReturnType<typeof makeCopies>>;
export type Targets = ReturnType<typeof chooseTargets>;

/**
 * Copies a generated forum for one run, whose writes must not change what the next one finds; adds the members who are
 * going to write, and chooses what is asked.
 */
export async function makeCopies(generated: string) {
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
    /** The first copy, which nobody writes to once it is made. */
    file,
    targets: chooseTargets(file, tokens),
    /** A copy for one server. */
    another: () => {
      const copy = path.join(folder, `copy-${++made}.db`);
      copyFileSync(file, copy);
      return copy;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const PAGES_AND_COMMENTS = 5_000;
/** More than one measurement sends, so that each is a vote that was not cast before; see `again`. */
const VOTES = 30_000;

/** In the order of what is random in their ids. */
const THREADS = `SELECT 'D_' || id id, comment_count comments, top_level_comment_count "topLevel" FROM discussion
  WHERE deleted_at IS NULL ORDER BY substr(id, 11)`;
type Thread = { readonly id: string } & Readonly<Record<'comments' | 'topLevel', number>>;
/** Any comments that can be voted on and replied to. */
const COMMENTS = `SELECT 'C_' || c.id id, 'D_' || c.discussion_id "discussionId"
  FROM comment c JOIN discussion d ON d.id = c.discussion_id
  WHERE c.deleted_at IS NULL AND d.deleted_at IS NULL AND d.locked_at IS NULL
  ORDER BY substr(c.id, 11) LIMIT ${VOTES}`;

/**
 * Chooses what to ask a generated forum: threads half evenly, half by their size, as the threads of any comments; every
 * category; comments in those threads, two in five as replies; votes on any comment, four of five for it. Writes are the
 * members' whose keys these are, in turn.
 */
export function chooseTargets(file: string, tokens: readonly string[]) {
  const db = new SqliteDatabase(file, { readonly: true });
  const threads = db.prepare<[], Thread>(THREADS).all();
  const slugs = db.prepare<[], string>('SELECT slug FROM category ORDER BY id').pluck().all();
  const comments = db.prepare<[], { readonly id: string; readonly discussionId: string }>(COMMENTS).all();
  db.close();
  const pages = Array.from({ length: PAGES_AND_COMMENTS }, (_, i) =>
    i % 2 === 0 ? threads[i % threads.length]?.id : comments[i % comments.length]?.discussionId,
  );
  const bodyOf = bodies(randomOf(7, 'new comments'));
  const byMember = (input: AddCommentInput | SetVoteInput, i: number): Ask => ({
    variables: { input },
    token: tokens[i % tokens.length] ?? '',
  });
  const workload: Record<Operation, readonly Ask[]> = {
    threadPage: pages.map((id = '') => ({ variables: { id } })),
    listPage: slugs.map((slug) => ({ variables: { slug } })),
    addComment: pages.map((page = '', i) => {
      const { id, discussionId = page } = (i % 5 < 2 && comments[i]) || {};
      return byMember({ discussionId, ...(id && { replyToId: id }), body: bodyOf().body }, i);
    }),
    setVote: comments.map(({ id }, i) => byMember({ subjectId: id, direction: i % 5 ? 'UP' : 'DOWN' }, i)),
  };
  const hot = workload.setVote[1]?.variables ?? {};
  return {
    /** By operation, in the order in which they are sent. */
    workload,
    /** One vote by each member on one comment. */
    hotVotes: tokens.map((token): Ask => ({ variables: hot, token })),
    largestThread: { id: threads.reduce((a, b) => (b.comments > a.comments ? b : a)).id },
    /** Threads with exactly 20 comments at the top level: a full page like the largest's. */
    fullPages: threads.filter((one) => one.topLevel === 20 && one.comments < 100).map(({ id }) => ({ id })),
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
