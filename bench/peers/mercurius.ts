// Mercurius on Fastify with graphql-jit, over the same prepared statements and loaders as yoga.ts.
import fastify from 'fastify';
import mercurius, { type IResolvers } from 'mercurius';
import { countedProcess } from '../counted-process.ts';
import { openFiles } from '../floor/files.ts';
import { peerOf } from './resolvers.ts';
import { typeDefs } from './type-defs.ts';

const { PORT = '0', FORUM_FILE = '' } = process.env;
const { resolvers, context } = peerOf(openFiles(FORUM_FILE, countedProcess().onStatement));
const server = fastify();
await server.register(mercurius, {
  schema: typeDefs,
  resolvers: resolvers as unknown as IResolvers,
  jit: 1,
  context: (request) => context(request.headers.authorization),
});
await server.listen({ port: Number(PORT), host: '127.0.0.1' });
