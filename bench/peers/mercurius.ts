// Mercurius on Fastify with graphql-jit, over the same prepared statements and loaders as yoga.ts.
import fastify from 'fastify';
import mercurius, { type IResolvers } from 'mercurius';
import { context, resolvers, typeDefs } from './resolvers.ts';

const server = fastify();
await server.register(mercurius, {
  schema: typeDefs,
  resolvers: resolvers as unknown as IResolvers,
  jit: 1,
  context: (request) => context(request.headers.authorization),
});
await server.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
