import { graphql } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_LIMITS } from '../../src/access/limiter.ts';
import { DEFAULT_POLICY } from '../../src/access/policy.ts';
import { makeContext } from '../../src/api/make-context.ts';
import { buildSchema } from '../../src/api/schema.ts';
import { examine } from '../../src/operations/doctor/index.ts';
import { type Database, migrate, openDatabase, statement } from '../../src/store/index.ts';
import { runCommand } from '../support/command.ts';
import { CAPTURED_AT, type Forum, openForum, SITE_URL } from '../support/forum.ts';
import { createPostgresDatabase, postgresTitle, postgresUrl } from '../support/postgres.ts';

const FILE = statement<{ file: string }>('test.file', 'SELECT file FROM pragma_database_list');
const DISCUSSIONS = statement<{ id: string }>('test.discussions', 'SELECT id FROM discussion ORDER BY id');

const EVERYTHING = `query ($id: ID!) {
  discussion(id: $id) {
    slug url title body bodyHTML bodyText createdAt createdAgo lastEditedAt lastActivityAt
    upvoteCount downvoteCount netUpvotes commentCount isAnswered isLocked lockReason isClosed closeReason
    author { id name jobTitle role } category { name isAnswerable } product { name url } tags { slug }
    pin { label createdAt } answer { id } lastComment { id }
    relatedDiscussions(first: 10) { title url createdAt commentCount discussion { id } }
    comments(first: 100) { totalCount nodes { ...Said replies(first: 100) { totalCount nodes { ...Said } } } }
  }
}
fragment Said on Comment {
  id depth body bodyHTML createdAt createdAgo isOfficial isVerifiedUser isDeleted netUpvotes descendantCount
  author { id name jobTitle }
}`;

async function asked(db: Database, query: string, variables: Record<string, unknown>): Promise<unknown> {
  const contextValue = makeContext({
    ...{ db, siteUrl: SITE_URL, policy: DEFAULT_POLICY, viewer: null, address: '', limiter: NO_LIMITS },
    clock: () => CAPTURED_AT,
  });
  const result = await graphql({ schema, source: query, variableValues: variables, contextValue });
  return JSON.parse(JSON.stringify(result));
}

const schema = buildSchema();

