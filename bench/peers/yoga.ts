// graphql-yoga on node:http, over prepared statements and loaders.
import { createServer, type IncomingMessage } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import { countedProcess } from '../counted-process.ts';
import { openFiles } from '../floor/files.ts';
import { peerOf } from './resolvers.ts';
import { typeDefs } from './type-defs.ts';

const { PORT = '0', FORUM_FILE = '' } = process.env;
const { resolvers, context } = peerOf(openFiles(FORUM_FILE, countedProcess().onStatement));
const yoga = createYoga<{ req: IncomingMessage }>({
  schema: createSchema<{ req: IncomingMessage }>({ typeDefs, resolvers }),
  logging: false,
  maskedErrors: false,
  graphiql: false,
  context: ({ req }) => context(req.headers.authorization),
});
createServer((request, response) => void yoga(request, response)).listen(Number(PORT), '127.0.0.1');
