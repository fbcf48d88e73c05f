// The moderation log of discussions, for their moderators. src/forum/author/moderation-log.ts writes it.
import type { Context } from '../../access/context.ts';
import { notFound } from '../../access/errors.ts';
import { isModeratorOf } from '../../access/viewer.ts';
import type { ModerationAction } from '../../generated/graphql.ts';
import type { Connection } from '../../graphql/connections/connection.ts';
import type { SortOrder } from '../../graphql/connections/cursor.ts';
import { countsOf, emptyPage, type Page, type PageSource, pagesOf } from '../../graphql/connections/page.ts';
import { type PageArgs, pageRequest } from '../../graphql/connections/page-args.ts';
import { loader, rowsInOrder } from '../../graphql/loader.ts';
import { selectList, statement } from '../../store/index.ts';
import { type DiscussionRow, loadDiscussionOrMerged } from '../discussion/index.ts';

export interface ModerationEventRow {
  readonly id: string;
  readonly createdAt: number;
  readonly action: ModerationAction;
  readonly actorId: string | null;
  readonly discussionId: string;
  readonly commentId: string | null;
  readonly revision: number | null;
  readonly detail: string | null;
  readonly isSource: boolean | 0 | 1 | null;
}

const events: PageSource<ModerationEventRow> = {
  name: 'moderation event',
  table: 'moderation_event',
  columns: [
    'id',
    'createdAt',
    'action',
    'actorId',
    'discussionId',
    'commentId',
    'revision',
    'detail',
    'isSource',
  ],
  listed: 'true',
  listedBy: {},
};

/** Index moderation_event(discussion_id, created_at, id). */
const NEWEST_EVENT_FIRST: SortOrder = {
  ...{ name: 'NEWEST', column: 'created_at', property: 'createdAt', ascending: false, kind: 'time' },
};

const OF_DISCUSSION = { sql: 't.discussion_id = p.value', by: 'discussion_id' } as const;

/** A page of a discussion's moderation log, newest first. Empty for those who do not moderate it. */
export async function pageModerationEvents(
  ctx: Context,
  { id, categoryId }: Pick<DiscussionRow, 'id' | 'categoryId'>,
  args: PageArgs,
): Promise<Connection<ModerationEventRow>> {
  const request = pageRequest(args, NEWEST_EVENT_FIRST);
  if (!isModeratorOf(ctx.viewer, categoryId)) return { ...emptyPage(request), totalCount: () => 0 };
  const page = await loader<Page<ModerationEventRow>>(ctx, `moderation.pages ${request.key}`, ({ db }, ids) =>
    pagesOf(db, events, request, OF_DISCUSSION, ids),
  ).load(id);
  const counts = loader<number>(ctx, 'moderation.counts', ({ db }, ids) =>
    countsOf(db, events, OF_DISCUSSION, ids),
  );
  return { ...page, totalCount: () => counts.load(id) };
}

const byIds = statement<ModerationEventRow>(
  'moderation.byId',
  (d) => `SELECT ${selectList(events, 't')} FROM ${d.foundBy('moderation_event', 'id')}`,
  { table: 'moderation_event', by: ['id'] },
);

/** An entry of the moderation log. Null if there is none, or if the viewer does not moderate its discussion. */
export async function loadModerationEvent(ctx: Context, id: string): Promise<ModerationEventRow | null> {
  if (!ctx.viewer) return null;
  const event = await loader<ModerationEventRow | null>(ctx, 'moderation.byId', ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(byIds, [ids]), (row) => row.id),
  ).load(id);
  const discussion = event && (await loadDiscussionOrMerged(ctx, event.discussionId));
  return discussion && isModeratorOf(ctx.viewer, discussion.categoryId) ? event : null;
}

/** The discussion of an event. Throws NOT_FOUND if it was deleted since the event was read. */
export async function discussionOf(
  ctx: Context,
  { discussionId }: ModerationEventRow,
): Promise<DiscussionRow> {
  const discussion = await loadDiscussionOrMerged(ctx, discussionId);
  if (!discussion) throw notFound('The discussion of this event has just been deleted.');
  return discussion;
}

/** The row ids of the two discussions of a merge, its undo or a split. Null for other actions. */
export function sidesOf({
  discussionId,
  detail,
  isSource,
}: ModerationEventRow): { readonly sourceId: string; readonly destinationId: string } | null {
  if (detail === null || isSource === null) return null;
  return isSource
    ? { sourceId: discussionId, destinationId: detail }
    : { sourceId: detail, destinationId: discussionId };
}
