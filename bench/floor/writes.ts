import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { AddCommentInput, SetVoteInput } from '../../src/generated/graphql.ts';
import {
  controversyScore,
  hotScore,
  newId,
  renderMarkdown,
  treePathOf,
  wilsonLowerBound,
} from '../forum-sources.ts';
import { columns, type Row, time } from './present.ts';

/** The holder of an API key. */
export interface Viewer {
  readonly id: string;
  readonly name: string | null;
}

const VIEWER = `SELECT a.id, a.name FROM api_key k JOIN author a ON a.id = k.author_id
  WHERE k.hash = ? AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ?)`;

/** Finds the author of an `Authorization` header. Throws where it names none: nobody writes here as a guest. */
export function viewers(db: Database): (authorization: string | undefined) => Viewer {
  const byKey = db.prepare<[string, number], Viewer>(VIEWER);
  return (authorization = '') => {
    const viewer = byKey.get(hash('sha256', authorization.replace(/^Bearer /, '')), Date.now());
    if (!viewer) throw new Error('Nobody is signed in.');
    return viewer;
  };
}

const COUNTED = 'createdAt netUpvotes commentCount topLevelCommentCount lockedAt';
const PARENT = 'discussionId depth deletedAt treePath';
const SUBJECT = 'authorId deletedAt upvoteCount downvoteCount netUpvotes';

const COUNT_ABOVE = `WITH RECURSIVE up(id) AS (
    SELECT @parent UNION ALL SELECT c.reply_to_id FROM comment c JOIN up ON c.id = up.id)
  UPDATE comment SET reply_count = reply_count + 1, direct_reply_count = direct_reply_count + (id = @parent)
  WHERE id IN (SELECT id FROM up)`;

/**
 * Adds a comment by hand: the rows that the project's own `addComment` leaves, checks included, and an FTS5 index of the
 * text's words if it is searchable. Renders the text and returns what to call inside a transaction, which returns the
 * payload.
 */
export function addComment(db: Database, isSearchable: boolean) {
  const discussionById = db.prepare<string, Row>(
    `SELECT ${columns('d', COUNTED)} FROM discussion d WHERE id = ? AND deleted_at IS NULL`,
  );
  const parentById = db.prepare<string, Row>(`SELECT ${columns('c', PARENT)} FROM comment c WHERE id = ?`);
  const insert = db.prepare(
    `INSERT INTO comment
      (id, discussion_id, reply_to_id, depth, tree_path, body, body_html, body_text, author_id, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const index = db.prepare('INSERT INTO search_comment_text (rowid, body) VALUES (CAST(? AS INTEGER), ?)');
  let lastIndexed = db.prepare<[], number | null>('SELECT max(n) FROM search_entry').pluck().get() ?? 0;
  const countAbove = db.prepare(COUNT_ABOVE);
  const count = db.prepare(
    `UPDATE discussion SET comment_count = ?, top_level_comment_count = ?, last_comment_id = ?, last_activity_at = ?,
      hot_score = ? WHERE id = ?`,
  );
  return (input: AddCommentInput, viewer: Viewer) => {
    const { html, text } = renderMarkdown(input.body);
    return () => {
      const discussionId = input.discussionId.slice(2);
      const parentId = input.replyToId?.slice(2) ?? null;
      const row = discussionById.get(discussionId);
      if (!row || row.lockedAt !== null) throw new Error('There is no such discussion, or it is locked.');
      const parent = parentId === null ? null : parentById.get(parentId);
      if (parent === undefined || (parent && (parent.discussionId !== discussionId || parent.deletedAt)))
        throw new Error('There is no such comment to reply to.');
      const createdAt = Date.now();
      const id = newId(new Date(createdAt));
      const depth = parent ? parent.depth + 1 : 0;
      const treePath = treePathOf(parent?.treePath ?? null, { id, createdAt });
      insert.run(id, discussionId, parentId, depth, treePath, input.body, html, text, viewer.id, createdAt);
      if (isSearchable) index.run(++lastIndexed, text);
      if (parent) countAbove.run({ parent: parentId });
      const comments = row.commentCount + 1;
      const topLevel = row.topLevelCommentCount + (parent ? 0 : 1);
      const hot = hotScore(row.netUpvotes, comments, Number(row.createdAt));
      count.run(comments, topLevel, id, createdAt, hot, discussionId);
      const [at, author] = [time(createdAt), { id: `A_${viewer.id}`, name: viewer.name }];
      return {
        comment: { id: `C_${id}`, depth, bodyHTML: html, createdAt: at, author },
        discussion: { id: input.discussionId, commentCount: comments, lastActivityAt: at },
      };
    };
  };
}

/** Sets a vote on a comment by hand: the rows that the project's own `setVote` leaves. Call it inside a transaction. */
export function setVote(db: Database) {
  const subjectById = db.prepare<string, Row>(
    `SELECT ${columns('c', SUBJECT)}, d.locked_at "lockedAt"
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
    if (!row || row.deletedAt !== null || row.lockedAt !== null || row.authorId === viewer.id)
      throw new Error('Nobody can vote on this, or not this viewer.');
    const was = voteOf.get(id, viewer.id)?.value ?? 0;
    const value = direction === 'UP' ? 1 : -1;
    const up = row.upvoteCount + Number(value === 1) - Number(was === 1);
    const down = row.downvoteCount + Number(value === -1) - Number(was === -1);
    const net = row.netUpvotes + value - was;
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
