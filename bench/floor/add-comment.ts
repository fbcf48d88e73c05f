import type { Database } from 'better-sqlite3';
import { hotScore } from '../../src/forum/ranking.ts';
import { newId } from '../../src/store/ids.ts';
import { renderMarkdown } from '../../src/text/markdown.ts';
import type { AddCommentInput } from '../queries.ts';
import { time } from './present.ts';
import type { Viewer } from './viewer.ts';

interface DiscussionRow {
  readonly created_at: number;
  readonly net_upvotes: number;
  readonly comment_count: number;
  readonly top_level_comment_count: number;
  readonly locked_at: number | null;
}

interface ParentRow {
  readonly discussion_id: string;
  readonly depth: number;
  readonly deleted_at: number | null;
}

const DISCUSSION = `SELECT created_at, net_upvotes, comment_count, top_level_comment_count, locked_at
  FROM discussion WHERE id = ? AND deleted_at IS NULL`;

const PARENT = 'SELECT discussion_id, depth, deleted_at FROM comment WHERE id = ?';

const INSERT = `INSERT INTO comment (id, discussion_id, reply_to_id, depth, body, body_html, body_text, author_id,
  created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const COUNT_ABOVE = `WITH RECURSIVE up(id) AS (
    SELECT @parent UNION ALL SELECT c.reply_to_id FROM comment c JOIN up ON c.id = up.id)
  UPDATE comment SET reply_count = reply_count + 1, direct_reply_count = direct_reply_count + (id = @parent)
  WHERE id IN (SELECT id FROM up)`;

const COUNT = `UPDATE discussion SET comment_count = ?, top_level_comment_count = ?, last_comment_id = ?,
  last_activity_at = ?, hot_score = ? WHERE id = ?`;

/** What was stored, with row ids and milliseconds. */
export interface AddedComment {
  readonly id: string;
  readonly discussionId: string;
  readonly depth: number;
  readonly html: string;
  readonly createdAt: number;
  readonly commentCount: number;
}

/**
 * Adds a comment by hand: the rows that the project's own `addComment` leaves, checks included. Call the answer inside
 * a transaction; the text is rendered by the first call, outside.
 */
export function addComment(db: Database): (input: AddCommentInput, viewer: Viewer) => () => AddedComment {
  const discussionById = db.prepare<string, DiscussionRow>(DISCUSSION);
  const parentById = db.prepare<string, ParentRow>(PARENT);
  const insert = db.prepare(INSERT);
  const countAbove = db.prepare(COUNT_ABOVE);
  const count = db.prepare(COUNT);
  return (input, viewer) => {
    const { html, text } = renderMarkdown(input.body);
    return () => {
      const discussionId = input.discussionId.slice(2);
      const replyToId = input.replyToId?.slice(2) ?? null;
      const row = discussionById.get(discussionId);
      if (!row || row.locked_at !== null) throw new Error('There is no such discussion, or it is locked.');
      const parent = replyToId === null ? null : parentById.get(replyToId);
      if (parent === undefined || (parent && !answers(parent, discussionId)))
        throw new Error('There is no such comment to reply to.');
      const createdAt = Date.now();
      const id = newId(new Date(createdAt));
      const depth = parent ? parent.depth + 1 : 0;
      insert.run(id, discussionId, replyToId, depth, input.body, html, text, viewer.id, createdAt);
      if (replyToId !== null) countAbove.run({ parent: replyToId });
      const comments = row.comment_count + 1;
      const topLevel = row.top_level_comment_count + (replyToId === null ? 1 : 0);
      const hot = hotScore(row.net_upvotes, comments, row.created_at);
      count.run(comments, topLevel, id, createdAt, hot, discussionId);
      return { id, discussionId, depth, html, createdAt, commentCount: comments };
    };
  };
}

function answers(parent: ParentRow, discussionId: string): boolean {
  return parent.discussion_id === discussionId && parent.deleted_at === null;
}

/** The payload as the operation of the workload asks for it. */
export function addedComment(added: AddedComment, viewer: Viewer) {
  const at = time(added.createdAt);
  return {
    addComment: {
      comment: {
        id: `C_${added.id}`,
        depth: added.depth,
        bodyHTML: added.html,
        createdAt: at,
        author: { id: `A_${viewer.id}`, name: viewer.name },
      },
      discussion: {
        id: `D_${added.discussionId}`,
        commentCount: added.commentCount,
        lastActivityAt: at,
      },
    },
  };
}
