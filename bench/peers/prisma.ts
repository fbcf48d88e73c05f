// Apollo Server with Prisma as their documentation sets them up: one nested select an operation, the stock adapter.
import { createHash } from 'node:crypto';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaClient } from '../../src/generated/sqlite/client.ts';
import { countedProcess } from '../counted-process.ts';
import type { Viewer } from '../floor/viewer.ts';
import type { AddCommentInput, SetVoteInput } from '../queries.ts';
import { list, thread } from './prisma-present.ts';
import { LAST_COMMENT, LIST, THREAD } from './prisma-select.ts';
import { addComment, setVote } from './prisma-writes.ts';
import { typeDefs } from './type-defs.ts';

const { PORT = '0', FORUM_FILE = '' } = process.env;
const { onStatement } = countedProcess();
const adapter = new PrismaBetterSqlite3({ url: `file:${FORUM_FILE}` }, { timestampFormat: 'unixepoch-ms' });
const prisma = new PrismaClient({ adapter, log: onStatement ? [{ emit: 'event', level: 'query' }] : [] });
if (onStatement) prisma.$on('query', ({ query }) => onStatement(query));
// the adapter leaves the driver's NORMAL, which would not wait for the disk
await prisma.$queryRawUnsafe('PRAGMA journal_mode = WAL');
await prisma.$executeRawUnsafe('PRAGMA synchronous = FULL');

interface Context {
  readonly viewer: Viewer | null;
}

const resolvers = {
  Query: {
    discussion: async (_: unknown, { id }: { id: string }) => {
      const row = await prisma.discussion.findFirst({
        where: { id: id.slice(2), deletedAt: null },
        select: THREAD,
      });
      return row && thread(row);
    },
    category: async (_: unknown, { slug }: { slug: string }) => {
      const row = await prisma.category.findUnique({ where: { slug }, select: LIST });
      if (!row) return null;
      const ids = row.discussions.flatMap(({ lastCommentId }) => lastCommentId ?? []);
      const last = await prisma.comment.findMany({ where: { id: { in: ids } }, select: LAST_COMMENT });
      return list(row, new Map(last.map((comment) => [comment.id, comment])));
    },
  },
  Mutation: {
    addComment: async (_: unknown, { input }: { input: AddCommentInput }, { viewer }: Context) => {
      const by = signedIn(viewer);
      const added = await addComment(prisma, input, by);
      const at = new Date(added.createdAt).toISOString();
      const author = { id: `A_${by.id}`, name: by.name };
      return {
        comment: { id: `C_${added.id}`, depth: added.depth, bodyHTML: added.html, createdAt: at, author },
        discussion: { id: `D_${added.discussionId}`, commentCount: added.commentCount, lastActivityAt: at },
      };
    },
    setVote: async (_: unknown, { input }: { input: SetVoteInput }, { viewer }: Context) => {
      const { type, ...subject } = await setVote(prisma, input, signedIn(viewer));
      return { subject: { __typename: type, ...subject } };
    },
  },
};

await startStandaloneServer(new ApolloServer<Context>({ typeDefs, resolvers }), {
  listen: { port: Number(PORT), host: '127.0.0.1' },
  context: async ({ req }) => ({ viewer: await viewerOf(req.headers.authorization) }),
});

async function viewerOf(authorization: string | undefined): Promise<Viewer | null> {
  if (authorization === undefined) return null;
  const hash = createHash('sha256')
    .update(authorization.replace(/^Bearer /, ''))
    .digest('hex');
  const key = await prisma.apiKey.findUnique({
    where: { hash, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
    select: { author: { select: { id: true, name: true } } },
  });
  return key?.author ?? null;
}

function signedIn(viewer: Viewer | null): Viewer {
  if (!viewer) throw new Error('Nobody is signed in.');
  return viewer;
}
