import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { isModeratorOf, requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { UpdateCommentInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { updateRows } from '../../store/index.ts';
import { checkedText } from '../../text/text-rules.ts';
import { prepareText } from '../author/index.ts';
import { checkRevision } from '../revisions.ts';
import { mayMarkOfficial, mayMarkVerifiedUser, mayUpdateComment } from './change-rules.ts';
import { lockCommentForEdit, lockVendor } from './comment-for-update.ts';
import { COMMENT_BODY } from './comment-rules.ts';
import { commentEdited, writeCommentText } from './comment-text.ts';

/** Updates a comment's text, its marks, or both. Omitted members stay. */
export async function updateComment(
  ctx: Context,
  input: UpdateCommentInput,
): Promise<{ commentId: string; discussionId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const commentId = requiredRowId('Comment', input.commentId, 'input.commentId');
  const body = optional(input, 'body');
  const isOfficial = optional(input, 'isOfficial');
  const isVerifiedUser = optional(input, 'isVerifiedUser');
  // load
  const text =
    body === undefined ? null : await prepareText(ctx, checkedText(body, COMMENT_BODY, 'input.body'));

  return write(ctx, 'updateComment', input, async (tx) => {
    const { discussion, comment } = await lockCommentForEdit(tx, commentId);
    // rule
    if (text || (isOfficial === undefined && isVerifiedUser === undefined))
      enforce(mayUpdateComment(viewer, comment, discussion, ctx.policy, ctx.now()), 'input.commentId');
    if (isOfficial !== undefined) enforce(mayMarkOfficial(viewer, comment, discussion), 'input.isOfficial');
    if (isOfficial && !isModeratorOf(viewer, discussion.categoryId)) await lockVendor(tx, viewer, discussion);
    if (isVerifiedUser !== undefined)
      enforce(mayMarkVerifiedUser(viewer, comment, discussion), 'input.isVerifiedUser');
    // change
    const isTextChanged = text !== null && text.body !== comment.body;
    const marks = {
      ...changed('isOfficial', comment.isOfficial, isOfficial),
      ...changed('isVerifiedUser', comment.isVerifiedUser, isVerifiedUser),
    };
    const areMarksChanged = Object.keys(marks).length > 0;
    // without a change there is no conflict: a repeat finds its own edit
    if (isTextChanged || areMarksChanged) checkRevision(input.revision, comment);
    if (isTextChanged) await writeCommentText(ctx, tx, comment, viewer.id, text);
    if (text) await commentEdited.emit(tx, { editorId: viewer.id, commentId });
    if (areMarksChanged) await updateRows(tx, 'comment', { id: commentId }, marks);
    return { commentId, discussionId: discussion.id };
  });
}

/** An optional member of the input, which cannot be null. */
function optional<K extends 'body' | 'isOfficial' | 'isVerifiedUser'>(
  input: UpdateCommentInput,
  name: K,
): NonNullable<UpdateCommentInput[K]> | undefined {
  const value = input[name];
  if (value === null) throw badInput(`\`${name}\` cannot be null: omit it to keep it.`, `input.${name}`);
  return value ?? undefined;
}

function changed(name: 'isOfficial' | 'isVerifiedUser', was: boolean | 0 | 1, wanted: boolean | undefined) {
  return wanted === undefined || wanted === Boolean(was) ? {} : { [name]: wanted };
}
