import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { Context } from '../../access/context.ts';
import { NO_LIMITS } from '../../access/limiter.ts';
import { consumePoints, limitedTypes, rateLimitsOf } from './rate-limits.ts';

type Resolving = Parameters<GraphQLFieldResolver<unknown, Context>>;

/** Points that were taken before a request's operation began, by field: its fields need not take them again. */
const paid = new WeakMap<Context, Map<string, number>>();

/** Notes that a field is paid for so many times in this request. */
export function notePaid(ctx: Context, field: string, count: number): void {
  const counts = paid.get(ctx) ?? new Map<string, number>();
  paid.set(ctx, counts.set(field, (counts.get(field) ?? 0) + count));
}

function isPaid(ctx: Context, field: string): boolean {
  const count = paid.get(ctx)?.get(field) ?? 0;
  if (count > 0) paid.get(ctx)?.set(field, count - 1);
  return count > 0;
}

/**
 * Puts the allowance that the SDL declares before each field's resolver, so that no way to execute one goes around it.
 * Fields without an allowance are left as they are: they cost nothing more.
 */
export function limitFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of limitedTypes(schema)) {
    for (const [name, allowance] of rateLimitsOf(schema, type)) {
      const field = type.getFields()[name];
      if (!field) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (...[source, args, ctx, info]: Resolving) => {
        if (ctx.limiter === NO_LIMITS || isPaid(ctx, name)) return resolve(source, args, ctx, info);
        const taken = consumePoints(ctx.limiter, ctx, name, allowance);
        return taken.then(() => resolve(source, args, ctx, info));
      };
    }
  }
  return schema;
}
