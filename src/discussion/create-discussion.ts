import { findMentioned, writeMentions } from '../author/index.ts';
import type { CreateDiscussionInput } from '../generated/graphql.ts';
import type { Context } from '../kit/context.ts';
import { insertNew, type insertRow, statement, type Transaction } from '../kit/db/index.ts';
import { conflict } from '../kit/errors.ts';
import { renderMarkdown } from '../kit/markdown.ts';
import { hotScore } from '../kit/ranking.ts';
import { nextFreeSlug, slugOf, titleKeyOf } from '../kit/slug.ts';
import { checkedText } from '../kit/text.ts';
import { enforce } from '../kit/verdict.ts';
import { requireWriter } from '../kit/viewer.ts';
import { write } from '../kit/write.ts';
import { DISCUSSION_BODY, DISCUSSION_TITLE, EXTERNAL_ID } from './discussion-limits.ts';
import { mayCreateDiscussion } from './discussion-rules.ts';
import { discussionTitled } from './discussion-titled.ts';
import { findPlace, writeTags } from './place-discussion.ts';

/** Asks a question. Answers the row's id. */
export async function createDiscussion(
  ctx: Context,
  input: CreateDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const title = checkedText(input.title, DISCUSSION_TITLE, 'input.title');
  const body = checkedText(input.body, DISCUSSION_BODY, 'input.body');
  const externalId =
    typeof input.externalId === 'string'
      ? checkedText(input.externalId, EXTERNAL_ID, 'input.externalId')
      : null;
  // load
  const place = await findPlace(ctx, input);
  const mentioned = await findMentioned(ctx, body);
  const rendering = renderMarkdown(body, mentioned);

  return write(ctx, 'createDiscussion', input, async (tx) => {
    // rule
    enforce(mayCreateDiscussion(viewer));
    // change
    const now = ctx.now();
    const row = {
      id: ctx.newId(),
      title,
      titleKey: titleKeyOf(title),
      body,
      bodyHtml: rendering.html,
      bodyText: rendering.text,
      authorId: viewer.id,
      categoryId: place.categoryId,
      productId: place.productId,
      externalId,
      createdAt: now,
      lastActivityAt: now,
      hotScore: hotScore(0, 0, now),
    };
    await insertUnderFreeSlug(tx, row);
    await writeTags(tx, row.id, place.tagIds);
    await writeMentions(tx, 'discussion', row.id, mentioned, true);
    // after
    await discussionTitled.tell(tx, { discussionId: row.id, titleKey: row.titleKey });
    return { discussionId: row.id };
  });
}

type NewDiscussion = Omit<Parameters<typeof insertRow<'discussion'>>[2], 'slug'>;

export const takenSlugs = statement<{ slug: string }>(
  'discussion.takenSlugs',
  (d) => `SELECT slug FROM discussion WHERE ${d.inList('slug')}`,
);
export const byExternalId = statement<{ id: string }>(
  'discussion.byExternalId',
  'SELECT id FROM discussion WHERE external_id = ?',
);

/**
 * Adds the row under the first slug of its title that is free. Two writers may choose the same one: the later waits
 * for the earlier and then chooses again. Throws CONFLICT where the host's key is taken.
 */
async function insertUnderFreeSlug(tx: Transaction, row: NewDiscussion): Promise<void> {
  for (;;) {
    const slug = await nextFreeSlug(slugOf(row.title), async (slugs) =>
      (await tx.all(takenSlugs, [slugs])).map((taken) => taken.slug),
    );
    if (await insertNew(tx, 'discussion', { ...row, slug })) return;
    const taken = row.externalId ? await tx.all(byExternalId, [row.externalId]) : [];
    if (taken.length > 0)
      throw conflict('There is a discussion with this `externalId` already.', 'input.externalId');
  }
}
