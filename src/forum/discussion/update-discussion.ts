import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { UpdateDiscussionInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { checkedText, type TextRule } from '../../text/text-rules.ts';
import { prepareText } from '../author/index.ts';
import { checkRevision } from '../revisions.ts';
import { differingPlace, findPlace, movePlace } from './discussion-place.ts';
import {
  DISCUSSION_BODY,
  DISCUSSION_TITLE,
  mayMoveDiscussion,
  mayUpdateDiscussion,
} from './discussion-rules.ts';
import { editText } from './discussion-text.ts';
import { lockDiscussionForUpdate } from './take-discussion.ts';

/** Changes a discussion's text, or its place. Answers the row's id. */
export async function updateDiscussion(
  ctx: Context,
  input: UpdateDiscussionInput,
): Promise<{ discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const discussionId = requiredRowId('Discussion', input.discussionId, 'input.discussionId');
  const title = changedText(input.title, DISCUSSION_TITLE, 'input.title');
  const body = changedText(input.body, DISCUSSION_BODY, 'input.body');
  // load
  const place = await findPlace(ctx, input);
  const text = body === undefined ? undefined : await prepareText(ctx, body);

  return write(ctx, 'updateDiscussion', input, async (tx) => {
    const discussion = await lockDiscussionForUpdate(tx, discussionId, 'input.discussionId');
    // rule
    enforce(mayUpdateDiscussion(viewer, discussion, ctx.policy, ctx.now()), 'input.discussionId');
    if (input.categoryId !== undefined && place.categoryId !== discussion.categoryId) {
      enforce(
        mayMoveDiscussion(viewer, discussion, place.categoryId, ctx.policy, ctx.now()),
        'input.categoryId',
      );
    }
    const move = await differingPlace(tx, discussion, {
      categoryId: input.categoryId === undefined ? undefined : place.categoryId,
      productId: input.productId === undefined ? undefined : place.productId,
      tagIds: input.tagSlugs === undefined ? undefined : place.tagIds,
    });
    const isOther =
      (title !== undefined && title !== discussion.title) ||
      (text !== undefined && text.body !== discussion.body) ||
      Object.values(move).some((value) => value !== undefined);
    // what is so already is no conflict: a repeat whose first answer was lost finds its own edit
    if (!isOther) return { discussionId };
    checkRevision(input.revision, discussion);
    // change
    await editText(ctx, tx, discussion, { editorId: viewer.id, title, text });
    await movePlace(tx, discussion, move);
    return { discussionId };
  });
}

/** Undefined: it stays. A discussion without a title or a text is none, so null is refused. */
function changedText(text: string | null | undefined, rule: TextRule, field: string): string | undefined {
  if (text === undefined) return undefined;
  if (text === null) throw badInput(`${rule.what} cannot be null: omit it to keep it.`, field);
  return checkedText(text, rule, field);
}