describe.skipIf(postgresUrl() === null)(postgresTitle('npm run move'), () => {
  let forum: Forum;
  let file: string;
  let target: Awaited<ReturnType<typeof createPostgresDatabase>>;

  beforeAll(async () => {
    forum = await openForum('sqlite', 'seeded');
    await writeSome(forum);
    file = (await forum.db.read.all(FILE, []))[0]?.file ?? '';
    target = await createPostgresDatabase();
  });
  afterAll(async () => {
    await forum.close();
    await target.drop();
  });

  const move = (...args: string[]) => runCommand('move', args, { databaseUrl: 'file:unused.db' });

  test('copies an open forum, compares every row, and reports its progress', async () => {
    const { status, stdout, stderr } = await move(file, target.url);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringMatching(
        /^Moved \d+ discussions and \d+ comments: \d+ rows of \d+ tables, each compared, in \d+\.\d s\.\n$/,
      ),
    });
    expect(stderr).toMatch(/^comment: (\d+) of \1 rows$/m);
  });

  test('makes a forum with the same responses, in which the doctor finds nothing new', async () => {
    const moved = await openDatabase(target.url);
    try {
      const discussions = await forum.db.read.all(DISCUSSIONS, []);
      expect(await moved.read.all(DISCUSSIONS, [])).toEqual(discussions);
      for (const { id } of discussions) {
        const variables = { id: `D_${id}` };
        const answer = await asked(forum.db, EVERYTHING, variables);
        expect(answer).not.toHaveProperty('errors');
        expect(await asked(moved, EVERYTHING, variables)).toEqual(answer);
      }
      // the one discussion from the future, which the first forum has too
      const found: object[] = [];
      const options = { fix: false, rendering: true, onFinding: (finding: object) => found.push(finding) };
      await examine(moved, options);
      expect(found).toMatchObject([
        { kind: 'time', message: expect.stringContaining('9999-12-31T23:59:59.999Z') },
      ]);
    } finally {
      await moved.close();
    }
  });

  test('restores every reference, in both directions between discussions and comments', async () => {
    const fresh = await createPostgresDatabase();
    await migrate(fresh.url);
    const client = await connected(fresh.url);
    const references = async () =>
      (
        await client.query(
          `SELECT conrelid::regclass::text AS "table", conname, pg_get_constraintdef(oid) AS "definition"
            FROM pg_constraint WHERE contype = 'f' ORDER BY 1, 2`,
        )
      ).rows;
    const before = await references();
    expect((await move(file, fresh.url)).status).toBe(0);
    expect(await references()).toEqual(before);
    await client.end();
    await fresh.drop();
  });

  test('refuses a target that is not empty, and adds nothing to it', async () => {
    const { status, stdout, stderr } = await move(file, target.url);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^The PostgreSQL database \w+ on .* is not empty: \w+ has rows\. .*\n$/);
  });

  test('stores nothing if a row differs, and can be started again', async () => {
    const changed = await createPostgresDatabase();
    await migrate(changed.url);
    const client = await connected(changed.url);
    // stands for whatever may alter a row on its way
    await client.query(`
      CREATE FUNCTION shout() RETURNS trigger AS $$ BEGIN NEW.name = upper(NEW.name); RETURN NEW; END $$ LANGUAGE plpgsql;
      CREATE TRIGGER shout BEFORE INSERT ON product FOR EACH ROW EXECUTE FUNCTION shout()`);
    const { status, stderr } = await move(file, changed.url);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /The table product is not the same in both databases: some of its \d+ rows differ\. Nothing was stored\.\n$/,
    );
    const { rows } = await client.query(
      'SELECT (SELECT count(*) FROM author) + (SELECT count(*) FROM product) AS n',
    );
    expect(Number(rows[0].n)).toBe(0);
    await client.query('DROP TRIGGER shout ON product');
    expect((await move(file, changed.url)).status).toBe(0);
    await client.end();
    await changed.drop();
  });

  test.each([
    [['one.db'], /^Usage: npm run move -- SQLITE_FILE POSTGRES_URL\n$/],
    [['no.db', 'postgresql://nowhere.example/x'], /^There is no file .*no\.db\.\n$/],
    [['no.db', 'file:other.db'], /^The target must be a "postgresql:\/\/" URL\.\n$/],
  ])('is refused with one sentence: %j', async (args, sentence) => {
    const { status, stderr } = await move(...args);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(sentence) });
  });
});

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** What only people write: votes, replies, keys, and a text that is hard on encodings. */
async function writeSome(forum: Forum): Promise<void> {
  // the first and last instants that a document may have
  for (const at of ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'])
    await forum.load(`# At ${at}\n\nText.\n\n##### Post Metadata\n- Posted at: ${at}\n\n## Comments\n`);
  const made = await forum
    .as('ada')
    .do(
      'createDiscussion',
      { title: 'Does “Ünï” 😀 \\ move?', body: 'A "quote", a\ttab.' },
      'discussion { id }',
    );
  const discussionId = made.data.createDiscussion.discussion.id;
  const said = await forum
    .as('ben')
    .do('addComment', { discussionId, body: 'It does.', idempotencyKey: 'one' }, 'comment { id }');
  const replyToId = said.data.addComment.comment.id;
  await forum.as('cleo').do('addComment', { discussionId, replyToId, body: 'Does it?' }, 'comment { id }');
  await forum.as('cleo').do('setVote', { subjectId: replyToId, direction: 'UP' }, 'subject { id }');
  await forum.as('cleo').do('addBookmark', { discussionId }, 'discussion { id }');
  await forum.as('cleo').do('saveDraft', { replyToId, body: ' Well…\n' }, 'discussion { id }');
  await forum.as('ben').do('setVote', { subjectId: discussionId, direction: 'DOWN' }, 'subject { id }');
}
