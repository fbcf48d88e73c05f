/**
 * The parts of the peers' packages that are used here. They are declared by hand because the packages are installed by
 * the benchmark alone: the project's own checks must not need them.
 */
declare module 'graphql-yoga' {
  import type { IncomingMessage, ServerResponse } from 'node:http';
  export function createSchema(parts: { readonly typeDefs: string; readonly resolvers: object }): object;
  export function createYoga(settings: {
    readonly schema: object;
    readonly logging: boolean;
    readonly maskedErrors: boolean;
    readonly graphiql: boolean;
    readonly context: (request: { readonly req: IncomingMessage }) => object;
  }): (request: IncomingMessage, response: ServerResponse) => unknown;
}

declare module 'mercurius' {
  import type { FastifyPluginAsync, FastifyRequest } from 'fastify';

  const mercurius: FastifyPluginAsync<{
    readonly schema: string;
    readonly resolvers: object;
    readonly jit: number;
    readonly context: (request: FastifyRequest) => object;
  }>;
  export default mercurius;
}
