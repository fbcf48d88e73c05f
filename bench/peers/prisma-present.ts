import { discussionUrl } from '../floor/present.ts';
import type { LastCommentRow, ListRow, SaidRow, ThreadRow } from './prisma-select.ts';

export function thread(row: ThreadRow) {
  return {
    ...row,
    id: `D_${row.id}`,
    url: discussionUrl(row.slug),
    bodyHTML: row.bodyHtml,
    createdAt: row.createdAt.toISOString(),
    lastActivityAt: row.lastActivityAt.toISOString(),
    isAnswered: row.answerId !== null,
    locked: row.lockedAt !== null,
    closed: row.closedAt !== null,
    author: author(row.author),
    category: row.category && { ...row.category, id: `K_${row.category.id}` },
    product: row.product && { ...row.product, id: `P_${row.product.id}` },
    relatedDiscussions: row.relatedLinks.map(related),
    comments: {
      totalCount: row.topLevelCommentCount,
      nodes: row.comments.map((comment) => ({
        ...said(comment),
        replies: { totalCount: comment.directReplyCount, nodes: comment.replies.map(said) },
      })),
    },
  };
}

export function list({ discussions, ...category }: ListRow, last: ReadonlyMap<string, LastCommentRow>) {
  const nodes = discussions.map((row) => ({
    ...row,
    id: `D_${row.id}`,
    url: discussionUrl(row.slug),
    createdAt: row.createdAt.toISOString(),
    lastActivityAt: row.lastActivityAt.toISOString(),
    isAnswered: row.answerId !== null,
    author: author(row.author),
    lastComment: lastComment(last.get(row.lastCommentId ?? '')),
  }));
  return { ...category, id: `K_${category.id}`, discussions: { nodes } };
}

function lastComment(row: LastCommentRow | undefined) {
  if (!row) return null;
  return { id: `C_${row.id}`, createdAt: row.createdAt.toISOString(), author: author(row.author) };
}

function related({ target, ...link }: ThreadRow['relatedLinks'][number]) {
  const here = target?.deletedAt === null ? target : null;
  return {
    title: here?.title ?? link.title,
    url: here ? discussionUrl(here.slug) : link.url,
    createdAt: (here?.createdAt ?? link.createdAt)?.toISOString() ?? null,
    commentCount: here?.commentCount ?? link.importedCommentCount,
  };
}

function said(row: SaidRow) {
  const isDeleted = row.deletedAt !== null;
  return {
    ...row,
    id: `C_${row.id}`,
    bodyHTML: isDeleted ? '' : row.bodyHtml,
    createdAt: row.createdAt.toISOString(),
    lastEditedAt: row.lastEditedAt?.toISOString() ?? null,
    isDeleted,
    author: isDeleted ? null : author(row.author),
  };
}

function author<T extends { readonly id: string }>(row: T | null) {
  return row && { ...row, id: `A_${row.id}` };
}
