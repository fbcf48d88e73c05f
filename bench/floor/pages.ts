import type { Database } from 'better-sqlite3';
import type { Variables } from '../queries.ts';
import * as rows from './present.ts';

const { columns } = rows;
const AUTHOR = columns('a', rows.AUTHOR, 'a_');
const NAMED = 'id name slug';

const THREAD = `SELECT ${columns('d', `${rows.DISCUSSION} bodyHtml ${rows.COUNTS.discussion}`)},
  ${AUTHOR}, a.role a_role, ${columns('k', NAMED, 'k_')}, ${columns('p', NAMED, 'p_')}
  FROM discussion d
  LEFT JOIN author a ON a.id = d.author_id
  LEFT JOIN category k ON k.id = d.category_id
  LEFT JOIN product p ON p.id = d.product_id
  WHERE d.id = ? AND d.deleted_at IS NULL`;

const COMMENTS = `SELECT ${columns('c', `${rows.COMMENT} ${rows.COUNTS.comment}`)}, ${AUTHOR}
  FROM comment c LEFT JOIN author a ON a.id = c.author_id`;

/** With the last comment (c) and its author (b). */
const NEWEST = `SELECT ${columns('d', rows.DISCUSSION)}, ${AUTHOR},
  ${columns('c', 'id createdAt', 'c_')}, ${columns('b', 'id name title avatarUrl', 'b_')}
  FROM discussion d
  LEFT JOIN author a ON a.id = d.author_id
  LEFT JOIN comment c ON c.id = d.last_comment_id
  LEFT JOIN author b ON b.id = c.author_id
  WHERE d.category_id = ? AND d.deleted_at IS NULL
  ORDER BY d.created_at DESC, d.id DESC LIMIT 25`;

const author = ({
  a_id: id,
  a_name: name,
  a_title: title,
  a_company: company,
  a_avatarUrl: avatarUrl,
}: rows.Row) => (id === null ? null : rows.author({ id, name, title, company, avatarUrl }));
const named = (letter: string, id: string | null, name: string, slug: string) =>
  id === null ? null : { id: `${letter}_${id}`, name, slug };

/** Answers the thread page by hand, with four kinds of prepared statements. Takes the discussion's `id`. */
export function threadPage(db: Database): (variables: Variables) => unknown {
  const discussionById = db.prepare<string, rows.Row>(THREAD);
  const relatedOf = db.prepare<string, rows.Row>(rows.RELATED);
  const bestOf = db.prepare<string, rows.Row>(
    `${COMMENTS} WHERE c.discussion_id = ? AND c.reply_to_id IS NULL AND ${rows.LISTED}
      ORDER BY c.best_score DESC, c.id DESC LIMIT 20`,
  );
  const repliesTo = db.prepare<string, rows.Row>(
    `${COMMENTS} WHERE c.reply_to_id = ? AND ${rows.LISTED} ORDER BY c.created_at, c.id LIMIT 3`,
  );
  const said = (row: rows.Row) => ({
    ...rows.comment(row),
    author: row.deletedAt === null ? author(row) : null,
  });
  const withReplies = (row: rows.Row) => ({
    ...said(row),
    descendantCount: row.replyCount,
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
        category: named('K', row.k_id, row.k_name, row.k_slug),
        product: named('P', row.p_id, row.p_name, row.p_slug),
        relatedDiscussions: relatedOf.all(id).map(rows.related),
        comments: { totalCount: row.topLevelCommentCount, nodes: bestOf.all(id).map(withReplies) },
      },
    };
  };
}

/** Answers the list page by hand, with two prepared statements. Takes the category's `slug`. */
export function listPage(db: Database): (variables: Variables) => unknown {
  const bySlug = db.prepare<string, rows.Row>('SELECT id, name, slug FROM category WHERE slug = ?');
  const newestOf = db.prepare<string, rows.Row>(NEWEST);
  const listed = (row: rows.Row) => {
    const { c_id, c_createdAt, b_id, b_name: name, b_title: jobTitle, b_avatarUrl: avatarUrl } = row;
    const by = b_id === null ? null : { id: `A_${b_id}`, name, jobTitle, avatarUrl };
    const last = c_id === null ? null : { id: `C_${c_id}`, createdAt: rows.time(c_createdAt), author: by };
    return { ...rows.listed(row), author: author(row), lastComment: last };
  };
  return (variables) => {
    const row = bySlug.get(variables.slug ?? '');
    if (!row) return null;
    const { id, name, slug } = row;
    return { category: { id: `K_${id}`, name, slug, discussions: { nodes: newestOf.all(id).map(listed) } } };
  };
}
