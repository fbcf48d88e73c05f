import type { Context } from '../../access/context.ts';
import { loader, rowsByKey, rowsInOrder } from '../../graphql/loader.ts';
import { statement } from '../../store/index.ts';
import type { TagRow } from '../catalog/index.ts';

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

/** A discussion's pin; null where it has none that holds at the request's time. */
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

/** A discussion's tags, in the order of their slugs. */
export function loadTags(ctx: Context, discussionId: string): Promise<TagRow[]> {
  return loader<TagRow[]>(ctx, 'discussion.tags', ({ db }, ids) =>
    rowsByKey(ids, db.read.all(tagsOf, [ids]), (row) => row.discussionId),
  ).load(discussionId);
}
