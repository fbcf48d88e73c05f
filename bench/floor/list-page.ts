import type { Database } from 'better-sqlite3';
import type { Variables } from '../queries.ts';
import { AUTHOR, type AuthorColumns, author, discussionUrl, time, type VotedColumns } from './present.ts';

interface CategoryRow {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
}

interface ListedRow extends VotedColumns, AuthorColumns {
  readonly slug: string;
  readonly title: string;
  readonly last_activity_at: number;
  readonly comment_count: number;
  readonly answer_id: string | null;
  /** The last comment (c) and its author (b). */
  readonly c_id: string | null;
  readonly c_created_at: number;
  readonly b_id: string | null;
  readonly b_name: string | null;
  readonly b_title: string | null;
  readonly b_avatar_url: string | null;
}

const CATEGORY = 'SELECT id, name, slug FROM category WHERE slug = ?';

const NEWEST = `SELECT d.id, d.slug, d.title, d.created_at, d.last_activity_at, d.upvote_count, d.downvote_count,
  d.net_upvotes, d.comment_count, d.answer_id, ${AUTHOR},
  c.id c_id, c.created_at c_created_at, b.id b_id, b.name b_name, b.title b_title, b.avatar_url b_avatar_url
  FROM discussion d
  LEFT JOIN author a ON a.id = d.author_id
  LEFT JOIN comment c ON c.id = d.last_comment_id
  LEFT JOIN author b ON b.id = c.author_id
  WHERE d.category_id = ? AND d.deleted_at IS NULL
  ORDER BY d.created_at DESC, d.id DESC LIMIT 25`;

/** Answers the list page by hand, with two prepared statements. Takes the category's `slug`. */
export function listPage(db: Database): (variables: Variables) => unknown {
  const bySlug = db.prepare<string, CategoryRow>(CATEGORY);
  const newestOf = db.prepare<string, ListedRow>(NEWEST);
  return (variables) => {
    const row = bySlug.get(variables.slug ?? '');
    if (!row) return null;
    const { id, name, slug } = row;
    const nodes = newestOf.all(id).map(listed);
    return { category: { id: `K_${id}`, name, slug, discussions: { nodes } } };
  };
}

function listed(row: ListedRow) {
  return {
    id: `D_${row.id}`,
    url: discussionUrl(row.slug),
    title: row.title,
    createdAt: time(row.created_at),
    lastActivityAt: time(row.last_activity_at),
    upvoteCount: row.upvote_count,
    downvoteCount: row.downvote_count,
    netUpvotes: row.net_upvotes,
    commentCount: row.comment_count,
    isAnswered: row.answer_id !== null,
    author: author(row),
    lastComment:
      row.c_id === null
        ? null
        : { id: `C_${row.c_id}`, createdAt: time(row.c_created_at), author: lastAuthor(row) },
  };
}

function lastAuthor(row: ListedRow) {
  if (row.b_id === null) return null;
  return {
    id: `A_${row.b_id}`,
    name: row.b_name,
    title: row.b_title,
    avatarUrl: row.b_avatar_url,
  };
}
