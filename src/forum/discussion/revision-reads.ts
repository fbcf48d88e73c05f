import type { Context } from '../../access/context.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import { type PageArgs, pageRequest } from '../../graphql/connections/page-args.ts';
import { groupedBy, inOrderOf, loader } from '../../graphql/loader.ts';
import { withTexts } from '../../graphql/text-budget.ts';
import { type Dialect, statement } from '../../store/index.ts';
import { NEWEST_REVISION_FIRST, revisionPage, revisionRowsMax, revisionsToRead } from '../revisions.ts';
import type { DiscussionRow } from './discussion-reads.ts';

/** A revision of title and text, possibly the present one. */
export interface DiscussionRevisionRow {
  /** The row id of the edit that made it; the discussion's for the first revision. */
  readonly id: string;
  readonly discussionId: string;
  readonly revision: number;
  /** Who wrote it, and when. */
  readonly editorId: string | null;
  readonly createdAt: number;
  readonly title: string;
  readonly body: string;
  /** The revision before; empty for the first. */
  readonly titleBefore: string;
  readonly bodyBefore: string;
  /** When a moderator redacted it, and the revision before. */
  readonly redactedAt: number | null;
  readonly redactedBefore: number | null;
}

/**
 * Two rows make revision n: row n - 1 has the text before it and the edit that made it, and row n has its text, unless it
 * is the present one. The unique key on discussion and revision finds both.
 */
const revisions = (made: string, written: string, [later, first]: readonly [string, string]) => `
  SELECT ${later}
  FROM discussion_revision t JOIN discussion d ON d.id = t.discussion_id
    LEFT JOIN discussion_revision n ON n.discussion_id = t.discussion_id AND n.revision = t.revision + 1
  WHERE d.deleted_at IS NULL AND ${made}
  UNION ALL
  SELECT ${first}
  FROM discussion d LEFT JOIN discussion_revision n ON n.discussion_id = d.id AND n.revision = 1
  WHERE d.deleted_at IS NULL AND ${written}`;

const ROWS = [
  `t.id, d.id AS "discussionId", t.revision + 1 AS "revision", t.editor_id AS "editorId",
    t.created_at AS "createdAt", coalesce(n.title, d.title) AS "title", coalesce(n.body, d.body) AS "body",
    t.title AS "titleBefore", t.body AS "bodyBefore", n.redacted_at AS "redactedAt", t.redacted_at AS "redactedBefore"`,
  `d.id, d.id, 1, d.author_id, d.created_at, coalesce(n.title, d.title), coalesce(n.body, d.body), '', '',
    n.redacted_at, NULL`,
] as const;
const SIZE = 'coalesce(octet_length(n.body), octet_length(d.body))';
const SIZES = [`${SIZE} + octet_length(t.body) AS bytes`, SIZE] as const;

const onPages = (columns: readonly [string, string], d: Dialect) =>
  revisions(
    `${d.inList('t.discussion_id')} AND t.revision BETWEEN ? AND ? AND t.revision >= d.revision - ?`,
    `${d.inList('d.id')} AND 1 BETWEEN ? AND ? AND 1 > d.revision - ?`,
    columns,
  );
const ofDiscussions = withTexts(
  statement<DiscussionRevisionRow>(
    'discussion.revisions',
    (d) => onPages(ROWS, d),
    { table: 'discussion_revision', by: ['discussion_id'] },
    { table: 'discussion', by: [null, null, null, null, 'id'] },
  ),
  (d) => onPages(SIZES, d),
  ([ids = [], from = 0, to = 0, newest = 0]) => revisionRowsMax(ids, from, to, newest),
);

/** A page of a discussion's revisions, newest first. One statement reads those of many discussions. */
export async function pageRevisionsOf(
  ctx: Context,
  discussion: DiscussionRow,
  args: PageArgs,
): Promise<Connection<DiscussionRevisionRow>> {
  const request = pageRequest(args, NEWEST_REVISION_FIRST);
  // the revisions of a merged discussion are those of the comment that it has become
  const count = discussion.mergedIntoId === null ? discussion.revision : 0;
  const { first, last, ...neighbours } = revisionPage(request, count);
  const [from, to, newest] = revisionsToRead(request);
  const name = `discussion.revisions ${from} ${to} ${newest}`;
  const read = loader<DiscussionRevisionRow[]>(ctx, name, async ({ db }, ids) => {
    const rows = await db.read.all(ofDiscussions, [ids, from - 1, to - 1, newest, ids, from, to, newest]);
    return groupedBy(ids, rows, (row) => row.discussionId);
  });
  const rows = first > last ? [] : await read.load(discussion.id);
  return {
    ...neighbours,
    rows: rows
      .filter(({ revision }) => revision >= first && revision <= last)
      .sort((one, other) => other.revision - one.revision),
    order: NEWEST_REVISION_FIRST,
    totalCount: () => count,
  };
}

const withIds = (columns: readonly [string, string], d: Dialect) =>
  revisions(d.inList('t.id'), d.inList('d.id'), columns);
const byIds = withTexts(
  statement<DiscussionRevisionRow>(
    'discussion.revisionsByIds',
    (d) => withIds(ROWS, d),
    { table: 'discussion_revision' },
    { table: 'discussion', id: 'discussionId', columns: ['deleted_at'] },
  ),
  (d) => withIds(SIZES, d),
  ([ids]) => (ids as readonly string[]).length,
);

/** The revision with this id; null if there is none in a visible discussion. */
export function loadDiscussionRevision(ctx: Context, id: string): Promise<DiscussionRevisionRow | null> {
  return loader<DiscussionRevisionRow | null>(ctx, 'discussion.revision', async ({ db }, ids) =>
    inOrderOf(ids, await db.read.all(byIds, [ids, ids]), (row) => row.id),
  ).load(id);
}

interface EarlierText {
  readonly title: string;
  readonly body: string;
  readonly redactedAt: number | null;
}

export const earlierText = statement<EarlierText>(
  'discussion.earlierText',
  'SELECT title, body, redacted_at AS "redactedAt" FROM discussion_revision WHERE discussion_id = ? AND revision = ?',
  { table: 'discussion_revision', by: ['discussion_id'] },
);

/** The text of an earlier revision. Null if there is none, or if it is the present one. */
export async function loadEarlierText(
  ctx: Context,
  discussionId: string,
  revision: number,
): Promise<EarlierText | null> {
  const [text] = await ctx.db.read.all(earlierText, [discussionId, revision]);
  return text ?? null;
}

/** The row id of a revision, by its number. Null if there is none. */
export async function findRevisionId(
  ctx: Context,
  discussionId: string,
  revision: number,
): Promise<string | null> {
  if (revision === 1) return discussionId;
  const [made] = await ctx.db.read.all(madeBy, [discussionId, revision - 1]);
  return made?.id ?? null;
}

const madeBy = statement<{ id: string }>(
  'discussion.revisionMadeBy',
  'SELECT id FROM discussion_revision WHERE discussion_id = ? AND revision = ?',
  { table: 'discussion_revision', by: ['discussion_id'] },
);
