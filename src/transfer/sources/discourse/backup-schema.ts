// The temporary file into which a backup's tables are read.

/** The tables that are read, with their columns. Versions of Discourse that lack one of them have NULL there. */
export const TABLES: Readonly<Record<string, readonly string[]>> = {
  categories: ['id', 'name', 'slug', 'read_restricted'],
  discourse_solved_solved_topics: ['topic_id', 'answer_post_id'],
  discourse_solved_topic_answers: ['topic_id', 'post_id', 'answer_post_id'],
  permalinks: ['url', 'topic_id'],
  post_actions: ['post_id', 'user_id', 'post_action_type_id', 'deleted_at', 'created_at'],
  posts: [
    ...[
      'id',
      'topic_id',
      'post_number',
      'user_id',
      'post_type',
      'raw',
      'cooked',
      'reply_to_post_number',
      'version',
    ],
    ...['created_at', 'last_version_at', 'deleted_at', 'hidden', 'user_deleted', 'like_count'],
  ],
  tags: ['id', 'name'],
  topic_custom_fields: ['topic_id', 'name', 'value'],
  topic_tags: ['topic_id', 'tag_id'],
  topics: [
    ...['id', 'title', 'slug', 'archetype', 'category_id', 'views', 'visible', 'closed', 'archived'],
    ...['pinned_globally', 'pinned_at', 'created_at', 'deleted_at', 'last_posted_at'],
  ],
  users: ['id', 'username', 'name', 'title', 'created_at'],
};
/** The columns that hold numbers. */
export const NUMBERS =
  /^(?:id|views|version|value|like_count|\w+_id|post_number|post_type|reply_to_post_number)$/;

/** What makes the rows readable in the order of records. `kept`: the topics that everyone may read. */
export const INDEXES = `
  CREATE INDEX post_topic ON posts (topic_id, post_number);
  CREATE INDEX like_post ON post_actions (post_id) WHERE post_action_type_id = 2 AND deleted_at IS NULL;
  CREATE INDEX user_id ON users (id);
  CREATE INDEX category_id ON categories (id);
  CREATE INDEX tag_topic ON topic_tags (topic_id);
  CREATE INDEX link_topic ON permalinks (topic_id);
  CREATE INDEX topic_id ON topics (id);
  CREATE INDEX post_id ON posts (id);
  CREATE TABLE answers AS
    SELECT topic_id, answer_post_id AS post_id FROM discourse_solved_solved_topics
    UNION SELECT topic_id, coalesce(answer_post_id, post_id) FROM discourse_solved_topic_answers
    UNION SELECT topic_id, value FROM topic_custom_fields WHERE name = 'accepted_answer_post_id';
  CREATE INDEX answer_topic ON answers (topic_id);
  CREATE VIEW kept AS SELECT t.id FROM topics t LEFT JOIN categories c ON c.id = t.category_id
    WHERE coalesce(t.archetype, '') <> 'private_message' AND t.deleted_at IS NULL
      AND coalesce(t.visible, 't') <> 'f' AND coalesce(c.read_restricted, 'f') <> 't';`;
