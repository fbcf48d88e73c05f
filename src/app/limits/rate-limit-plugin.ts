import type { GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import type { OperationDefinitionNode } from 'graphql';
import type { Context } from '../../kit/context.ts';
import type { Allowance, AllowanceLeft, Limiter } from '../../kit/limiter.ts';
import type { OperationPlugin } from '../operation-plugin.ts';
import { notePaid } from './limit-fields.ts';
import { limitedFieldsOf } from './limited-fields.ts';
import { costOf } from './query-cost.ts';
import type { QueryLimits } from './query-limits.ts';
import { pointsLeft, rateLimitsOf, takePoints } from './rate-limits.ts';

/** The span of the allowance that every operation takes from. */
export const OPERATIONS_PER_SECONDS = 60;

export interface RateLimitParts {
  /**
   * Counts operations, in this process's memory: a read waits for nobody. Fields with a rate of their own are
   * counted by the context's limiter, which all instances may share.
   */
  readonly operations: Limiter;
  readonly pointsPerMinute: number;
  readonly queryLimits: QueryLimits;
}

type Resolved = GraphQLRequestContextDidResolveOperation<Context> & {
  readonly operation: OperationDefinitionNode;
};

/**
 * Takes what an operation costs, and the points of all its fields that have a rate, before anything of it runs: what
 * is refused for its rate is refused whole, as HTTP 429. Says in the headers of draft-ietf-httpapi-ratelimit-headers
 * what is left.
 */
export function rateLimitPlugin(parts: RateLimitParts): OperationPlugin<Context> {
  return {
    requestDidStart: () => ({
      didResolveOperation: async (resolved) => {
        // an operation that is not in the document is refused in any case
        if (!resolved.operation) return;
        const request: Resolved = { ...resolved, operation: resolved.operation };
        const left = new Map<string, AllowanceLeft>();
        try {
          await takeOperation(parts, request, left);
          await takeFields(request, left);
        } finally {
          writeHeaders(request, left);
        }
      },
    }),
  };
}

async function takeOperation(
  { operations, pointsPerMinute, queryLimits }: RateLimitParts,
  { contextValue, schema, document, operation, request }: Resolved,
  left: Map<string, AllowanceLeft>,
): Promise<void> {
  const { points } = costOf(schema, document, operation, request.variables ?? {}, queryLimits);
  const allowance = { points: pointsPerMinute, perSeconds: OPERATIONS_PER_SECONDS };
  await take(operations, contextValue, 'operations', allowance, points, left);
}

async function takeFields(
  { contextValue, schema, document, operation, request }: Resolved,
  left: Map<string, AllowanceLeft>,
): Promise<void> {
  const names = limitedFieldsOf(schema, document, operation, request.variables ?? {});
  const type = schema.getRootType(operation.operation);
  for (const name of new Set(names)) {
    const allowance = type && rateLimitsOf(schema, type).get(name);
    if (!allowance) continue;
    const count = names.filter((other) => other === name).length;
    await take(contextValue.limiter, contextValue, name, allowance, count, left);
    notePaid(contextValue, name, count);
  }
}

async function take(
  limiter: Limiter,
  ctx: Context,
  name: string,
  allowance: Allowance,
  points: number,
  left: Map<string, AllowanceLeft>,
): Promise<void> {
  try {
    left.set(name, await takePoints(limiter, ctx, name, allowance, points));
  } catch (error) {
    left.set(name, await pointsLeft(limiter, ctx, name, allowance));
    throw error;
  }
}

function writeHeaders({ response }: Resolved, left: ReadonlyMap<string, AllowanceLeft>): void {
  const entries = [...left];
  const policies = entries.map(([name, { points, perSeconds }]) => `"${name}";q=${points};w=${perSeconds}`);
  const states = entries.map(
    ([name, one]) => `"${name}";r=${one.left};t=${Math.max(0, Math.ceil(one.resetsInMs / 1000))}`,
  );
  response.http.headers.set('ratelimit-policy', policies.join(', '));
  response.http.headers.set('ratelimit', states.join(', '));
}
