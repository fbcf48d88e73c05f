import type { Context } from '../../access/context.ts';
import { badInput, InputCheck } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { UpdateDiscussionInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { checkedText, type TextRule } from '../../text/text-rules.ts';
import { moderationBy, prepareText } from '../author/index.ts';
import { checkRevision } from '../revisions.ts';
import {
  changedCatalogRefs,
  discussionMoved,
  findCatalogRefs,
  writeCatalogRefs,
} from './discussion-catalog.ts';
import { lockDiscussionForEdit } from './discussion-for-update.ts';
import {
  DISCUSSION_BODY,
  DISCUSSION_TITLE,
  mayMoveDiscussion,
  mayUpdateDiscussion,
} from './discussion-rules.ts';
import { discussionEdited, editText } from './discussion-text.ts';

/** Updates a discussion's title, text or catalog entries. Omitted members stay. Returns the row's id. */
export async function updateDiscussion(
  ctx: Context,
  input: UpdateDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');
  const check = new InputCheck();
  const title =
    (await check.attempt(() => changedText(input.title, DISCUSSION_TITLE, 'input.title'))) ?? undefined;
  const body =
    (await check.attempt(() => changedText(input.body, DISCUSSION_BODY, 'input.body'))) ?? undefined;
  check.refuseInvalid();
  // load
  const refs = await findCatalogRefs(ctx, input);
  const text = body === undefined ? undefined : await prepareText(ctx, body);

  return write(ctx, 'updateDiscussion', input, async (tx) => {
    const discussion = await lockDiscussionForEdit(tx, discussionId);
    // rule
    enforce(mayUpdateDiscussion(viewer, discussion, ctx.policy, ctx.now()), 'input.discussionId');
    if (input.categoryId !== undefined && refs.categoryId !== discussion.categoryId) {
      enforce(
        mayMoveDiscussion(viewer, discussion, refs.categoryId, ctx.policy, ctx.now()),
        'input.categoryId',
      );
    }
    const change = await changedCatalogRefs(tx, discussion, {
      categoryId: input.categoryId === undefined ? undefined : refs.categoryId,
      productId: input.productId === undefined ? undefined : refs.productId,
      tagIds: input.tagSlugs === undefined ? undefined : refs.tagIds,
    });
    const isChanged =
      (title !== undefined && title !== discussion.title) ||
      (text !== undefined && text.body !== discussion.body) ||
      Object.values(change).some((value) => value !== undefined);
    // without a change there is no conflict: a repeat finds its own edit
    if (isChanged) checkRevision(input.revision, discussion);
    // change
    if (title !== undefined || text !== undefined)
      await discussionEdited.emit(tx, { editorId: viewer.id, discussionId });
    if (!isChanged) return { discussionId };
    await editText(ctx, tx, discussion, { editorId: viewer.id, title, text });
    await writeCatalogRefs(tx, discussion, change);
    if (change.productId !== undefined)
      await discussionMoved.emit(tx, { discussionId, productId: change.productId, by: moderationBy(ctx) });
    return { discussionId };
  });
}

/** A checked title or text; undefined if omitted. Null is refused: a discussion has both. */
function changedText(text: string | null | undefined, rule: TextRule, field: string): string | undefined {
  if (text === undefined) return undefined;
  if (text === null) throw badInput(`${rule.what} cannot be null: omit it to keep it.`, field);
  return checkedText(text, rule, field);
}
