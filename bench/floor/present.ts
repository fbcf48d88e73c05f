import { SITE_URL } from '../queries.ts';

/** The author who was joined to a row; all null where there is none. */
export interface AuthorColumns {
  readonly a_id: string | null;
  readonly a_name: string | null;
  readonly a_title: string | null;
  readonly a_company: string | null;
  readonly a_avatar_url: string | null;
}

/** The select list of AuthorColumns, of an author joined as `a`. */
export const AUTHOR = `a.id a_id, a.name a_name, a.title a_title, a.company a_company, a.avatar_url a_avatar_url`;

/** What stands on discussions and comments alike. */
export interface VotedColumns {
  readonly id: string;
  readonly created_at: number;
  readonly upvote_count: number;
  readonly downvote_count: number;
  readonly net_upvotes: number;
}

export function author(row: AuthorColumns) {
  if (row.a_id === null) return null;
  return {
    id: `A_${row.a_id}`,
    name: row.a_name,
    title: row.a_title,
    company: row.a_company,
    avatarUrl: row.a_avatar_url,
  };
}

/** Milliseconds since 1970 as ISO 8601. */
export function time(ms: number): string {
  return new Date(ms).toISOString();
}

export function discussionUrl(slug: string): string {
  return `${SITE_URL}/discussions/${slug}`;
}
