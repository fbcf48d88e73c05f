import type { Context } from '../../access/context.ts';
import { enforce } from '../../access/verdict.ts';
import { requireWriter, type Viewer } from '../../access/viewer.ts';
import { write } from '../../access/write.ts';
import type { SetVoteInput, VoteDirection } from '../../generated/graphql.ts';
import { parseGlobalId, unknownId } from '../../graphql/global-id.ts';
import { deleteRows, insertRow, statement, type Transaction, updateRows } from '../../store/index.ts';
import { isListed, lockCommentForUpdate, primeComment, recordCommentVotes } from '../comment/index.ts';
import { lockDiscussionForUpdate, primeDiscussions, recordDiscussionVotes } from '../discussion/index.ts';
import { primeViewerVote } from './vote-reads.ts';
import { mayVote, mayVoteOnDiscussion } from './vote-rules.ts';

/** A discussion or a comment that was voted on. */
export type VoteOutcome = { readonly type: 'Discussion' | 'Comment'; readonly id: string };

/** Sets, changes or removes the viewer's vote on a discussion or a comment. Returns what was voted on. */
export async function setVote(ctx: Context, input: SetVoteInput): Promise<VoteOutcome> {
  // who
  const viewer = requireWriter(ctx);
  // input
  const subject = parseGlobalId(input.subjectId);
  if (subject?.type === 'Discussion') return voteOnDiscussion(ctx, viewer, input, subject.rowId);
  if (subject?.type === 'Comment') return voteOnComment(ctx, viewer, input, subject.rowId);
  throw unknownId(input.subjectId, 'input.subjectId');
}

async function voteOnDiscussion(
  ctx: Context,
  viewer: Viewer,
  input: SetVoteInput,
  id: string,
): Promise<VoteOutcome> {
  return write(ctx, 'setVote', input, async (tx, afterCommit) => {
    // load
    const discussion = await lockDiscussionForUpdate(tx, id, 'input.subjectId');
    // rule
    enforce(mayVoteOnDiscussion(viewer, discussion, ctx.policy), 'input.subjectId');
    // change
    const was = await currentVote(tx, 'discussion', id, viewer.id);
    const value = VALUES[input.direction];
    if (value === was) return { type: 'Discussion', id };
    await writeVote(tx, { kind: 'discussion', id, authorId: viewer.id }, { was, value, at: ctx.now() });
    const counted = await recordDiscussionVotes(ctx, tx, discussion, difference(was, value));
    // after
    afterCommit((to) => {
      primeDiscussions(to, [counted]);
      primeViewerVote(to, 'discussion', id, input.direction);
    });
    return { type: 'Discussion', id };
  });
}

async function voteOnComment(
  ctx: Context,
  viewer: Viewer,
  input: SetVoteInput,
  id: string,
): Promise<VoteOutcome> {
  return write(ctx, 'setVote', input, async (tx, afterCommit) => {
    // load
    const comment = await lockCommentForUpdate(tx, id);
    if (!comment || !isListed(comment) || comment.discussionDeletedAt !== null)
      throw unknownId(input.subjectId, 'input.subjectId');
    // rule: the discussion's row is not locked, so a concurrent lockDiscussion may commit first
    const { authorId, deletedAt, discussionLockedAt } = comment;
    enforce(
      mayVote(
        viewer,
        { authorId, isLocked: discussionLockedAt !== null, isDeleted: deletedAt !== null },
        ctx.policy,
      ),
      'input.subjectId',
    );
    // change
    const was = await currentVote(tx, 'comment', id, viewer.id);
    const value = VALUES[input.direction];
    if (value === was) return { type: 'Comment', id };
    await writeVote(tx, { kind: 'comment', id, authorId: viewer.id }, { was, value, at: ctx.now() });
    const counted = await recordCommentVotes(ctx, tx, comment, difference(was, value));
    // after
    afterCommit((to) => {
      primeComment(to, counted);
      primeViewerVote(to, 'comment', id, input.direction);
    });
    return { type: 'Comment', id };
  });
}

type Value = -1 | 0 | 1;
const VALUES: Readonly<Record<VoteDirection, Value>> = { UP: 1, DOWN: -1, NONE: 0 };

/** The changes of the two counts. */
function difference(was: Value, value: Value): { up: number; down: number } {
  return { up: Number(value === 1) - Number(was === 1), down: Number(value === -1) - Number(was === -1) };
}

type Kind = 'discussion' | 'comment';

const currentVoteOn = (kind: Kind) =>
  statement<{ value: -1 | 1 }>(
    `vote.current ${kind}`,
    `SELECT value FROM ${kind}_vote WHERE ${kind}_id = ? AND author_id = ?`,
  );
const CURRENT = { discussion: currentVoteOn('discussion'), comment: currentVoteOn('comment') };

/** The subject's row is locked, so no other request of the same voter changes the vote meanwhile. */
async function currentVote(tx: Transaction, kind: Kind, id: string, authorId: string): Promise<Value> {
  const [vote] = await tx.all(CURRENT[kind], [id, authorId]);
  return vote?.value ?? 0;
}

async function writeVote(
  tx: Transaction,
  { kind, id, authorId }: { kind: Kind; id: string; authorId: string },
  { was, value, at }: { was: Value; value: Value; at: Date },
): Promise<void> {
  const set = { value, updatedAt: at };
  if (kind === 'discussion') {
    const key = { discussionId: id, authorId };
    if (value === 0) await deleteRows(tx, 'discussion_vote', key);
    else if (was === 0) await insertRow(tx, 'discussion_vote', { ...key, ...set, createdAt: at });
    else await updateRows(tx, 'discussion_vote', key, set);
  } else {
    const key = { commentId: id, authorId };
    if (value === 0) await deleteRows(tx, 'comment_vote', key);
    else if (was === 0) await insertRow(tx, 'comment_vote', { ...key, ...set, createdAt: at });
    else await updateRows(tx, 'comment_vote', key, set);
  }
}
