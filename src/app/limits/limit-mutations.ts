import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import type { Context } from '../../kit/context.ts';
import { rateLimitsOf, takePoints } from './rate-limits.ts';

/** Points that were taken before a request's operation began, by mutation: its fields need not take them again. */
const paid = new WeakMap<Context, Map<string, number>>();

/** Notes that `count` fields of a mutation are paid for in this request. */
export function notePaid(ctx: Context, mutation: string, count: number): void {
  const counts = paid.get(ctx) ?? new Map<string, number>();
  paid.set(ctx, counts.set(mutation, (counts.get(mutation) ?? 0) + count));
}

function isPaid(ctx: Context, mutation: string): boolean {
  const count = paid.get(ctx)?.get(mutation) ?? 0;
  if (count > 0) paid.get(ctx)?.set(mutation, count - 1);
  return count > 0;
}

/**
 * Puts the allowance that the SDL declares before each mutation's resolver, so that no way to execute one goes around
 * it. Reads are left as they are.
 */
export function limitMutations(schema: GraphQLSchema): GraphQLSchema {
  const fields = schema.getMutationType()?.getFields() ?? {};
  for (const [name, allowance] of rateLimitsOf(schema)) {
    const field = fields[name];
    if (!field) continue;
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = async (source, args, ctx: Context, info) => {
      if (!isPaid(ctx, name)) await takePoints(ctx.limiter, ctx, name, allowance);
      return resolve(source, args, ctx, info);
    };
  }
  return schema;
}
