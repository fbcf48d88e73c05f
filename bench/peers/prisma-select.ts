import type { Prisma } from '../../src/generated/sqlite/client.ts';

// What each operation of the workload selects, and what its rows are presented as: one nested select an operation,
// with the project's stored counters, as somebody writes it who knows Prisma well.

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

export const THREAD = {
  ...{ id: true, slug: true, title: true, bodyHtml: true, createdAt: true, lastActivityAt: true },
  ...{ commentCount: true, topLevelCommentCount: true, answerId: true, lockedAt: true, closedAt: true },
  ...VOTES,
  author: AUTHOR,
  category: NAMED,
  product: NAMED,
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

export const LIST = {
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

/** The model has no relation for the last comment: a second select for all of a page. */
export const LAST_COMMENT = {
  id: true,
  createdAt: true,
  author: AUTHOR,
} as const satisfies Prisma.CommentSelect;

export type ThreadRow = Prisma.DiscussionGetPayload<{ select: typeof THREAD }>;
export type ListRow = Prisma.CategoryGetPayload<{ select: typeof LIST }>;
export type LastCommentRow = Prisma.CommentGetPayload<{ select: typeof LAST_COMMENT }>;
export type SaidRow = Prisma.CommentGetPayload<{ select: typeof SAID }>;
