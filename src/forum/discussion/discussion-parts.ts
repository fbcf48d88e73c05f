import type { Context } from '../../access/context.ts';
import type { DiscussionFilter } from '../../generated/graphql.ts';
import type { Condition } from '../../graphql/connections/page.ts';
import { loader, rowsByKey, rowsInOrder } from '../../graphql/loader.ts';
import { selectedFor, selecting } from '../../graphql/selected-columns.ts';
import { statement } from '../../store/index.ts';
import type { TagRow } from '../catalog/index.ts';
import { conditionsOf } from './discussion-filter.ts';
import { type DiscussionRow, discussionSource, primeDiscussions } from './discussion-reads.ts';

export interface PinRow {
  readonly discussionId: string;
  readonly label: string | null;
  readonly position: number;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly pinnedById: string | null;
}

const pinsOf = statement<PinRow>(
  'discussion.pinsOf',
  (
    d,
  ) => `SELECT discussion_id AS "discussionId", label, position, created_at AS "createdAt", expires_at AS "expiresAt",
    pinned_by_id AS "pinnedById" FROM pin WHERE ${d.inList('discussion_id')}`,
  { table: 'pin', by: ['discussion_id'] },
);

/** A discussion's pin; null if it has none, or if it has expired. */
export function loadPin(ctx: Context, discussionId: string): Promise<PinRow | null> {
  const pins = loader<PinRow | null>(ctx, 'discussion.pin', ({ db }, ids) =>
    rowsInOrder(ids, db.read.all(pinsOf, [ids]), (row) => row.discussionId),
  );
  return pins
    .load(discussionId)
    .then((pin) => (pin && (pin.expiresAt === null || pin.expiresAt > ctx.now().getTime()) ? pin : null));
}

type TagOfDiscussion = TagRow & { readonly discussionId: string };

const tagsOf = statement<TagOfDiscussion>(
  'discussion.tagsOf',
  (d) => `SELECT dt.discussion_id AS "discussionId", tag.id, tag.slug, tag.name
    FROM discussion_tag dt JOIN tag ON tag.id = dt.tag_id WHERE ${d.inList('dt.discussion_id')} ORDER BY tag.slug`,
  { table: 'discussion_tag', by: ['discussion_id'], columns: ['tag_id'] },
  { table: 'tag', id: 'id' },
);

/** A discussion's tags, ordered by slug. */
export function loadTags(ctx: Context, discussionId: string): Promise<TagRow[]> {
  return loader<TagRow[]>(ctx, 'discussion.tags', ({ db }, ids) =>
    rowsByKey(ids, db.read.all(tagsOf, [ids]), (row) => row.discussionId),
  ).load(discussionId);
}

type Where = Pick<DiscussionFilter, 'categoryId' | 'categorySlug' | 'productId' | 'productSlug'>;

/** By the conditions, of which there are a few. */
const statements = new Map<string, ReturnType<typeof selecting<DiscussionRow>>>();

/** Reads from the index of pins, in its order. */
function pinned(conditions: readonly Condition[]): ReturnType<typeof selecting<DiscussionRow>> {
  const where = [
    '(pin.expires_at IS NULL OR pin.expires_at > ?)',
    ...conditions.map(({ sql }) => sql),
    discussionSource.listed,
  ].join(' AND ');
  let known = statements.get(where);
  if (!known) {
    known = selecting<DiscussionRow>(
      (columns) => `SELECT ${columns} FROM pin JOIN discussion t ON t.id = pin.discussion_id
        WHERE ${where} ORDER BY pin.position, pin.discussion_id LIMIT ?`,
      { table: 'pin', columns: ['discussion_id', 'expires_at', 'position'] },
      {
        table: 'discussion',
        by: [null, ...conditions.map(({ by }) => by ?? null)],
        columns: ['deleted_at'],
      },
    );
    statements.set(where, known);
  }
  return known;
}

/** The pinned discussions, ordered by position. None for an unknown slug or id. */
export async function loadPinned(ctx: Context, where: Where, first: number): Promise<DiscussionRow[]> {
  const conditions = await conditionsOf(ctx, where);
  if (conditions === null) return [];
  const params = conditions.flatMap((condition) => condition.params);
  const read = pinned(conditions)(selectedFor(ctx, discussionSource));
  const rows = await ctx.db.read.all(read, [ctx.now(), ...params, first]);
  primeDiscussions(ctx, rows);
  return rows;
}

/** Those of these discussions that have an undeleted comment of somebody else than their author. */
export const othersComments = statement<{ id: string }>(
  'discussion.withOthersComments',
  (d) => `SELECT t.id FROM discussion t WHERE ${d.inList('t.id')} AND EXISTS (
    SELECT 1 FROM comment c WHERE c.discussion_id = t.id AND c.deleted_at IS NULL
      AND (c.author_id IS NULL OR t.author_id IS NULL OR c.author_id <> t.author_id))`,
  { table: 'discussion', by: ['id'] },
  { table: 'comment', by: ['discussion_id'], columns: ['deleted_at', 'author_id'] },
);

/** Whether others than the author have commented. Runs no statement if there is no comment. */
export async function loadHasOthersComments(ctx: Context, discussion: DiscussionRow): Promise<boolean> {
  if (discussion.commentCount === 0) return false;
  return loader<boolean>(ctx, 'discussion.hasOthersComments', async ({ db }, ids) => {
    const found = new Set((await db.read.all(othersComments, [ids])).map(({ id }) => id));
    return ids.map((id) => found.has(id));
  }).load(discussion.id);
}
