import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { controversyScore, hotScore, newId, renderMarkdown, wilsonLowerBound } from '../forum-sources.ts';
import type { AddCommentInput, SetVoteInput } from '../queries.ts';
import type { Of } from './present.ts';

/** The holder of an API key. */
export interface Viewer {
  readonly id: string;
  readonly name: string | null;
}

const VIEWER = `SELECT a.id, a.name FROM api_key k JOIN author a ON a.id = k.author_id
  WHERE k.hash = ? AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ?)`;

/** What an API key is found by. */
const keyHash = (authorization: string) =>
  createHash('sha256')
    .update(authorization.replace(/^Bearer /, ''))
    .digest('hex');

/** Finds the author of an `Authorization` header. Throws where it names none: nobody writes here as a guest. */
export function viewers(db: Database): (authorization: string | undefined) => Viewer {
  const byKey = db.prepare<[string, number], Viewer>(VIEWER);
  return (authorization = '') => {
    const viewer = byKey.get(keyHash(authorization), Date.now());
    if (!viewer) throw new Error('Nobody is signed in.');
    return viewer;
  };
}

/** What was stored, with row ids and milliseconds. */
interface AddedComment {
  readonly id: string;
  readonly discussionId: string;
  readonly depth: number;
  readonly html: string;
  readonly createdAt: number;
  readonly commentCount: number;
}

type CountedRow = Of<'created_at' | 'net_upvotes' | 'comment_count' | 'top_level_comment_count', number> &
  Of<'locked_at', number | null>;
type ParentRow = Of<'discussion_id', string> & Of<'depth', number> & Of<'deleted_at', number | null>;

const COUNT_ABOVE = `WITH RECURSIVE up(id) AS (
    SELECT @parent UNION ALL SELECT c.reply_to_id FROM comment c JOIN up ON c.id = up.id)
  UPDATE comment SET reply_count = reply_count + 1, direct_reply_count = direct_reply_count + (id = @parent)
  WHERE id IN (SELECT id FROM up)`;

/**
 * Adds a comment by hand: the rows that the project's own `addComment` leaves, checks included. Call the answer inside
 * a transaction; the text is rendered by the first call, outside.
 */
export function addComment(db: Database): (input: AddCommentInput, viewer: Viewer) => () => AddedComment {
  const discussionById = db.prepare<string, CountedRow>(
    `SELECT created_at, net_upvotes, comment_count, top_level_comment_count, locked_at
      FROM discussion WHERE id = ? AND deleted_at IS NULL`,
  );
  const parentById = db.prepare<string, ParentRow>(
    'SELECT discussion_id, depth, deleted_at FROM comment WHERE id = ?',
  );
  const insert = db.prepare(
    `INSERT INTO comment (id, discussion_id, reply_to_id, depth, body, body_html, body_text, author_id, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const countAbove = db.prepare(COUNT_ABOVE);
  const count = db.prepare(
    `UPDATE discussion SET comment_count = ?, top_level_comment_count = ?, last_comment_id = ?, last_activity_at = ?,
      hot_score = ? WHERE id = ?`,
  );
  return (input, viewer) => {
    const { html, text } = renderMarkdown(input.body);
    return () => {
      const discussionId = input.discussionId.slice(2);
      const parentId = input.replyToId?.slice(2) ?? null;
      const row = discussionById.get(discussionId);
      if (!row || row.locked_at !== null) throw new Error('There is no such discussion, or it is locked.');
      const parent = parentId === null ? null : parentById.get(parentId);
      if (parent === undefined || (parent && (parent.discussion_id !== discussionId || parent.deleted_at)))
        throw new Error('There is no such comment to reply to.');
      const createdAt = Date.now();
      const id = newId(new Date(createdAt));
      const depth = parent ? parent.depth + 1 : 0;
      insert.run(id, discussionId, parentId, depth, input.body, html, text, viewer.id, createdAt);
      if (parent) countAbove.run({ parent: parentId });
      const comments = row.comment_count + 1;
      const topLevel = row.top_level_comment_count + (parent ? 0 : 1);
      const hot = hotScore(row.net_upvotes, comments, row.created_at);
      count.run(comments, topLevel, id, createdAt, hot, discussionId);
      return { id, discussionId, depth, html, createdAt, commentCount: comments };
    };
  };
}

/** The payload as the operation of the workload asks for it. */
export function addedComment(added: AddedComment, viewer: Viewer) {
  const { depth, html: bodyHTML, commentCount } = added;
  const createdAt = new Date(added.createdAt).toISOString();
  const author = { id: `A_${viewer.id}`, name: viewer.name };
  return {
    comment: { id: `C_${added.id}`, depth, bodyHTML, createdAt, author },
    discussion: { id: `D_${added.discussionId}`, commentCount, lastActivityAt: createdAt },
  };
}

type SubjectRow = Of<'author_id', string | null> &
  Of<'deleted_at' | 'locked_at', number | null> &
  Of<'upvote_count' | 'downvote_count' | 'net_upvotes', number>;

/** Sets a vote on a comment by hand: the rows that the project's own `setVote` leaves. Call it inside a transaction. */
export function setVote(db: Database) {
  const subjectById = db.prepare<string, SubjectRow>(
    `SELECT c.author_id, c.deleted_at, c.upvote_count, c.downvote_count, c.net_upvotes, d.locked_at
      FROM comment c JOIN discussion d ON d.id = c.discussion_id WHERE c.id = ?`,
  );
  const key = 'comment_id = ? AND author_id = ?';
  const voteOf = db.prepare<[string, string], { value: number }>(
    `SELECT value FROM comment_vote WHERE ${key}`,
  );
  const insert = db.prepare(
    'INSERT INTO comment_vote (comment_id, author_id, value, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
  );
  const update = db.prepare(`UPDATE comment_vote SET value = ?, updated_at = ? WHERE ${key}`);
  const count = db.prepare(
    `UPDATE comment SET upvote_count = ?, downvote_count = ?, net_upvotes = ?, best_score = ?, controversy_score = ?
      WHERE id = ?`,
  );
  return ({ subjectId, direction }: SetVoteInput, viewer: Viewer) => {
    const id = subjectId.slice(2);
    const row = subjectById.get(id);
    if (!row || row.deleted_at !== null || row.locked_at !== null || row.author_id === viewer.id)
      throw new Error('Nobody can vote on this, or not this viewer.');
    const was = voteOf.get(id, viewer.id)?.value ?? 0;
    const value = direction === 'UP' ? 1 : -1;
    const up = row.upvote_count + Number(value === 1) - Number(was === 1);
    const down = row.downvote_count + Number(value === -1) - Number(was === -1);
    const net = row.net_upvotes + value - was;
    if (value !== was) {
      const now = Date.now();
      if (was === 0) insert.run(id, viewer.id, value, now, now);
      else update.run(value, now, id, viewer.id);
      count.run(up, down, net, wilsonLowerBound(up, down), controversyScore(up, down), id);
    }
    const counts = { upvoteCount: up, downvoteCount: down, netUpvotes: net };
    return { id: subjectId, ...counts, viewerVote: direction };
  };
}
