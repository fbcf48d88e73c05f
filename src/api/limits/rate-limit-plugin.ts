import type { GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import type { OperationDefinitionNode } from 'graphql';
import type { Context } from '../../access/context.ts';
import { FixedWindows } from '../../access/fixed-window.ts';
import type { Allowance, AllowanceLeft, Limiter } from '../../access/limiter.ts';
import type { OperationListener, OperationPlugin } from '../operation-plugin.ts';
import { notePaid } from './limit-fields.ts';
import { limitedFieldsOf } from './limited-fields.ts';
import { costOf } from './query-cost.ts';
import type { QueryLimits } from './query-limits.ts';
import { type Counted, consumePoints, countedOf, pointsLeft, rateLimitsOf, scarcer } from './rate-limits.ts';

/** The span of the allowance that every operation takes from. */
export const OPERATIONS_PER_SECONDS = 60;

export interface RateLimitParts {
  readonly pointsPerMinute: number;
  readonly queryLimits: QueryLimits;
}

type Resolved = GraphQLRequestContextDidResolveOperation<Context> & {
  readonly operation: OperationDefinitionNode;
};

/** What is left of each allowance that an operation has taken from. */
type Left = Map<string, AllowanceLeft>;

/**
 * Takes what an operation costs, and the points of all its fields that have a rate, before anything of it runs: what
 * is refused for its rate is refused whole, as HTTP 429. Says in the headers of draft-ietf-httpapi-ratelimit-headers
 * what is left. Operations are counted in this process's memory: a read waits for nobody. Fields with a rate of their
 * own are counted by the context's limiter, which all instances may share.
 */
export function rateLimitPlugin(parts: RateLimitParts): OperationPlugin<Context> {
  const operations = new FixedWindows(OPERATIONS_PER_SECONDS);
  const takeOperation = ({ contextValue, schema, document, operation, request }: Resolved, left: Left) => {
    const { points } = costOf(schema, document, operation, request.variables ?? {}, parts.queryLimits);
    const counted = countedOf(contextValue);
    try {
      left.set(
        'operations',
        leastOf(counted, (key, max) => operations.take(key, max, points)),
      );
    } catch (error) {
      left.set(
        'operations',
        leastOf(counted, (key, max) => operations.left(key, max)),
      );
      throw error;
    }
  };
  const leastOf = (counted: readonly Counted[], ask: (key: string, max: number) => AllowanceLeft) =>
    scarcer(
      counted.map(({ key, factor }) => ask(key, parts.pointsPerMinute * factor)),
      { points: parts.pointsPerMinute, perSeconds: OPERATIONS_PER_SECONDS },
    );
  const listener: OperationListener<Context> = {
    didResolveOperation: (resolved) => {
      // an operation that is not in the document is refused in any case
      if (!resolved.operation) return undefined;
      const request: Resolved = resolved as Resolved;
      const left: Left = new Map();
      let taking: Promise<void> | undefined;
      try {
        takeOperation(request, left);
        taking = takeFields(request, left);
      } finally {
        if (!taking) writeHeaders(request, left);
      }
      return taking?.finally(() => writeHeaders(request, left));
    },
  };
  return { requestDidStart: () => listener };
}

/** Undefined: none of the operation's fields has a rate. */
function takeFields(request: Resolved, left: Left): Promise<void> | undefined {
  const { schema, document, operation } = request;
  const names = limitedFieldsOf(schema, document, operation, request.request.variables ?? {});
  return names.length > 0 ? takeNamed(names, request, left) : undefined;
}

async function takeNamed(
  names: readonly string[],
  { contextValue, schema, operation }: Resolved,
  left: Left,
): Promise<void> {
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
  left: Left,
): Promise<void> {
  try {
    left.set(name, await consumePoints(limiter, ctx, name, allowance, points));
  } catch (error) {
    left.set(name, await pointsLeft(limiter, ctx, name, allowance));
    throw error;
  }
}

function writeHeaders({ response }: Resolved, left: ReadonlyMap<string, AllowanceLeft>): void {
  let policies = '';
  let states = '';
  for (const [name, one] of left) {
    const separator = policies === '' ? '' : ', ';
    policies += `${separator}"${name}";q=${one.points};w=${one.perSeconds}`;
    states += `${separator}"${name}";r=${one.left};t=${Math.max(0, Math.ceil(one.resetsInMs / 1000))}`;
  }
  response.http.headers.set('ratelimit-policy', policies);
  response.http.headers.set('ratelimit', states);
}
