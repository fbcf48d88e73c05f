import { apollo3, apollo4 } from './apollo.ts';
import type { Client } from './client.ts';
import { graphqlRequest, tanstackQuery } from './graphql-request.ts';
import { relayRuntime } from './relay.ts';
import { urql } from './urql.ts';

export const clients: readonly Client[] = [
  apollo4,
  apollo3,
  urql,
  relayRuntime,
  graphqlRequest,
  tanstackQuery,
];
