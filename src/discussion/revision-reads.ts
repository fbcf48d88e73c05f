import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Connection } from '../kit/connection.ts';
import type { Context } from '../kit/context.ts';
import { statement } from '../kit/db/index.ts';
import { inOrderOf, loader } from '../kit/loader.ts';
import { type Page, type PageSource, pagesOf } from '../kit/page.ts';
import { type PageArgs, pageRequest } from '../kit/page-args.ts';
import type { SortOrder } from '../kit/sort-order.ts';
import { textDiff } from '../kit/text-diff.ts';
import type { DiscussionRow } from './discussion-reads.ts';

/** An edit: the state before it, who made it and when. */
export interface DiscussionRevisionRow {
  readonly id: string;
  readonly discussionId: string;
  readonly revision: number;
  readonly editorId: string | null;
  readonly createdAt: number;
  readonly title: string;
  readonly body: string;
}

const COLUMNS = `t.id, t.discussion_id AS "discussionId", t.revision, t.editor_id AS "editorId",
  t.created_at AS "createdAt", t.title, t.body`;

const source: PageSource<DiscussionRevisionRow> = {
  name: 'discussion revision',
  table: 'discussion_revision',
  columns: COLUMNS,
  listed: 'true',
};

/** The unique key on discussion and revision serves it. */
const NEWEST: SortOrder = {
  name: 'REVISION',
  column: 'revision',
  property: 'revision',
  ascending: false,
  kind: 'int',
};

/** A page of a discussion's edits, the newest first; pages of many discussions are read together. */
export async function pageRevisionsOf(
  ctx: Context,
  discussion: DiscussionRow,
  args: PageArgs,
): Promise<Connection<DiscussionRevisionRow>> {
  const request = pageRequest(args, NEWEST);
  const name = `discussion.revisionsOf ${JSON.stringify(request)}`;
  const page = await loader<Page<DiscussionRevisionRow>>(ctx, name, async ({ db }, ids) =>
    pagesOf(db, source, request, 't.discussion_id = p.value', ids),
  ).load(discussion.id);
  // every edit has counted
  return { ...page, totalCount: () => discussion.revision - 1 };
}

const byIds = statement<DiscussionRevisionRow>(
  'discussion.revisionsByIds',
  (d) => `SELECT ${COLUMNS} FROM discussion_revision t JOIN discussion ON discussion.id = t.discussion_id
    WHERE ${d.inList('t.id')} AND discussion.deleted_at IS NULL`,
);

/** The edit with this row id; null where there is none to see: whoever sees a discussion sees its history. */
export function loadDiscussionRevision(ctx: Context, id: string): Promise<DiscussionRevisionRow | null> {
  return loader<DiscussionRevisionRow | null>(ctx, 'discussion.revision', async ({ db }, ids) =>
    inOrderOf(ids, await db.read.all(byIds, [ids]), (row) => row.id),
  ).load(id);
}

interface Text {
  readonly title: string;
  readonly body: string;
}

const byNumber = statement<Text>(
  'discussion.formerText',
  'SELECT title, body FROM discussion_revision WHERE discussion_id = ? AND revision = ?',
);

/** A former state's text; null: there is no such state, or it is the present one. */
export async function loadFormerText(
  ctx: Context,
  discussionId: string,
  revision: number,
): Promise<Text | null> {
  const [text] = await ctx.db.read.all(byNumber, [discussionId, revision]);
  return text ?? null;
}

const nextOf = statement<Text & { readonly id: string }>(
  'discussion.textsAfter',
  (
    d,
  ) => `SELECT t.id, coalesce(n.title, discussion.title) AS "title", coalesce(n.body, discussion.body) AS "body"
    FROM discussion_revision t JOIN discussion ON discussion.id = t.discussion_id
      LEFT JOIN discussion_revision n ON n.discussion_id = t.discussion_id AND n.revision = t.revision + 1
    WHERE ${d.inList('t.id')}`,
);

/** What an edit did to the title or to the body. */
export async function diffOf(ctx: Context, row: DiscussionRevisionRow, what: 'title' | 'body') {
  const after = await loader<Text | null>(ctx, 'discussion.textAfter', async ({ db }, ids) =>
    inOrderOf(ids, await db.read.all(nextOf, [ids]), (text) => text.id),
  ).load(row.id);
  // the worst texts take a quarter of a second each: other requests have their turn between two of a page
  await nextTurn();
  return textDiff(row[what], after?.[what] ?? row[what]);
}
