import type { Database } from 'better-sqlite3';
import type { Variables } from '../queries.ts';
import * as rows from './present.ts';

/** The author who was joined to a row; all null where there is none. */
type AuthorColumns = rows.Of<'a_id' | 'a_name' | 'a_title' | 'a_company' | 'a_avatarUrl', string | null>;
const AUTHOR = rows.columns('a', 'id name title company avatarUrl', 'a_');

const THREAD = `SELECT ${rows.DISCUSSION}, ${AUTHOR}, a.role a_role, ${rows.columns('k', 'id name slug', 'k_')},
  ${rows.columns('p', 'id name slug', 'p_')}
  FROM discussion d
  LEFT JOIN author a ON a.id = d.author_id
  LEFT JOIN category k ON k.id = d.category_id
  LEFT JOIN product p ON p.id = d.product_id
  WHERE d.id = ? AND d.deleted_at IS NULL`;
type ThreadRow = rows.DiscussionRow &
  AuthorColumns &
  rows.Of<'topLevelCommentCount', number> &
  rows.Of<'a_role' | 'k_id' | 'k_name' | 'k_slug' | 'p_id' | 'p_name' | 'p_slug', string | null>;

const COMMENTS = `SELECT ${rows.COMMENT}, ${AUTHOR} FROM comment c LEFT JOIN author a ON a.id = c.author_id`;
type CommentRow = rows.CommentRow & AuthorColumns & rows.Of<'replyCount' | 'directReplyCount', number>;

const NEWEST = `SELECT ${rows.LISTED_DISCUSSION}, ${AUTHOR}, ${rows.columns('c', 'id createdAt', 'c_')},
  ${rows.columns('b', 'id name title avatarUrl', 'b_')}
  FROM discussion d
  LEFT JOIN author a ON a.id = d.author_id
  LEFT JOIN comment c ON c.id = d.last_comment_id
  LEFT JOIN author b ON b.id = c.author_id
  WHERE d.category_id = ? AND d.deleted_at IS NULL
  ORDER BY d.created_at DESC, d.id DESC LIMIT 25`;
/** With the last comment (c) and its author (b). */
type ListedRow = rows.DiscussionRow &
  AuthorColumns &
  rows.Of<'c_id' | 'b_id' | 'b_name' | 'b_title' | 'b_avatarUrl', string | null> &
  rows.Of<'c_createdAt', number>;

function author(row: AuthorColumns) {
  if (row.a_id === null) return null;
  const { a_name: name, a_title: title, a_company: company, a_avatarUrl: avatarUrl } = row;
  return { id: `A_${row.a_id}`, name, title, company, avatarUrl };
}

/** Answers the thread page by hand, with four kinds of prepared statements. Takes the discussion's `id`. */
export function threadPage(db: Database): (variables: Variables) => unknown {
  const discussionById = db.prepare<string, ThreadRow>(THREAD);
  const relatedOf = db.prepare<string, rows.RelatedRow>(rows.RELATED);
  const bestOf = db.prepare<string, CommentRow>(
    `${COMMENTS} WHERE c.discussion_id = ? AND c.reply_to_id IS NULL AND ${rows.LISTED}
      ORDER BY c.best_score DESC, c.id DESC LIMIT 20`,
  );
  const repliesTo = db.prepare<string, CommentRow>(
    `${COMMENTS} WHERE c.reply_to_id = ? AND ${rows.LISTED} ORDER BY c.created_at, c.id LIMIT 3`,
  );
  const said = (row: CommentRow) => ({
    ...rows.comment(row),
    author: row.deletedAt === null ? author(row) : null,
  });
  const withReplies = (row: CommentRow) => ({
    ...said(row),
    replyCount: row.replyCount,
    replies: {
      totalCount: row.directReplyCount,
      nodes: row.directReplyCount === 0 ? [] : repliesTo.all(row.id).map(said),
    },
  });
  return (variables) => {
    const id = (variables.id ?? '').slice(2);
    const row = discussionById.get(id);
    if (!row) return null;
    const by = author(row);
    return {
      discussion: {
        ...rows.discussion(row),
        author: by && { ...by, role: row.a_role },
        category: row.k_id === null ? null : { id: `K_${row.k_id}`, name: row.k_name, slug: row.k_slug },
        product: row.p_id === null ? null : { id: `P_${row.p_id}`, name: row.p_name, slug: row.p_slug },
        relatedDiscussions: relatedOf.all(id).map(rows.related),
        comments: { totalCount: row.topLevelCommentCount, nodes: bestOf.all(id).map(withReplies) },
      },
    };
  };
}

/** Answers the list page by hand, with two prepared statements. Takes the category's `slug`. */
export function listPage(db: Database): (variables: Variables) => unknown {
  const bySlug = db.prepare<string, rows.Of<'id' | 'name' | 'slug', string>>(
    'SELECT id, name, slug FROM category WHERE slug = ?',
  );
  const newestOf = db.prepare<string, ListedRow>(NEWEST);
  const listed = (row: ListedRow) => {
    const { c_id, b_id, b_name: name, b_title: title, b_avatarUrl: avatarUrl } = row;
    const by = b_id === null ? null : { id: `A_${b_id}`, name, title, avatarUrl };
    const last =
      c_id === null ? null : { id: `C_${c_id}`, createdAt: rows.time(row.c_createdAt), author: by };
    return { ...rows.listed(row), author: author(row), lastComment: last };
  };
  return (variables) => {
    const row = bySlug.get(variables.slug ?? '');
    if (!row) return null;
    const { id, name, slug } = row;
    return { category: { id: `K_${id}`, name, slug, discussions: { nodes: newestOf.all(id).map(listed) } } };
  };
}
