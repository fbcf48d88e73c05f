// graphql-yoga on node:http, over prepared statements and loaders.
import { createServer, type IncomingMessage } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import { context, resolvers, typeDefs } from './resolvers.ts';

const yoga = createYoga<{ req: IncomingMessage }>({
  schema: createSchema<{ req: IncomingMessage }>({ typeDefs, resolvers }),
  ...{ logging: false, maskedErrors: false, graphiql: false },
  context: ({ req }) => context(req.headers.authorization),
});
createServer((request, response) => void yoga(request, response)).listen(
  Number(process.env['PORT']),
  '127.0.0.1',
);
