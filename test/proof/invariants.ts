import { examine } from '../../src/operations/doctor/index.ts';
import { type Database, type Statement, statement } from '../../src/store/index.ts';

/** Rows that break a rule; `id` says which. */
type Broken = Statement<{ id: string }>;
const broken = (rule: string, sql: string): [string, Broken] => [rule, statement(`proof ${rule}`, sql)];

const votes = (kind: 'discussion' | 'comment', value: string) =>
  `(SELECT count(*) FROM ${kind}_vote v WHERE v.${kind}_id = t.id AND v.value ${value})`;
/** Votes that were imported count on the side of their sign. */
const imported = (sign: '' | '-') =>
  `CASE WHEN ${sign}t.imported_net_votes > 0 THEN ${sign}t.imported_net_votes ELSE 0 END`;
const miscounted = (kind: 'discussion' | 'comment') =>
  `SELECT t.id FROM ${kind} t WHERE t.upvote_count <> ${votes(kind, '= 1')} + ${imported('')}
    OR t.downvote_count <> ${votes(kind, '= -1')} + ${imported('-')}
    OR t.net_upvotes <> t.imported_net_votes
      + (SELECT coalesce(sum(v.value), 0) FROM ${kind}_vote v WHERE v.${kind}_id = t.id)`;

/** Each is one statement, so it sees one moment; and at every moment no row may break a rule. */
const AT_EVERY_MOMENT: [string, Broken][] = [
  broken('votes of discussions', miscounted('discussion')),
  broken('votes of comments', miscounted('comment')),
  broken(
    'comments of discussions',
    `SELECT t.id FROM discussion t WHERE t.comment_count <>
        (SELECT count(*) FROM comment c WHERE c.discussion_id = t.id AND c.deleted_at IS NULL)
      OR t.top_level_comment_count <> (SELECT count(*) FROM comment c WHERE c.discussion_id = t.id
        AND c.reply_to_id IS NULL AND (c.deleted_at IS NULL OR c.reply_count > 0))`,
  ),
  // what a comment counts below itself is what its replies count, and the replies: so it is right at any depth
  broken(
    'replies to comments',
    `SELECT t.id FROM comment t WHERE t.reply_count <>
        (SELECT coalesce(sum(c.reply_count + CASE WHEN c.deleted_at IS NULL THEN 1 ELSE 0 END), 0)
          FROM comment c WHERE c.reply_to_id = t.id)
      OR t.direct_reply_count <> (SELECT count(*) FROM comment c WHERE c.reply_to_id = t.id
        AND (c.deleted_at IS NULL OR c.reply_count > 0))`,
  ),
  broken(
    'the last comment',
    `SELECT t.id FROM discussion t WHERE coalesce(t.last_comment_id, '') <> coalesce((SELECT c.id FROM comment c
      WHERE c.discussion_id = t.id AND c.deleted_at IS NULL ORDER BY c.created_at DESC, c.id DESC LIMIT 1), '')`,
  ),
  broken(
    'one vote each',
    `SELECT discussion_id AS "id" FROM discussion_vote GROUP BY discussion_id, author_id HAVING count(*) > 1
      UNION ALL SELECT comment_id FROM comment_vote GROUP BY comment_id, author_id HAVING count(*) > 1`,
  ),
  broken(
    'every edit kept once',
    `SELECT t.id FROM comment t WHERE t.revision <>
        1 + (SELECT count(*) FROM comment_revision r WHERE r.comment_id = t.id)
      UNION ALL SELECT t.id FROM discussion t WHERE t.revision <>
        1 + (SELECT count(*) FROM discussion_revision r WHERE r.discussion_id = t.id)`,
  ),
  broken(
    'duplicates of originals',
    `SELECT t.id FROM discussion t LEFT JOIN discussion o ON o.id = t.duplicate_of_id
      WHERE t.duplicate_of_id IS NOT NULL AND (o.id IS NULL OR o.id = t.id OR o.duplicate_of_id IS NOT NULL
        OR t.closed_at IS NULL OR t.close_reason IS NULL OR t.close_reason <> 'DUPLICATE')`,
  ),
  broken('keys with what was answered', `SELECT hash AS "id" FROM idempotency_key WHERE payload = ''`),
];

const orphans = (table: string, key: string, parent: string) =>
  broken(
    `${table}.${key}`,
    `SELECT t.${key} AS "id" FROM ${table} t LEFT JOIN ${parent} p ON p.id = t.${key}
      WHERE t.${key} IS NOT NULL AND p.id IS NULL`,
  );

const NO_ORPHANS: [string, Broken][] = [
  orphans('comment', 'discussion_id', 'discussion'),
  orphans('comment', 'reply_to_id', 'comment'),
  orphans('discussion', 'answer_id', 'comment'),
  orphans('discussion', 'last_comment_id', 'comment'),
  ...['discussion', 'comment'].flatMap((kind) => [
    orphans(kind, 'author_id', 'author'),
    ...['vote', 'mention', 'revision'].map((part) => orphans(`${kind}_${part}`, `${kind}_id`, kind)),
    ...['vote', 'mention'].map((part) => orphans(`${kind}_${part}`, 'author_id', 'author')),
  ]),
];

async function brokenIn(db: Database, rules: readonly [string, Broken][]): Promise<string[]> {
  const found: string[] = [];
  for (const [rule, rows] of rules) {
    for (const { id } of await db.read.all(rows, [])) found.push(`${rule}: ${id}`);
  }
  return found;
}

/** What a reader sees at this moment that is not so. Others may be writing. */
export function brokenNow(db: Database): Promise<string[]> {
  return brokenIn(db, AT_EVERY_MOMENT);
}

/**
 * The same when nobody writes, together with orphans and all that the doctor finds, renderings included. `now`: the time
 * of the forum's clock, if a test has moved it.
 */
export async function brokenAtRest(db: Database, now?: Date): Promise<string[]> {
  const found = [...(await brokenNow(db)), ...(await brokenIn(db, NO_ORPHANS))];
  const onFinding = (finding: object) => found.push(JSON.stringify(finding));
  await examine(db, { fix: false, rendering: true, onFinding, ...(now && { now }) });
  return found;
}
