// Apollo Server with Prisma as their documentation sets them up: one nested select an operation, the stock adapter.
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaClient } from '../../src/generated/sqlite/client.ts';
import { countedProcess } from '../counted-process.ts';
import { addedComment, keyHash, signedIn, type Viewer } from '../floor/writes.ts';
import type { AddCommentInput, SetVoteInput } from '../queries.ts';
import { listPage, threadPage } from './prisma-reads.ts';
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
    discussion: (_: unknown, { id }: { readonly id: string }) => threadPage(prisma, id.slice(2)),
    category: (_: unknown, { slug }: { readonly slug: string }) => listPage(prisma, slug),
  },
  Mutation: {
    addComment: async (_: unknown, { input }: { readonly input: AddCommentInput }, context: Context) => {
      const viewer = signedIn(context);
      return addedComment(await addComment(prisma, input, viewer), viewer);
    },
    setVote: async (_: unknown, { input }: { readonly input: SetVoteInput }, context: Context) => {
      const subject = await setVote(prisma, input, signedIn(context));
      const __typename = subject.id.startsWith('C_') ? 'Comment' : 'Discussion';
      return { subject: { __typename, ...subject } };
    },
  },
};

await startStandaloneServer(new ApolloServer<Context>({ typeDefs, resolvers }), {
  listen: { port: Number(PORT), host: '127.0.0.1' },
  context: async ({ req }) => ({ viewer: await viewerOf(req.headers.authorization) }),
});

async function viewerOf(authorization: string | undefined): Promise<Viewer | null> {
  if (authorization === undefined) return null;
  const unexpired = [{ expiresAt: null }, { expiresAt: { gt: new Date() } }];
  const key = await prisma.apiKey.findUnique({
    where: { hash: keyHash(authorization), revokedAt: null, OR: unexpired },
    select: { author: { select: { id: true, name: true } } },
  });
  return key?.author ?? null;
}
