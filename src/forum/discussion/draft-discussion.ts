import type { Context } from '../../access/context.ts';
import { conflict, type Refusal } from '../../access/errors.ts';
import { insertNew, type insertRow, statement, type Transaction } from '../../store/index.ts';
import { nextFreeSlug, slugOf, titleKeyOf } from '../../text/slug.ts';
import { checkedText } from '../../text/text-rules.ts';
import { type PreparedText, prepareText, writeMentions } from '../author/index.ts';
import { hotScore } from '../ranking.ts';
import { findPlace, type PlaceInput, type PlaceRows, writeTags } from './discussion-place.ts';
import { DISCUSSION_BODY, DISCUSSION_TITLE, EXTERNAL_ID } from './discussion-rules.ts';
import { discussionTitled } from './discussion-text.ts';

interface DraftInput extends PlaceInput {
  readonly title: string;
  readonly body: string;
  readonly externalId?: string | null | undefined;
}

/** A discussion that is about to be made: checked, rendered, and all that it points to found. */
export interface Draft extends PreparedText {
  readonly title: string;
  readonly externalId: string | null;
  readonly place: PlaceRows;
}

/** The two steps of a write that come before its transaction: input, and load. */
export async function draftDiscussion(ctx: Context, input: DraftInput): Promise<Draft> {
  const title = checkedText(input.title, DISCUSSION_TITLE, 'input.title');
  const body = checkedText(input.body, DISCUSSION_BODY, 'input.body');
  const externalId =
    typeof input.externalId === 'string'
      ? checkedText(input.externalId, EXTERNAL_ID, 'input.externalId')
      : null;
  const place = await findPlace(ctx, input);
  return { title, externalId, place, ...(await prepareText(ctx, body)) };
}

/** Makes the discussion. Answers its row id; null: the host's key is taken, and nothing was written. */
export async function insertDiscussion(
  ctx: Context,
  tx: Transaction,
  authorId: string,
  { title, body, externalId, place, mentioned, rendering }: Draft,
): Promise<string | null> {
  const now = ctx.now();
  const { tagIds, ...shelves } = place;
  const row = {
    id: ctx.newId(),
    title,
    titleKey: titleKeyOf(title),
    body,
    bodyHtml: rendering.html,
    bodyText: rendering.text,
    authorId,
    ...shelves,
    externalId,
    createdAt: now,
    lastActivityAt: now,
    hotScore: hotScore(0, 0, now),
  };
  if (!(await insertUnderFreeSlug(tx, row))) return null;
  await writeTags(tx, row.id, tagIds);
  await writeMentions(tx, 'discussion', row.id, mentioned, true);
  await discussionTitled.tell(tx, { discussionId: row.id, titleKey: row.titleKey });
  return row.id;
}

type NewDiscussion = Omit<Parameters<typeof insertRow<'discussion'>>[2], 'slug'>;

export const takenSlugs = statement<{ slug: string }>(
  'discussion.takenSlugs',
  (d) => `SELECT slug FROM discussion WHERE ${d.inList('slug')}`,
);
export const byExternalId = statement<{ id: string; deletedAt: number | null }>(
  'discussion.holderOfExternalId',
  'SELECT id, deleted_at AS "deletedAt" FROM discussion WHERE external_id = ?',
);

/** The same words where its discussion is deleted: nobody learns that it was there. */
export function externalIdTaken(): Refusal {
  return conflict('This `externalId` is taken.', 'input.externalId');
}

/** The discussion, deleted or not, that has the host's key; null: it is free. */
export async function holderOf(
  tx: Transaction,
  externalId: string,
): Promise<{ readonly id: string; readonly deletedAt: number | null } | null> {
  const [holder] = await tx.all(byExternalId, [externalId]);
  return holder ?? null;
}

/**
 * Adds the row under the first slug of its title that is free. Two writers may choose the same one: the later waits
 * for the earlier and then chooses again. Answers whether it did; false: the host's key is taken.
 */
async function insertUnderFreeSlug(tx: Transaction, row: NewDiscussion): Promise<boolean> {
  for (;;) {
    const slug = await nextFreeSlug(slugOf(row.title), async (slugs) =>
      (await tx.all(takenSlugs, [slugs])).map((taken) => taken.slug),
    );
    if (await insertNew(tx, 'discussion', { ...row, slug })) return true;
    if (row.externalId && (await holderOf(tx, row.externalId))) return false;
  }
}
