// The floor of the search: one hand-written statement of FTS5 over the titles and texts themselves.
import SqliteDatabase from 'better-sqlite3';
import { serve } from './serve.ts';

const { FORUM_FILE = '' } = process.env;
const db = new SqliteDatabase(FORUM_FILE);
db.exec(`CREATE VIRTUAL TABLE floor_text USING fts5(id UNINDEXED, title, body);
  INSERT INTO floor_text SELECT id, title, body_text FROM discussion WHERE deleted_at IS NULL ORDER BY created_at;
  INSERT INTO floor_text SELECT c.id, '', c.body_text FROM comment c JOIN discussion d ON d.id = c.discussion_id
    WHERE c.deleted_at IS NULL AND d.deleted_at IS NULL ORDER BY c.created_at`);
const search =
  db.prepare(`SELECT id, title, snippet(floor_text, 2, '<', '>', '…', 30) fragment FROM floor_text
  WHERE floor_text MATCH ? ORDER BY bm25(floor_text, 0, 8, 1) LIMIT 20`);

serve((body) => search.all(`"${(JSON.parse(body) as { readonly word: string }).word}"`));
