import type { Database } from 'better-sqlite3';
import type { Variables } from '../queries.ts';
import * as rows from './present.ts';

/** The author who was joined to a row; all null where there is none. */
type AuthorColumns = rows.Of<'a_id' | 'a_name' | 'a_title' | 'a_company' | 'a_avatar_url', string | null>;
const AUTHOR = 'a.id a_id, a.name a_name, a.title a_title, a.company a_company, a.avatar_url a_avatar_url';

const THREAD = `SELECT ${rows.DISCUSSION}, ${AUTHOR}, a.role a_role, k.id k_id, k.name k_name, k.slug k_slug,
  p.id p_id, p.name p_name, p.slug p_slug
  FROM discussion d
  LEFT JOIN author a ON a.id = d.author_id
  LEFT JOIN category k ON k.id = d.category_id
  LEFT JOIN product p ON p.id = d.product_id
  WHERE d.id = ? AND d.deleted_at IS NULL`;
type ThreadRow = rows.DiscussionRow &
  AuthorColumns &
  rows.Of<'a_role' | 'k_id' | 'k_name' | 'k_slug' | 'p_id' | 'p_name' | 'p_slug', string | null>;

const COMMENTS = `SELECT ${rows.COMMENT}, ${AUTHOR} FROM comment c LEFT JOIN author a ON a.id = c.author_id`;
type CommentRow = rows.CommentRow & AuthorColumns;

const NEWEST = `SELECT ${rows.DISCUSSION.replace('d.body_html, ', '')}, ${AUTHOR}, c.id c_id, c.created_at c_created_at,
  b.id b_id, b.name b_name, b.title b_title, b.avatar_url b_avatar_url
  FROM discussion d
  LEFT JOIN author a ON a.id = d.author_id
  LEFT JOIN comment c ON c.id = d.last_comment_id
  LEFT JOIN author b ON b.id = c.author_id
  WHERE d.category_id = ? AND d.deleted_at IS NULL
  ORDER BY d.created_at DESC, d.id DESC LIMIT 25`;
/** With the last comment (c) and its author (b). */
type ListedRow = rows.DiscussionRow &
  AuthorColumns &
  rows.Of<'c_id' | 'b_id' | 'b_name' | 'b_title' | 'b_avatar_url', string | null> &
  rows.Of<'c_created_at', number>;

function author(row: AuthorColumns) {
  if (row.a_id === null) return null;
  const { a_name: name, a_title: jobTitle, a_company: company, a_avatar_url: avatarUrl } = row;
  return { id: `A_${row.a_id}`, name, jobTitle, company, avatarUrl };
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
    author: row.deleted_at === null ? author(row) : null,
  });
  const withReplies = (row: CommentRow) => ({
    ...said(row),
    descendantCount: row.reply_count,
    replies: {
      totalCount: row.direct_reply_count,
      nodes: row.direct_reply_count === 0 ? [] : repliesTo.all(row.id).map(said),
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
        comments: { totalCount: row.top_level_comment_count, nodes: bestOf.all(id).map(withReplies) },
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
    const { c_id, b_id, b_name: name, b_title: title, b_avatar_url: avatarUrl } = row;
    const by = b_id === null ? null : { id: `A_${b_id}`, name, title, avatarUrl };
    const last =
      c_id === null ? null : { id: `C_${c_id}`, createdAt: rows.time(row.c_created_at), author: by };
    return { ...rows.listed(row), author: author(row), lastComment: last };
  };
  return (variables) => {
    const row = bySlug.get(variables.slug ?? '');
    if (!row) return null;
    const { id, name, slug } = row;
    return { category: { id: `K_${id}`, name, slug, discussions: { nodes: newestOf.all(id).map(listed) } } };
  };
}
