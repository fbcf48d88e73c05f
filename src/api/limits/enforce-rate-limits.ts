import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { Context } from '../../access/context.ts';
import { FixedWindows } from '../../access/fixed-window.ts';
import {
  type Allowance,
  type AllowanceLeft,
  createLimiter,
  type Limiter,
  NO_LIMITS,
  tooMany,
} from '../../access/limiter.ts';
import type { Log } from '../../log.ts';
import type { CoercedOperation } from '../operation.ts';
import {
  type Counted,
  consumePoints,
  countedOf,
  limitedFieldsOf,
  limitedTypes,
  pointsLeft,
  rateLimitsOf,
  scarcer,
} from './rate-limits.ts';

/** The window of the allowance for operations, in seconds. */
const OPERATIONS_PER_SECONDS = 60;

/** Adds the rate limit headers to `headers`, as alternating names and values. */
export interface RateLimitEnforcer<TContext> {
  /** Throws RATE_LIMITED if the client has no points left, before its operation is looked at. */
  requireLeft(context: TContext, headers: string[]): void;
  /**
   * Consumes the cost of an operation, and the points of its rate-limited fields, before it runs. Throws RATE_LIMITED.
   */
  beforeRun(
    context: TContext,
    schema: GraphQLSchema,
    operation: CoercedOperation,
    points: number,
    headers: string[],
  ): Promise<Consumed>;
  /** Gives back the points of an operation's cost that its answer did not need. */
  afterRun(context: TContext, consumed: Consumed, unused: number, headers: string[]): void;
  /** Consumes what it cost to refuse a document of this length, or what is left if it is less. */
  afterRefusal(context: TContext, chars: number, headers: string[]): void;
}

/** The price of an operation that is refused before it runs, in points. By default, a client may send 600 a minute. */
const REFUSED_POINTS = 10;
/** One point more for each of these many characters: by default, 13 documents a minute that fill BODY_BYTES_MAX. */
const REFUSED_CHARS_A_POINT = 2000;

/** What is left of each allowance that an operation consumed points of. */
type Left = Map<string, AllowanceLeft>;

interface Consumed {
  readonly left: Left;
  /** When the points were consumed, in milliseconds of `performance.now()`. */
  readonly at: number;
}

/**
 * An operation that exceeds a rate is refused as a whole, as HTTP 429. The headers are those of
 * draft-ietf-httpapi-ratelimit-headers. Operations are counted in this process's memory, so that reads wait for
 * nothing. Fields with a rate of their own are counted by the context's limiter, which instances may share.
 */
function rateLimitEnforcer(pointsPerMinute: number): RateLimitEnforcer<Context> {
  const operations = new FixedWindows(OPERATIONS_PER_SECONDS);
  const leastOf = (counted: readonly Counted[], read: (key: string, max: number) => AllowanceLeft) =>
    scarcer(
      counted.map(({ key, factor }) => read(key, pointsPerMinute * factor)),
      { points: pointsPerMinute, perSeconds: OPERATIONS_PER_SECONDS },
    );
  const consumeOperation = (counted: readonly Counted[], points: number, left: Left) => {
    try {
      left.set(
        'operations',
        leastOf(counted, (key, max) => operations.consume(key, max, points)),
      );
    } catch (error) {
      left.set(
        'operations',
        leastOf(counted, (key, max) => operations.left(key, max)),
      );
      throw error;
    }
  };
  return {
    requireLeft: (ctx, headers) => {
      const state = leastOf(countedOf(ctx), (key, max) => operations.left(key, max));
      if (state.left > 0) return;
      addHeaders(headers, new Map([['operations', state]]));
      throw tooMany(state.resetsInMs);
    },
    beforeRun: async (ctx, schema, operation, points, headers) => {
      const left: Left = new Map();
      try {
        consumeOperation(countedOf(ctx), points, left);
        const at = performance.now();
        await consumeFields(ctx, schema, operation, left);
        return { left, at };
      } catch (error) {
        addHeaders(headers, left);
        throw error;
      }
    },
    afterRun: (ctx, { left, at }, unused, headers) => {
      const state = leastOf(countedOf(ctx), (key, max) => operations.refund(key, max, unused, at));
      addHeaders(headers, left.set('operations', state));
    },
    afterRefusal: (ctx, chars, headers) => {
      const points = REFUSED_POINTS + Math.floor(chars / REFUSED_CHARS_A_POINT);
      const state = leastOf(countedOf(ctx), (key, max) => operations.consumeUpTo(key, max, points));
      addHeaders(headers, new Map([['operations', state]]));
    },
  };
}

