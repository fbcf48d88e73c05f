import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../support/database.ts';
import { type Forum, openForum } from '../../support/forum.ts';

const ORDERS = ['BEST', 'TOP', 'NEWEST', 'OLDEST', 'CONTROVERSIAL'];

const THREAD = `query ($id: ID!, $after: String, $order: CommentOrder!) {
  discussion(id: $id) { comments(first: 1, after: $after, orderBy: $order) { pageInfo { endCursor } } }
}`;
const REPLIES = `query ($id: ID!, $after: String, $order: CommentOrder!) {
  node(id: $id) { ... on Comment { replies(first: 1, after: $after, orderBy: $order) { pageInfo { endCursor } } } }
}`;
const WHOLE = `query ($id: ID!, $after: String, $order: ThreadOrder!) {
  discussion(id: $id) { allComments(first: 1, after: $after, orderBy: $order) { pageInfo { endCursor } } }
}`;
const WHOLES = `query ($order: ThreadOrder!) { discussions { nodes { allComments(orderBy: $order) { nodes { id } } } } }`;
const MANY = `query ($order: CommentOrder!) {
  discussions { nodes { comments(orderBy: $order) { nodes { replies(orderBy: $order) { nodes { id } } } } } }
}`;

describe.each(engines)('a page of a thread on %s', (engine) => {
  let forum: Forum;
  let asked: string[];
  beforeAll(async () => {
    forum = await openForum(engine, 'seeded');
    asked = await statementsOf(forum);
  });
  afterAll(() => forum.close());

  test('is read from the index of its level and order, in that order, wherever it begins', async () => {
    const wanted = asked.map((sql) => [indexOf(sql)]);
    expect(await indexesOf(forum, asked)).toEqual(wanted);
    // each order from the beginning and from a cursor, and of many parents at once: five at the top level and below, and
    // three of the whole thread
    expect(asked.length).toBe((5 * 2 + 3) * 3);
  });
});

/** What is asked of the table of comments for every kind of page: each begins with its condition and order. */
async function statementsOf(forum: Forum): Promise<string[]> {
  const comments =
    '{ discussions(first: 1, orderBy: MOST_COMMENTS) { nodes { id comments { nodes { id replies { nodes { id } } } } } } }';
  const [{ id, ...thread }] = (await forum.ask(comments)).data.discussions.nodes;
  const replied = thread.comments.nodes.find(
    (one: { replies: { nodes: unknown[] } }) => one.replies.nodes.length > 0,
  );
  const asked = new Set<string>();
  const stop = forum.db.onStatement((sql) => {
    if (/ORDER BY t\.\w+ (ASC|DESC), t\.id .*LIMIT/s.test(sql) && sql.includes('comment t')) asked.add(sql);
  });
  for (const order of ORDERS) {
    const { discussion } = (await forum.ask(THREAD, { id, order })).data;
    await forum.ask(THREAD, { id, order, after: discussion.comments.pageInfo.endCursor });
    const { node } = (await forum.ask(REPLIES, { id: replied.id, order })).data;
    await forum.ask(REPLIES, { id: replied.id, order, after: node.replies.pageInfo.endCursor });
    await forum.ask(MANY, { order });
  }
  for (const order of ['TREE', 'NEWEST', 'OLDEST']) {
    const { discussion } = (await forum.ask(WHOLE, { id, order })).data;
    await forum.ask(WHOLE, { id, order, after: discussion.allComments.pageInfo.endCursor });
    await forum.ask(WHOLES, { order });
  }
  stop();
  return [...asked];
}

function indexOf(sql: string): string {
  const column = /ORDER BY t\.(\w+)/.exec(sql)?.[1];
  if (/t\.reply_to_id = /.test(sql)) return `comment_reply_to_id_${column}_id_idx`;
  if (!sql.includes('t.reply_to_id IS NULL'))
    return `comment_discussion_id_${column}_id${column === 'created_at' ? '_author_id_deleted_at' : ''}_idx`;
  return `comment_discussion_id_${column}_id${column === 'created_at' ? '_top_level' : ''}_idx`;
}

/** The indexes from which each statement takes the rows of its pages; and SORT where it then has to sort them. */
function indexesOf(forum: Forum, asked: readonly string[]): Promise<string[][]> {
  return forum.db.engine === 'sqlite' ? inSqlite(forum, asked) : inPostgres(forum, asked);
}

async function inSqlite(forum: Forum, asked: readonly string[]): Promise<string[][]> {
  const plans: string[][] = [];
  for (const sql of asked) {
    const explain = { name: 'explain', text: { sqlite: `EXPLAIN QUERY PLAN ${sql}`, postgres: '' } };
    const params = Array(sql.split('?').length - 1).fill(null);
    const steps = (await forum.db.read.all<{ detail: string }>(explain, params)).map(({ detail }) => detail);
    const found = steps
      .map((step) => /USING INDEX (\w+)/.exec(step)?.[1])
      .filter((name) => name !== undefined);
    // pages of many parents are put into one order once they are taken
    const sorts =
      steps.filter((step) => step.includes('TEMP B-TREE')).length - (sql.includes('json_each') ? 1 : 0);
    plans.push([...found, ...(sorts > 0 ? ['SORT'] : [])]);
  }
  return plans;
}

/** A table of a few rows is read whole and sorted, whatever its indexes: that is forbidden here. */
async function inPostgres(forum: Forum, asked: readonly string[]): Promise<string[][]> {
  const client = new pg.Client(forum.databaseUrl);
  await client.connect();
  try {
    await client.query(
      'SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off; SET plan_cache_mode = force_generic_plan',
    );
    const plans: string[][] = [];
    for (const [i, sql] of asked.entries()) {
      await client.query(`PREPARE page_${i} AS ${sql}`);
      const count = new Set(sql.match(/\$\d+/g)).size;
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN EXECUTE page_${i}(${Array(count).fill('NULL').join(', ')})`,
      );
      const steps = rows.map((row) => row['QUERY PLAN']);
      // below the limit: pages of many parents are put into one order above it
      const taken = steps.slice(steps.findIndex((step) => step.includes('Limit')));
      const found = taken.map((step) => / using (\w+)/.exec(step)?.[1]).filter((name) => name !== undefined);
      plans.push([...found, ...(taken.some((step) => /\bSort\b/.test(step)) ? ['SORT'] : [])]);
    }
    return plans;
  } finally {
    await client.end();
  }
}
