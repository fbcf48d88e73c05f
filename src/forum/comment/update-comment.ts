import type { Context } from '../../access/context.ts';
import { badInput } from '../../access/errors.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { UpdateCommentInput } from '../../generated/graphql.ts';
import { requiredRowId } from '../../graphql/global-id.ts';
import { updateRows } from '../../store/index.ts';
import { checkedText } from '../../text/text-rules.ts';
import { prepareText } from '../author/index.ts';
import { checkRevision } from '../revisions.ts';
import { mayMarkOfficial, mayMarkVerifiedUser, mayUpdateComment } from './change-rules.ts';
import { COMMENT_BODY } from './comment-rules.ts';
import { writeCommentText } from './comment-text.ts';
import { lockCommentWithDiscussion } from './take-comment.ts';

/** Changes a comment's text, its marks, or both: what the input gives. */
export async function updateComment(ctx: Context, input: UpdateCommentInput): Promise<{ commentId: string }> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const commentId = requiredRowId('Comment', input.commentId, 'input.commentId');
  const body = given(input, 'body');
  const isOfficial = given(input, 'isOfficial');
  const isVerifiedUser = given(input, 'isVerifiedUser');
  // load
  const text =
    body === undefined ? null : await prepareText(ctx, checkedText(body, COMMENT_BODY, 'input.body'));

  return write(ctx, 'updateComment', input, async (tx) => {
    const { discussion, comment } = await lockCommentWithDiscussion(tx, commentId, 'input.commentId');
    // rule
    if (text || (isOfficial === undefined && isVerifiedUser === undefined))
      enforce(mayUpdateComment(viewer, comment, discussion, ctx.policy, ctx.now()), 'input.commentId');
    if (isOfficial !== undefined) enforce(mayMarkOfficial(viewer, comment, discussion), 'input.isOfficial');
    if (isVerifiedUser !== undefined)
      enforce(mayMarkVerifiedUser(viewer, comment, discussion), 'input.isVerifiedUser');
    // change
    const isOtherText = text !== null && text.body !== comment.body;
    const marks = {
      ...differing('isOfficial', comment.isOfficial, isOfficial),
      ...differing('isVerifiedUser', comment.isVerifiedUser, isVerifiedUser),
    };
    const isRemarked = Object.keys(marks).length > 0;
    // what is so already is no conflict: a repeat whose first answer was lost finds its own edit
    if (isOtherText || isRemarked) checkRevision(input.revision, comment);
    if (isOtherText) await writeCommentText(ctx, tx, comment, viewer.id, text);
    if (isRemarked) await updateRows(tx, 'comment', { id: commentId }, marks);
    return { commentId };
  });
}

/** Undefined: the member is absent. None of them can be cleared. */
function given<K extends 'body' | 'isOfficial' | 'isVerifiedUser'>(
  input: UpdateCommentInput,
  name: K,
): NonNullable<UpdateCommentInput[K]> | undefined {
  const value = input[name];
  if (value === null) throw badInput(`\`${name}\` cannot be null: omit it to keep it.`, `input.${name}`);
  return value ?? undefined;
}

function differing(name: 'isOfficial' | 'isVerifiedUser', was: boolean | 0 | 1, wanted: boolean | undefined) {
  return wanted === undefined || wanted === Boolean(was) ? {} : { [name]: wanted };
}
