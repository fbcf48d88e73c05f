// What each page selects, and what its rows are presented as: one nested select an operation, with the project's stored
// counters, as somebody writes it who knows Prisma well.
import type { Prisma, PrismaClient } from '../../src/generated/sqlite/client.ts';
import { ago, discussionUrl } from '../floor/present.ts';

const AUTHOR = {
  select: { id: true, name: true, title: true, company: true, avatarUrl: true, role: true },
} as const;
const NAMED = { select: { id: true, name: true, slug: true } } as const;
const LISTED = { OR: [{ deletedAt: null }, { replyCount: { gt: 0 } }] };
const VOTES = { upvoteCount: true, downvoteCount: true, netUpvotes: true } as const;

const SAID = {
  ...{ id: true, depth: true, bodyHtml: true, createdAt: true, lastEditedAt: true, deletedAt: true },
  ...{ isOfficial: true, isVerifiedUser: true, replyCount: true, directReplyCount: true },
  ...VOTES,
  author: AUTHOR,
} as const satisfies Prisma.CommentSelect;

const THREAD = {
  ...{ id: true, slug: true, title: true, bodyHtml: true, createdAt: true, lastActivityAt: true },
  ...{ commentCount: true, topLevelCommentCount: true, answerId: true, lockedAt: true, closedAt: true },
  ...VOTES,
  ...{ author: AUTHOR, category: NAMED, product: NAMED },
  relatedLinks: {
    select: {
      ...{ title: true, url: true, createdAt: true, importedCommentCount: true },
      target: { select: { title: true, slug: true, createdAt: true, commentCount: true, deletedAt: true } },
    },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    take: 5,
  },
  comments: {
    where: { replyToId: null, ...LISTED },
    orderBy: [{ bestScore: 'desc' }, { id: 'desc' }],
    take: 20,
    select: {
      ...SAID,
      replies: { where: LISTED, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: 3, select: SAID },
    },
  },
} as const satisfies Prisma.DiscussionSelect;

const LIST = {
  ...{ id: true, name: true, slug: true },
  discussions: {
    where: { deletedAt: null },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 25,
    select: {
      ...{ id: true, slug: true, title: true, createdAt: true, lastActivityAt: true, commentCount: true },
      ...{ answerId: true, lastCommentId: true },
      ...VOTES,
      author: AUTHOR,
    },
  },
} as const satisfies Prisma.CategorySelect;

const author = <T extends { readonly id: string; readonly title: string | null }>(row: T | null) =>
  row && { ...row, id: `A_${row.id}`, jobTitle: row.title };

type SaidRow = Prisma.CommentGetPayload<{ select: typeof SAID }>;

function said(row: SaidRow) {
  const isDeleted = row.deletedAt !== null;
  return {
    ...{ ...row, id: `C_${row.id}`, isDeleted },
    bodyHTML: isDeleted ? '' : row.bodyHtml,
    createdAt: row.createdAt.toISOString(),
    createdAgo: ago(row.createdAt),
    lastEditedAt: row.lastEditedAt?.toISOString() ?? null,
    author: isDeleted ? null : author(row.author),
  };
}

const opened = (row: {
  readonly id: string;
  readonly slug: string;
  readonly createdAt: Date;
  readonly lastActivityAt: Date;
  readonly answerId: string | null;
}) => ({
  id: `D_${row.id}`,
  url: discussionUrl(row.slug),
  createdAt: row.createdAt.toISOString(),
  lastActivityAt: row.lastActivityAt.toISOString(),
  isAnswered: row.answerId !== null,
});

export async function threadPage(prisma: PrismaClient, id: string) {
  const row = await prisma.discussion.findFirst({ where: { id, deletedAt: null }, select: THREAD });
  if (!row) return null;
  return {
    ...{ ...row, ...opened(row), author: author(row.author) },
    bodyHTML: row.bodyHtml,
    createdAgo: ago(row.createdAt),
    isLocked: row.lockedAt !== null,
    isClosed: row.closedAt !== null,
    category: row.category && { ...row.category, id: `K_${row.category.id}` },
    product: row.product && { ...row.product, id: `P_${row.product.id}` },
    relatedDiscussions: row.relatedLinks.map(({ target, ...link }) => {
      const here = target?.deletedAt === null ? target : null;
      return {
        title: here?.title ?? link.title,
        url: here ? discussionUrl(here.slug) : link.url,
        createdAt: (here?.createdAt ?? link.createdAt)?.toISOString() ?? null,
        commentCount: here?.commentCount ?? link.importedCommentCount,
      };
    }),
    comments: {
      totalCount: row.topLevelCommentCount,
      nodes: row.comments.map((comment) => ({
        ...said(comment),
        descendantCount: comment.replyCount,
        replies: { totalCount: comment.directReplyCount, nodes: comment.replies.map(said) },
      })),
    },
  };
}

/** The model has no relation for the last comment: a second select for all of a page. */
export async function listPage(prisma: PrismaClient, slug: string) {
  const row = await prisma.category.findUnique({ where: { slug }, select: LIST });
  if (!row) return null;
  const ids = row.discussions.flatMap(({ lastCommentId }) => lastCommentId ?? []);
  const comments = await prisma.comment.findMany({
    where: { id: { in: ids } },
    select: { id: true, createdAt: true, author: AUTHOR },
  });
  const last = new Map(comments.map((one) => [one.id, one]));
  const nodes = row.discussions.map((listed) => {
    const comment = last.get(listed.lastCommentId ?? '');
    return {
      ...{ ...listed, ...opened(listed), author: author(listed.author) },
      lastComment: comment
        ? {
            id: `C_${comment.id}`,
            createdAt: comment.createdAt.toISOString(),
            author: author(comment.author),
          }
        : null,
    };
  });
  return { id: `K_${row.id}`, name: row.name, slug: row.slug, discussions: { nodes } };
}
