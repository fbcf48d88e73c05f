import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { chain } from '../../graphql/execution/index.ts';
import { loader, rowsInOrder } from '../../graphql/loader.ts';
import { statement } from '../../store/index.ts';
import { excerptOf } from '../../text/excerpt.ts';

const EXCERPT_LENGTH_MAX = 500;
/** Twice the maximum, because white space shrinks. */
const CHARS_READ = 2 * EXCERPT_LENGTH_MAX;

/** One character more than is used tells whether the text goes on. PostgreSQL does not read the rest of a long text. */
const beginnings = statement<{ id: string; beginning: string }>(
  'discussion.beginnings',
  (d) =>
    `SELECT t.id, substr(t.body_text, 1, ${CHARS_READ + 1}) AS "beginning" FROM ${d.foundBy('discussion', 'id')}`,
  { table: 'discussion', by: ['id'] },
);

/** The beginning of a discussion's text. Throws BAD_USER_INPUT for a length that is out of bounds. */
export function loadExcerpt(ctx: Context, discussionId: string, length: number): Promise<string> {
  if (length < 1 || length > EXCERPT_LENGTH_MAX)
    throw badInput(`\`length\` is ${length}: it must be from 1 to ${EXCERPT_LENGTH_MAX}.`, 'length');
  const text = loader<{ beginning: string } | null>(ctx, 'discussion.beginning', ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(beginnings, [ids]), (row) => row.id),
  ).load(discussionId);
  return chain(text, (row) => {
    const beginning = Array.from(row?.beginning ?? '');
    const isWhole = beginning.length <= CHARS_READ;
    return excerptOf(beginning.slice(0, CHARS_READ).join(''), length, isWhole);
  }) as Promise<string>;
}
