import { openTemporaryDatabase } from '../../../store/index.ts';
import type { OnBytes } from '../reading.ts';
import type { PostRow, TopicRow } from './backup-rows.ts';
import { INDEXES, NUMBERS, TABLES } from './backup-schema.ts';
import { copiedRows } from './copy-rows.ts';

/** The tables of a backup in a temporary SQLite file, to be read in the order of records. */
export class BackupTables {
  readonly #db = openTemporaryDatabase();

  async load(file: string, onBytes: OnBytes): Promise<void> {
    this.#db.exec('BEGIN');
    const inserts = new Map<string, string>();
    for (const [table, columns] of Object.entries(TABLES)) {
      const typed = columns.map((column) => `${column} ${NUMBERS.test(column) ? 'INTEGER' : 'TEXT'}, `);
      this.#db.exec(`CREATE TABLE ${table} (${typed.join('')}line INTEGER)`);
      inserts.set(table, `INSERT INTO ${table} VALUES (${'?, '.repeat(columns.length)}?)`);
    }
    for await (const { table, values, line } of copiedRows(file, new Set(inserts.keys()), onBytes)) {
      const row = (TABLES[table] ?? []).map((column) => values[column] ?? null);
      this.#db.run(inserts.get(table) ?? '', [...row, line]);
    }
    this.#db.exec(`${INDEXES} COMMIT`);
  }

  close = () => this.#db.close();

  categories() {
    return this.#db.each<{
      id: number;
      name: string;
      slug: string | null;
      isRestricted: number;
      line: number;
    }>(
      `SELECT id, name, slug, coalesce(read_restricted, 'f') = 't' AS isRestricted, line FROM categories ORDER BY id`,
    );
  }

  tags() {
    return this.#db.each<{ name: string; line: number }>(
      `SELECT name, line FROM tags
        WHERE id IN (SELECT tag_id FROM topic_tags WHERE topic_id IN (SELECT id FROM kept)) ORDER BY id`,
    );
  }

  /** The people who wrote or voted. */
  users() {
    return this.#db.each<{
      username: string;
      name: string | null;
      title: string | null;
      createdAt: string;
      line: number;
    }>(
      `SELECT username, name, title, created_at AS createdAt, line FROM users WHERE id > 0 AND
        id IN (SELECT user_id FROM posts WHERE topic_id IN (SELECT id FROM kept) UNION
          SELECT a.user_id FROM post_actions a JOIN posts p ON p.id = a.post_id
          WHERE a.post_action_type_id = 2 AND p.topic_id IN (SELECT id FROM kept)) ORDER BY id`,
    );
  }

  countTopics(): number {
    return [...this.#db.all<{ count: number }>('SELECT count(*) AS count FROM topics')][0]?.count ?? 0;
  }

  topics() {
    return this.#db.each<TopicRow>(
      `SELECT t.id, title, t.slug, archetype, category_id AS categoryId, views, visible, closed, archived,
          coalesce(c.read_restricted, 'f') = 't' AS isRestricted, pinned_globally AS pinnedGlobally,
          pinned_at AS pinnedAt, created_at AS createdAt, deleted_at AS deletedAt, last_posted_at AS lastPostedAt, t.line
        FROM topics t LEFT JOIN categories c ON c.id = t.category_id ORDER BY t.id`,
    );
  }

  postsOf(topicId: number) {
    return this.#db.all<PostRow>(
      `SELECT p.id, post_number AS number, user_id AS userId, username, coalesce(post_type, 1) AS kind, raw, cooked,
          reply_to_post_number AS replyTo, coalesce(version, 1) AS version, p.created_at AS createdAt, like_count AS likeCount,
          last_version_at AS editedAt, deleted_at AS deletedAt, hidden, user_deleted AS userDeleted, p.line
        FROM posts p LEFT JOIN users u ON u.id = p.user_id WHERE topic_id = ? ORDER BY post_number`,
      topicId,
    );
  }

  likesOf(postId: number) {
    return this.#db.all<{ username: string; createdAt: string }>(
      `SELECT DISTINCT username, a.created_at AS createdAt FROM post_actions a JOIN users u ON u.id = a.user_id
        WHERE post_id = ? AND post_action_type_id = 2 AND deleted_at IS NULL AND u.id > 0 ORDER BY u.id`,
      postId,
    );
  }

  tagsOf(topicId: number): string[] {
    const sql =
      'SELECT name FROM topic_tags JOIN tags ON tags.id = tag_id WHERE topic_id = ? ORDER BY tags.id';
    return this.#db.all<{ name: string }>(sql, topicId).map(({ name }) => name);
  }

  permalinksOf(topicId: number): string[] {
    const sql = 'SELECT url FROM permalinks WHERE topic_id = ? ORDER BY url';
    return this.#db.all<{ url: string }>(sql, topicId).map(({ url }) => url);
  }

  /** The number of the accepted post in its topic. Null if none is. */
  answerOf(topicId: number): number | null {
    const sql = `SELECT post_number AS number FROM answers a JOIN posts p ON p.id = a.post_id AND p.topic_id = a.topic_id
      WHERE a.topic_id = ? AND post_number > 1 ORDER BY post_number LIMIT 1`;
    return this.#db.all<{ number: number }>(sql, topicId)[0]?.number ?? null;
  }
}