async function consumeFields(
  ctx: Context,
  schema: GraphQLSchema,
  operation: CoercedOperation,
  left: Left,
): Promise<void> {
  const names = limitedFieldsOf(schema, operation);
  const type = schema.getRootType(operation.definition.operation);
  for (const name of new Set(names)) {
    const allowance = type && rateLimitsOf(schema, type).get(name);
    if (!allowance) continue;
    const count = names.filter((other) => other === name).length;
    await consumeField(ctx, name, allowance, count, left);
    recordPaid(ctx, name, count);
  }
}

async function consumeField(
  ctx: Context,
  name: string,
  allowance: Allowance,
  points: number,
  left: Left,
): Promise<void> {
  try {
    left.set(name, await consumePoints(ctx, name, allowance, points));
  } catch (error) {
    left.set(name, await pointsLeft(ctx, name, allowance));
    throw error;
  }
}

function addHeaders(headers: string[], left: Left): void {
  let policies = '';
  let states = '';
  for (const [name, one] of left) {
    const separator = policies === '' ? '' : ', ';
    policies += `${separator}"${name}";q=${one.points};w=${one.perSeconds}`;
    states += `${separator}"${name}";r=${one.left};t=${Math.max(0, Math.ceil(one.resetsInMs / 1000))}`;
  }
  headers.push('ratelimit-policy', policies, 'ratelimit', states);
}

/** Points that were consumed before the operation began, by field. The field's resolver does not consume them again. */
const paid = new WeakMap<Context, Map<string, number>>();

function recordPaid(ctx: Context, field: string, count: number): void {
  const counts = paid.get(ctx) ?? new Map<string, number>();
  paid.set(ctx, counts.set(field, (counts.get(field) ?? 0) + count));
}

function isPaid(ctx: Context, field: string): boolean {
  const count = paid.get(ctx)?.get(field) ?? 0;
  if (count > 0) paid.get(ctx)?.set(field, count - 1);
  return count > 0;
}

type Resolving = Parameters<GraphQLFieldResolver<unknown, Context>>;

/** Wraps the resolver of each rate-limited field, so that every way to execute the field is limited. */
export function limitFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of limitedTypes(schema)) {
    for (const [name, allowance] of rateLimitsOf(schema, type)) {
      const field = type.getFields()[name];
      if (!field) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (...[source, args, ctx, info]: Resolving) => {
        if (ctx.limiter === NO_LIMITS || isPaid(ctx, name)) return resolve(source, args, ctx, info);
        const consumed = consumePoints(ctx, name, allowance);
        return consumed.then(() => resolve(source, args, ctx, info));
      };
    }
  }
  return schema;
}

interface RateSettings {
  /** False if nothing is limited. */
  readonly rateLimits: boolean;
  readonly queryPointsPerMinute: number;
  readonly redisUrl: string | null;
}

interface RateLimits {
  /** The context's limiter. */
  readonly limiter: Limiter;
  /** Null if nothing is limited. */
  readonly enforcer: RateLimitEnforcer<Context> | null;
  close(): Promise<void>;
}

/** Opens the rate limits that the settings select: none, in memory, or in Redis. It does not wait for Redis. */
export async function openRateLimits(settings: RateSettings, log: Log): Promise<RateLimits> {
  if (!settings.rateLimits) return { limiter: NO_LIMITS, enforcer: null, close: async () => {} };
  const enforcer = rateLimitEnforcer(settings.queryPointsPerMinute);
  if (settings.redisUrl === null) return { limiter: createLimiter(), enforcer, close: async () => {} };
  // loaded on demand: the Redis client is larger than everything that most forums load
  const { openRedisStores } = await import('./redis-store.ts');
  const redis = openRedisStores(settings.redisUrl, (error) => {
    if (error)
      log.warn({ err: error }, 'Redis is unreachable: this instance counts by itself until it is back');
    else log.info('Redis is back: the instances share their counts again');
  });
  return { limiter: createLimiter(redis.makeStore), enforcer, close: redis.close };
}
