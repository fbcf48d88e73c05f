import { type Database, statement } from '../../src/store/index.ts';

const TABLES = [
  ...['discussion', 'discussion_revision', 'discussion_mention', 'discussion_tag', 'pin', 'comment'],
  ...['related_link', 'bookmark', 'draft', 'discussion_view_count', 'idempotency_key', 'moderation_event'],
  ...['search_entry', 'search_gram', 'search_word', 'old_address'],
  ...['discussion_merge', 'merged_row', 'discussion_vote', 'comment_vote', 'comment_revision'],
];

const statements = TABLES.map((table) =>
  statement<Record<string, unknown>>(`test.all ${table}`, `SELECT * FROM ${table}`),
);

/** All rows that writes of discussions touch, in an order of their own: two that are equal mean that nothing was written. */
export async function rowsOf(db: Database): Promise<string[]> {
  const rows: string[] = [];
  for (const [n, all] of statements.entries()) {
    const table = (await db.read.all(all, [])).map((row) => `${TABLES[n]} ${JSON.stringify(row)}`);
    rows.push(...table.sort());
  }
  return rows;
}
