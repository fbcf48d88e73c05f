// Apollo Server with Prisma as their documentation sets them up: one nested select a page, with the project's stored
// counters, over the stock adapter. It answers the pages alone: what an interactive transaction costs is no news.
import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { type Prisma, PrismaClient } from '../../src/generated/sqlite/client.ts';
import * as rows from '../floor/present.ts';

const { PORT = '0', FORUM_FILE = '' } = process.env;
const adapter = new PrismaBetterSqlite3({ url: `file:${FORUM_FILE}` }, { timestampFormat: 'unixepoch-ms' });
const prisma = new PrismaClient({ adapter });

const { selected } = rows;
const AUTHOR = { select: selected(`${rows.AUTHOR} role`) };
const NAMED = { select: selected('id name slug') };
const LISTED = { OR: [{ deletedAt: null }, { replyCount: { gt: 0 } }] };
const COMMENT = { ...selected(`${rows.COMMENT} ${rows.COUNTS.comment}`), author: AUTHOR };
const DISCUSSION = { ...selected(rows.DISCUSSION), author: AUTHOR };

const THREAD = {
  ...{ ...DISCUSSION, ...selected(`bodyHtml ${rows.COUNTS.discussion}`), category: NAMED, product: NAMED },
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
      ...COMMENT,
      replies: { where: LISTED, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: 3, select: COMMENT },
    },
  },
} satisfies Prisma.DiscussionSelect;

const LIST = {
  ...NAMED.select,
  discussions: {
    where: { deletedAt: null },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 25,
    select: { ...DISCUSSION, lastCommentId: true },
  },
} satisfies Prisma.CategorySelect;

const author = (row: rows.Row) => row && { ...rows.author(row), role: row.role };
const withId = (prefix: string, row: rows.Row) => row && { ...row, id: `${prefix}_${row.id}` };

const comment = (row: rows.Row) => ({
  ...rows.comment(row),
  descendantCount: row.replyCount,
  author: row.deletedAt === null ? author(row.author) : null,
});

async function threadPage(id: string) {
  const row: rows.Row = await prisma.discussion.findFirst({ where: { id, deletedAt: null }, select: THREAD });
  if (!row) return null;
  return {
    ...{ ...rows.discussion(row), author: author(row.author) },
    ...{ category: withId('K', row.category), product: withId('P', row.product) },
    relatedDiscussions: row.relatedLinks.map(({ target, importedCommentCount, ...link }: rows.Row) => {
      const missing = { slug: null, commentCount: importedCommentCount };
      return rows.related({ ...link, ...(target?.deletedAt === null ? target : missing) });
    }),
    comments: {
      totalCount: row.topLevelCommentCount,
      nodes: row.comments.map((one: rows.Row) => ({
        ...comment(one),
        replies: { totalCount: one.directReplyCount, nodes: one.replies.map(comment) },
      })),
    },
  };
}

/** The model has no relation for the last comment: a second select for all of a page. */
async function listPage(slug: string) {
  const row: rows.Row = await prisma.category.findUnique({ where: { slug }, select: LIST });
  if (!row) return null;
  const ids = row.discussions.flatMap(({ lastCommentId }: rows.Row) => lastCommentId ?? []);
  const select = { id: true, createdAt: true, author: AUTHOR } as const;
  const comments: rows.Row[] = await prisma.comment.findMany({ where: { id: { in: ids } }, select });
  const last = new Map(comments.map((one) => [one.id, { ...withId('C', one), author: author(one.author) }]));
  const nodes = row.discussions.map((listed: rows.Row) => ({
    ...{ ...rows.listed(listed), author: author(listed.author) },
    lastComment: last.get(listed.lastCommentId ?? '') ?? null,
  }));
  return { id: `K_${row.id}`, name: row.name, slug: row.slug, discussions: { nodes } };
}

const resolvers = {
  Query: {
    discussion: (_: unknown, { id }: { readonly id: string }) => threadPage(id.slice(2)),
    category: (_: unknown, { slug }: { readonly slug: string }) => listPage(slug),
  },
};
const typeDefs = readFileSync('schema.graphql', 'utf8');
await startStandaloneServer(new ApolloServer({ typeDefs, resolvers }), {
  listen: { port: Number(PORT), host: '127.0.0.1' },
});
