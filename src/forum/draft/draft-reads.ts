import type { Context } from '../../access/context.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { DraftKind } from '../../generated/graphql.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import type { SortOrder } from '../../graphql/connections/cursor.ts';
import { countOf, type PageSource, pageOf } from '../../graphql/connections/page.ts';
import { type PageArgs, pageRequest } from '../../graphql/connections/page-args.ts';
import type { MaybePromise } from '../../graphql/execution/index.ts';
import { loader, rowsInOrder } from '../../graphql/loader.ts';
import { selectedFor, selecting } from '../../graphql/selected-columns.ts';
import { loadById, type TagRow, tags } from '../catalog/index.ts';
import type { DraftPlace } from './draft-place.ts';

export interface DraftRow extends DraftPlace {
  readonly id: string;
  readonly title: string | null;
  readonly body: string;
  readonly categoryId: string | null;
  readonly productId: string | null;
  readonly tagIds: string;
  readonly revision: number | null;
  readonly savedAt: number;
}

/** All drafts: also those of deleted discussions, whose owner would lose the text. */
const drafts: PageSource<DraftRow> = {
  name: 'draft',
  table: 'draft',
  columns: [
    'id',
    'kind',
    'subjectId',
    'title',
    'body',
    'categoryId',
    'productId',
    'tagIds',
    'revision',
    'savedAt',
  ],
  texts: { body: ['Draft.body'] },
  listed: 'true',
  listedBy: {},
};

/** Index draft(author_id, saved_at, id). */
export const NEWEST_DRAFT_FIRST: SortOrder = {
  ...{ name: 'NEWEST', column: 'saved_at', property: 'savedAt', ascending: false, kind: 'time' },
};

/** A page of the viewer's drafts. */
export async function pageDrafts(
  ctx: Context,
  viewer: Viewer,
  args: PageArgs,
): Promise<Connection<DraftRow>> {
  const conditions = [{ sql: 't.author_id = ?', params: [viewer.id], by: 'author_id' }];
  const request = pageRequest(args, NEWEST_DRAFT_FIRST);
  const page = await pageOf(ctx.db, selectedFor(ctx, drafts), request, conditions);
  return { ...page, totalCount: () => countOf(ctx.db, drafts, conditions) };
}

const byIds = selecting<DraftRow>(
  (columns, d) => `SELECT ${columns} FROM ${d.foundBy('draft', 'id')} AND t.author_id = ?`,
  { table: 'draft', by: ['id', 'author_id'] },
);

/** One of the viewer's drafts. Null if there is none, or if it is another author's. */
export async function loadDraft(ctx: Context, id: string): Promise<DraftRow | null> {
  const { viewer } = ctx;
  if (!viewer) return null;
  return loader<DraftRow | null>(ctx, 'draft.byId', ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(byIds(selectedFor(ctx, drafts)), [ids, viewer.id]), (row) => row.id),
  ).load(id);
}

const ofSubjects = selecting<DraftRow>(
  (columns, d) =>
    `SELECT ${columns} FROM draft t WHERE t.author_id = ? AND t.kind = ? AND ${d.inList('t.subject_id')}`,
  { table: 'draft', by: ['author_id', 'kind', 'subject_id'] },
);

/** The viewer's draft of this kind on a discussion or a comment. Null if there is none, and for a guest. */
export function loadDraftOn(ctx: Context, kind: DraftKind, subjectId: string): MaybePromise<DraftRow | null> {
  const { viewer } = ctx;
  if (!viewer) return null;
  return loader<DraftRow | null>(ctx, `draft.of ${kind}`, ({ db }, ids) =>
    rowsInOrder(
      ids,
      db.read.all(ofSubjects(selectedFor(ctx, drafts)), [viewer.id, kind, ids]),
      (row) => row.subjectId,
    ),
  ).load(subjectId);
}

/** The tags of a draft that still exist. */
export async function loadTagsOf(ctx: Context, { tagIds }: DraftRow): Promise<TagRow[]> {
  const ids = tagIds.split(' ').filter((id) => id !== '');
  const found = await Promise.all(ids.map((id) => loadById(ctx, tags, id)));
  return found.filter((tag) => tag !== null);
}
