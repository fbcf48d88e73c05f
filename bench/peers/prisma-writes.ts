import { controversyScore, hotScore, wilsonLowerBound } from '../../src/forum/ranking.ts';
import type { PrismaClient } from '../../src/generated/sqlite/client.ts';
import { newId } from '../../src/store/ids.ts';
import { renderMarkdown } from '../../src/text/markdown.ts';
import type { AddedComment } from '../floor/add-comment.ts';
import type { CountedVotes } from '../floor/set-vote.ts';
import type { Viewer } from '../floor/viewer.ts';
import type { AddCommentInput, SetVoteInput } from '../queries.ts';

type Tx = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];

/** 32 writers at once queue for the one connection. */
const WAIT = { maxWait: 30_000, timeout: 30_000 };

/** Adds a comment in one interactive transaction. */
export function addComment(
  prisma: PrismaClient,
  input: AddCommentInput,
  viewer: Viewer,
): Promise<AddedComment> {
  const { html, text } = renderMarkdown(input.body);
  return prisma.$transaction(async (tx) => {
    const id = input.discussionId.slice(2);
    const found = await tx.discussion.findFirst({ where: { id, deletedAt: null, lockedAt: null } });
    if (!found) throw new Error('There is no such discussion, or it is locked.');
    const parent = input.replyToId
      ? await tx.comment.findUniqueOrThrow({ where: { id: input.replyToId.slice(2), discussionId: id } })
      : null;
    const createdAt = new Date();
    const comment = await tx.comment.create({
      data: {
        ...{ id: newId(createdAt), discussionId: id, replyToId: parent?.id ?? null, authorId: viewer.id },
        ...{
          body: input.body,
          bodyHtml: html,
          bodyText: text,
          depth: parent ? parent.depth + 1 : 0,
          createdAt,
        },
      },
    });
    await countAbove(tx, parent);
    const commentCount = found.commentCount + 1;
    await tx.discussion.update({
      where: { id },
      data: {
        commentCount,
        topLevelCommentCount: found.topLevelCommentCount + (parent ? 0 : 1),
        lastCommentId: comment.id,
        lastActivityAt: createdAt,
        hotScore: hotScore(found.netUpvotes, commentCount, found.createdAt),
      },
    });
    const { depth } = comment;
    return { id: comment.id, discussionId: id, depth, html, createdAt: createdAt.getTime(), commentCount };
  }, WAIT);
}

async function countAbove(tx: Tx, parent: { readonly id: string } | null): Promise<void> {
  for (let above: string | null = parent?.id ?? null; above !== null; ) {
    const { replyToId }: { replyToId: string | null } = await tx.comment.update({
      where: { id: above },
      data: {
        replyCount: { increment: 1 },
        ...(above === parent?.id && { directReplyCount: { increment: 1 } }),
      },
      select: { replyToId: true },
    });
    above = replyToId;
  }
}

/** Votes on a comment or a discussion in one interactive transaction. */
export function setVote(prisma: PrismaClient, input: SetVoteInput, viewer: Viewer): Promise<CountedVotes> {
  const id = input.subjectId.slice(2);
  const value = input.direction === 'UP' ? 1 : -1;
  const isComment = input.subjectId.startsWith('C_');
  return prisma.$transaction(async (tx) => {
    const row = isComment
      ? await tx.comment.findFirst({
          where: { id, deletedAt: null, discussion: { lockedAt: null }, ...notOf(viewer) },
        })
      : await tx.discussion.findFirst({
          where: { id, deletedAt: null, lockedAt: null, ...notOf(viewer) },
        });
    if (!row) throw new Error('Nobody can vote on this, or not this viewer.');
    const was = isComment
      ? await onComment(tx, id, viewer.id, value)
      : await onDiscussion(tx, id, viewer.id, value);
    const upvoteCount = row.upvoteCount + Number(value === 1) - Number(was === 1);
    const downvoteCount = row.downvoteCount + Number(value === -1) - Number(was === -1);
    const netUpvotes = row.netUpvotes + value - was;
    const counts = { upvoteCount, downvoteCount, netUpvotes };
    const data = { ...counts, controversyScore: controversyScore(upvoteCount, downvoteCount) };
    if ('commentCount' in row) {
      const hot = hotScore(netUpvotes, row.commentCount, row.createdAt);
      await tx.discussion.update({ where: { id }, data: { ...data, hotScore: hot } });
    } else {
      const bestScore = wilsonLowerBound(upvoteCount, downvoteCount);
      await tx.comment.update({ where: { id }, data: { ...data, bestScore } });
    }
    const type = isComment ? 'Comment' : 'Discussion';
    return { type, id: input.subjectId, ...counts, viewerVote: input.direction };
  }, WAIT);
}

/** Nobody votes on their own; many texts have no known author, whom `not` alone would leave out. */
function notOf({ id }: Viewer) {
  return { OR: [{ authorId: null }, { authorId: { not: id } }] };
}

async function onComment(tx: Tx, commentId: string, authorId: string, value: number): Promise<number> {
  const key = { commentId_authorId: { commentId, authorId } };
  const standing = await tx.commentVote.findUnique({ where: key });
  const now = new Date();
  const create = { commentId, authorId, value, createdAt: now, updatedAt: now };
  await tx.commentVote.upsert({ where: key, create, update: { value, updatedAt: now } });
  return standing?.value ?? 0;
}

async function onDiscussion(tx: Tx, discussionId: string, authorId: string, value: number): Promise<number> {
  const key = { discussionId_authorId: { discussionId, authorId } };
  const standing = await tx.discussionVote.findUnique({ where: key });
  const now = new Date();
  const create = { discussionId, authorId, value, createdAt: now, updatedAt: now };
  await tx.discussionVote.upsert({ where: key, create, update: { value, updatedAt: now } });
  return standing?.value ?? 0;
}
