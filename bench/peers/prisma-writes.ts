import type { PrismaClient } from '../../src/generated/sqlite/client.ts';
import { type AddedComment, countsAfter, type Viewer } from '../floor/writes.ts';
import { controversyScore, hotScore, newId, renderMarkdown, wilsonLowerBound } from '../forum-sources.ts';
import type { AddCommentInput, SetVoteInput } from '../queries.ts';

/** 32 writers at once queue for the one connection. */
const WAIT = { maxWait: 30_000, timeout: 30_000 };

/** Adds a comment in one interactive transaction. */
export function addComment(
  prisma: PrismaClient,
  { discussionId, replyToId, body }: AddCommentInput,
  viewer: Viewer,
): Promise<AddedComment> {
  const { html, text } = renderMarkdown(body);
  return prisma.$transaction(async (tx) => {
    const id = discussionId.slice(2);
    const found = await tx.discussion.findFirst({ where: { id, deletedAt: null, lockedAt: null } });
    if (!found) throw new Error('There is no such discussion, or it is locked.');
    const parent = replyToId
      ? await tx.comment.findUniqueOrThrow({ where: { id: replyToId.slice(2), discussionId: id } })
      : null;
    const createdAt = new Date();
    const depth = parent ? parent.depth + 1 : 0;
    const comment = await tx.comment.create({
      data: {
        ...{ id: newId(createdAt), discussionId: id, replyToId: parent?.id ?? null, authorId: viewer.id },
        ...{ body, bodyHtml: html, bodyText: text, depth, createdAt },
      },
    });
    for (let above = parent?.id ?? null; above !== null; ) {
      const directReplyCount = { increment: above === parent?.id ? 1 : 0 };
      const counted: { replyToId: string | null } = await tx.comment.update({
        where: { id: above },
        data: { replyCount: { increment: 1 }, directReplyCount },
        select: { replyToId: true },
      });
      above = counted.replyToId;
    }
    const commentCount = found.commentCount + 1;
    await tx.discussion.update({
      where: { id },
      data: {
        ...{ commentCount, lastCommentId: comment.id, lastActivityAt: createdAt },
        topLevelCommentCount: found.topLevelCommentCount + (parent ? 0 : 1),
        hotScore: hotScore(found.netUpvotes, commentCount, found.createdAt),
      },
    });
    return { id: comment.id, discussionId: id, depth, html, createdAt: createdAt.getTime(), commentCount };
  }, WAIT);
}

/** Votes on a comment or a discussion in one interactive transaction. */
export function setVote(prisma: PrismaClient, { subjectId, direction }: SetVoteInput, viewer: Viewer) {
  const id = subjectId.slice(2);
  const authorId = viewer.id;
  const value = direction === 'UP' ? 1 : -1;
  // nobody votes on their own; many texts have no known author, whom `not` alone would leave out
  const others = { id, deletedAt: null, OR: [{ authorId: null }, { authorId: { not: authorId } }] };
  const now = new Date();
  const cast = { authorId, value, createdAt: now, updatedAt: now };
  const update = { value, updatedAt: now };
  return prisma.$transaction(async (tx) => {
    const row = subjectId.startsWith('C_')
      ? await tx.comment.findFirst({ where: { ...others, discussion: { lockedAt: null } } })
      : await tx.discussion.findFirst({ where: { ...others, lockedAt: null } });
    if (!row) throw new Error('Nobody can vote on this, or not this viewer.');
    const found = { up: row.upvoteCount, down: row.downvoteCount, net: row.netUpvotes };
    const dataOf = (was: number) => {
      const counts = countsAfter(found, was, value);
      const { upvoteCount, downvoteCount } = counts;
      return { counts, data: { ...counts, controversyScore: controversyScore(upvoteCount, downvoteCount) } };
    };
    if ('commentCount' in row) {
      const where = { discussionId_authorId: { discussionId: id, authorId } };
      const before = await tx.discussionVote.findUnique({ where });
      await tx.discussionVote.upsert({ where, create: { discussionId: id, ...cast }, update });
      const { counts, data } = dataOf(before?.value ?? 0);
      const hot = hotScore(counts.netUpvotes, row.commentCount, row.createdAt);
      await tx.discussion.update({ where: { id }, data: { ...data, hotScore: hot } });
      return { id: subjectId, ...counts, viewerVote: direction };
    }
    const where = { commentId_authorId: { commentId: id, authorId } };
    const before = await tx.commentVote.findUnique({ where });
    await tx.commentVote.upsert({ where, create: { commentId: id, ...cast }, update });
    const { counts, data } = dataOf(before?.value ?? 0);
    const bestScore = wilsonLowerBound(counts.upvoteCount, counts.downvoteCount);
    await tx.comment.update({ where: { id }, data: { ...data, bestScore } });
    return { id: subjectId, ...counts, viewerVote: direction };
  }, WAIT);
}
