// Apollo Server with Prisma as their documentation sets them up: one nested select a page, the stock adapter. It answers
// the pages alone: what an interactive transaction of Prisma's costs is no news.
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaClient } from '../../src/generated/sqlite/client.ts';
import { countedProcess } from '../counted-process.ts';
import { listPage, threadPage } from './prisma-reads.ts';
import { typeDefs } from './type-defs.ts';

const { PORT = '0', FORUM_FILE = '' } = process.env;
const { onStatement } = countedProcess();
const adapter = new PrismaBetterSqlite3({ url: `file:${FORUM_FILE}` }, { timestampFormat: 'unixepoch-ms' });
const prisma = new PrismaClient({ adapter, log: onStatement ? [{ emit: 'event', level: 'query' }] : [] });
if (onStatement) prisma.$on('query', ({ query }) => onStatement(query));

const resolvers = {
  Query: {
    discussion: (_: unknown, { id }: { readonly id: string }) => threadPage(prisma, id.slice(2)),
    category: (_: unknown, { slug }: { readonly slug: string }) => listPage(prisma, slug),
  },
};
await startStandaloneServer(new ApolloServer({ typeDefs, resolvers }), {
  listen: { port: Number(PORT), host: '127.0.0.1' },
});
