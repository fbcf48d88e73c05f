import { type Database, statement } from '../../store/index.ts';

/** A row that breaks a rule which neither foreign keys nor counters hold. */
interface Flaw {
  readonly table: string;
  readonly id: string;
  readonly message: string;
}

const flaws = (table: string, message: string, sql: string) => ({
  table,
  message,
  rows: statement<{ id: string }>(`comment.flaws of ${table}: ${message}`, sql),
});

const CHECKS = [
  flaws(
    'comment',
    'it replies to a comment of another discussion',
    `SELECT c.id FROM comment c JOIN comment p ON p.id = c.reply_to_id
      WHERE p.discussion_id <> c.discussion_id ORDER BY c.id`,
  ),
  // a circle of replies cannot have right depths
  flaws(
    'comment',
    'its depth is not one more than that of the comment it replies to',
    'SELECT c.id FROM comment c JOIN comment p ON p.id = c.reply_to_id WHERE c.depth <> p.depth + 1 ORDER BY c.id',
  ),
  flaws(
    'comment',
    'it stands at the top level and has a depth',
    'SELECT c.id FROM comment c WHERE c.reply_to_id IS NULL AND c.depth <> 0 ORDER BY c.id',
  ),
  flaws(
    'discussion',
    'its answer is no comment of it',
    `SELECT d.id FROM discussion d LEFT JOIN comment a ON a.id = d.answer_id
      WHERE d.answer_id IS NOT NULL AND (a.id IS NULL OR a.discussion_id <> d.id) ORDER BY d.id`,
  ),
  flaws(
    'discussion',
    'it has an answer without the time at which it was accepted, or such a time without an answer',
    'SELECT d.id FROM discussion d WHERE (d.answer_id IS NULL) <> (d.answered_at IS NULL) ORDER BY d.id',
  ),
  flaws(
    'comment',
    'not every earlier revision of its text is stored',
    `SELECT c.id FROM comment c WHERE c.revision - 1 <>
      (SELECT count(*) FROM comment_revision r WHERE r.comment_id = c.id AND r.revision < c.revision) ORDER BY c.id`,
  ),
  flaws(
    'discussion',
    'not every earlier revision of its title and text is stored',
    `SELECT d.id FROM discussion d WHERE d.revision - 1 <>
      (SELECT count(*) FROM discussion_revision r WHERE r.discussion_id = d.id AND r.revision < d.revision) ORDER BY d.id`,
  ),
  flaws(
    'discussion',
    'its answer is a deleted comment',
    `SELECT d.id FROM discussion d JOIN comment a ON a.id = d.answer_id
      WHERE a.deleted_at IS NOT NULL ORDER BY d.id`,
  ),
  flaws(
    'discussion_vote',
    'it is neither up nor down',
    'SELECT v.discussion_id AS "id" FROM discussion_vote v WHERE v.value NOT IN (1, -1) ORDER BY v.discussion_id',
  ),
  flaws(
    'comment_vote',
    'it is neither up nor down',
    'SELECT v.comment_id AS "id" FROM comment_vote v WHERE v.value NOT IN (1, -1) ORDER BY v.comment_id',
  ),
];

/** Finds every row of discussions, comments and votes that breaks such a rule. */
export async function* findFlaws(db: Database): AsyncGenerator<Flaw> {
  for (const { table, message, rows } of CHECKS) {
    for (const { id } of await db.read.all(rows, [])) yield { table, id, message };
  }
}
