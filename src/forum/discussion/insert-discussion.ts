import type { Context } from '../../access/context.ts';
import { InputCheck } from '../../access/errors.ts';
import { insertNew, type insertRow, statement, type Transaction } from '../../store/index.ts';
import { nextFreeSlug, slugOf, titleKeyOf } from '../../text/slug.ts';
import { checkedText } from '../../text/text-rules.ts';
import { insertMentions, type PreparedText, prepareText } from '../author/index.ts';
import { hotScore } from '../ranking.ts';
import { type CatalogInput, type CatalogRefs, findCatalogRefs, writeTags } from './discussion-catalog.ts';
import { DISCUSSION_BODY, DISCUSSION_TITLE, EXTERNAL_ID } from './discussion-rules.ts';
import { discussionTitled, discussionWritten } from './discussion-text.ts';
import { holderOf } from './external-id.ts';

interface NewDiscussionInput extends CatalogInput {
  readonly title: string;
  readonly body: string;
  readonly externalId?: string | null | undefined;
}

/** A discussion ready to be inserted: checked and rendered, with the row ids that it refers to. */
export interface PreparedDiscussion extends PreparedText {
  readonly title: string;
  readonly externalId: string | null;
  readonly refs: CatalogRefs;
}

/** The steps of a write that come before its transaction: input and load. */
export async function prepareDiscussion(
  ctx: Context,
  input: NewDiscussionInput,
): Promise<PreparedDiscussion> {
  const { title, body, externalId } = await checkedTexts(input);
  const refs = await findCatalogRefs(ctx, input);
  return { title, externalId, refs, ...(await prepareText(ctx, body)) };
}

/** The texts in the form that is stored. Throws a refusal that lists all that are invalid. */
async function checkedTexts(input: NewDiscussionInput) {
  const check = new InputCheck();
  const title = await check.attempt(() => checkedText(input.title, DISCUSSION_TITLE, 'input.title'));
  const body = await check.attempt(() => checkedText(input.body, DISCUSSION_BODY, 'input.body'));
  const key = input.externalId ?? null;
  const externalId =
    key === null ? null : await check.attempt(() => checkedText(key, EXTERNAL_ID, 'input.externalId'));
  check.refuseInvalid();
  return { title: title ?? '', body: body ?? '', externalId };
}

/** Inserts the discussion. Returns its row id; null, with nothing written, if the `externalId` is taken. */
export async function insertDiscussion(
  ctx: Context,
  tx: Transaction,
  authorId: string,
  { title, body, externalId, refs, mentioned, rendering }: PreparedDiscussion,
): Promise<string | null> {
  const now = ctx.now();
  const { tagIds, ...columns } = refs;
  const row = {
    id: ctx.newId(),
    title,
    titleKey: titleKeyOf(title),
    body,
    bodyHtml: rendering.html,
    bodyText: rendering.text,
    authorId,
    ...columns,
    externalId,
    createdAt: now,
    lastActivityAt: now,
    hotScore: hotScore(0, 0, now),
  };
  if (!(await insertUnderFreeSlug(tx, row))) return null;
  await writeTags(tx, row.id, tagIds);
  await insertMentions(tx, 'discussion', row.id, mentioned);
  const { id, bodyText } = row;
  const after = { title, bodyText };
  await discussionWritten.emit(tx, { id, authorId, createdAt: now.getTime(), before: null, after });
  await discussionTitled.emit(tx, { discussionId: id, titleKey: row.titleKey });
  return id;
}

export type NewDiscussion = Omit<Parameters<typeof insertRow<'discussion'>>[2], 'slug'>;

export const takenSlugs = statement<{ slug: string }>(
  'discussion.takenSlugs',
  (d) => `SELECT slug FROM discussion WHERE ${d.inList('slug')}`,
  { table: 'discussion', by: ['slug'] },
);

/** The same for visible discussions alone. */
export const visibleTakenSlugs = statement<{ slug: string }>(
  'discussion.visibleTakenSlugs',
  (d) => `SELECT slug FROM discussion WHERE ${d.inList('slug')} AND deleted_at IS NULL`,
  { table: 'discussion', by: ['slug'], columns: ['deleted_at'] },
);

/**
 * Inserts the row under the first free slug of its title. Concurrent writers may choose the same slug: the later one
 * waits and chooses again. Returns false if the `externalId` is taken.
 */
export async function insertUnderFreeSlug(tx: Transaction, row: NewDiscussion): Promise<boolean> {
  for (;;) {
    const slug = await nextFreeSlug(slugOf(row.title), async (slugs) =>
      (await tx.all(takenSlugs, [slugs])).map((taken) => taken.slug),
    );
    if (await insertNew(tx, 'discussion', { ...row, slug })) return true;
    if (row.externalId && (await holderOf(tx, row.externalId))) return false;
  }
}
