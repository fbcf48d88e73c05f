import type { Context } from '../../access/context.ts';
import { loader, rowsByKey } from '../../graphql/loader.ts';
import { change, deleteRows, insertRow, statement, type Transaction } from '../../store/index.ts';
import { type Mentioned, mentionedBy } from '../../text/mentions.ts';
import { findHandles } from '../../text/render-text.ts';
import type { AuthorRow } from './author-reads.ts';

/** Maximum number of mentions in a text. Further ones stay plain text. */
export const MENTIONS_MAX = 20;

interface Named {
  readonly id: string;
  readonly handle: string;
}

const byHandles = statement<Named>(
  'author.byHandles',
  (d) => `SELECT id, handle FROM author WHERE ${d.inList('handle')}`,
  { table: 'author', by: ['handle'], columns: [] },
);

/** Finds the authors whose handles a text mentions. Runs no statement if the text has no "@". */
export async function findMentioned(ctx: Context, source: string, field: string): Promise<Mentioned> {
  const handles = (await findHandles(ctx, source, field)).slice(0, MENTIONS_MAX);
  if (handles.length === 0) return new Map();
  const named = await ctx.db.read.all(byHandles, [handles]);
  return mentionedBy(named.map(({ id, handle }) => ({ authorId: id, handle })));
}

type Subject = 'discussion' | 'comment';

/** Stores the mentions of a new discussion's or comment's text. */
export async function insertMentions(tx: Transaction, kind: Subject, id: string, mentioned: Mentioned) {
  for (const [handle, { authorId }] of mentioned) {
    if (kind === 'discussion')
      await insertRow(tx, 'discussion_mention', { discussionId: id, authorId, handle });
    else await insertRow(tx, 'comment_mention', { commentId: id, authorId, handle });
  }
}

/** Replaces the stored mentions of a discussion's or comment's text. */
export async function replaceMentions(tx: Transaction, kind: Subject, id: string, mentioned: Mentioned) {
  if (kind === 'discussion') await deleteRows(tx, 'discussion_mention', { discussionId: id });
  else await deleteRows(tx, 'comment_mention', { commentId: id });
  await insertMentions(tx, kind, id, mentioned);
}

const copyTo = (from: Subject, to: Subject) =>
  change(
    `author.copyMentions to ${to}`,
    `INSERT INTO ${to}_mention (${to}_id, author_id, handle)
      SELECT t.id, m.author_id, m.handle FROM ${to} t JOIN ${from}_mention m ON m.${from}_id = ? WHERE t.id = ?`,
    { table: `${to}_mention`, sets: null, by: [null, null] },
  );
const COPY_TO = {
  discussion: copyTo('comment', 'discussion'),
  comment: copyTo('discussion', 'comment'),
};

/** Deletes the stored mentions of a discussion's text. */
export async function deleteDiscussionMentions(tx: Transaction, discussionId: string): Promise<void> {
  await deleteRows(tx, 'discussion_mention', { discussionId });
}

/** Gives a discussion the mentions of a comment that becomes its text, or a comment those of a discussion. */
export async function copyMentions(
  tx: Transaction,
  fromId: string,
  to: Subject,
  toId: string,
): Promise<void> {
  await tx.run(COPY_TO[to], [fromId, toId]);
}

type MentionedAuthor = AuthorRow & { readonly subjectId: string };

const mentionedIn = (kind: Subject) =>
  statement<MentionedAuthor>(
    `author.mentionedIn ${kind}`,
    (d) => `SELECT m.${kind}_id AS "subjectId", a.id, a.role, a.handle, a.name, a.title, a.company,
      a.company_segment AS "companySegment", a.industry, a.avatar_url AS "avatarUrl", a.created_at AS "createdAt"
      FROM ${kind}_mention m JOIN author a ON a.id = m.author_id
      WHERE ${d.inList(`m.${kind}_id`)} ORDER BY m.${kind}_id, m.handle`,
    { table: `${kind}_mention`, by: [`${kind}_id`], columns: ['author_id', 'handle'] },
    { table: 'author', id: 'id' },
  );
const MENTIONED_IN = { discussion: mentionedIn('discussion'), comment: mentionedIn('comment') };

/** The authors that a discussion's or comment's text mentions, ordered by handle. */
export function loadMentionedAuthors(
  ctx: Context,
  kind: 'discussion' | 'comment',
  id: string,
): Promise<AuthorRow[]> {
  return loader<AuthorRow[]>(ctx, `author.mentionedIn ${kind}`, ({ db }, ids) =>
    rowsByKey(ids, db.read.all(MENTIONED_IN[kind], [ids]), (row) => row.subjectId),
  ).load(id);
}
